// Any text as one expression of PowerShell.
import { unseen } from "../visible-text.ts";

/** PowerShell takes the typographic single quotes U+2018 to U+201B for the straight one. */
const quotes = /['\u2018-\u201b]/gu;

/** Quotes doubled; what is not seen, and so could mislead a reader, stands as a number. */
export function powershellLiteral(text: string): string {
  const pieces = text.split(new RegExp(`(${unseen.source})`, "gu")).flatMap((piece, index) => {
    if (index % 2 === 1) return [`[char]${String(piece.charCodeAt(0))}`];
    return piece === "" && index > 0 ? [] : [`'${piece.replace(quotes, "$&$&")}'`];
  });
  return pieces.length === 1 ? (pieces[0] ?? "''") : `(${pieces.join(" + ")})`;
}
