// Makes a hostile name harmless to look at: what would break a line, hide or turn text round is shown by its code.

/** Controls, line and paragraph separators, marks that reorder or hide text, and halves of a character. */
export const unseen =
  // The very characters that are to be found stand here, by their codes.
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** The text on one line, each unseen character as `\u000a`. For sentences in scripts and reports, never for SQL itself. */
export function visibleText(text: string): string {
  return text.replace(unseen, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
