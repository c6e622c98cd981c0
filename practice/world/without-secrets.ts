// Statements as they may be written down: without what CREATE CREDENTIAL has in them.

/** SECRET = '...' loses its value, also inside the text of an EXEC, where quotes are doubled. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/(\bSECRET\s*=\s*N?)('+)[^']*\2/giu, "$1$2***$2");
}
