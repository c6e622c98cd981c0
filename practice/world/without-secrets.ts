// Statements as they may be written down: without what CREATE CREDENTIAL and CREATE LOGIN have in them.

/** SECRET = '...' and PASSWORD = '...' lose their value, also inside the text of an EXEC, where quotes are doubled. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(
    /(\b(?:SECRET|PASSWORD)(?:\s+nvarchar\(\d+\))?\s*=\s*N?)('+)(?:[^']|\2\2)*\2/giu,
    "$1$2***$2",
  );
}
