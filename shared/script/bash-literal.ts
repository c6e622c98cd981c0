// Any text as one word of bash.
import { unseen } from "../visible-text.ts";

/** Within `'...'` nothing is special; what is not seen, and so could mislead a reader, stands as bytes in `$'...'`. */
export function bashLiteral(text: string): string {
  if (text.search(unseen) === -1) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text
    .replaceAll("\\", String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
    .replace(unseen, bytesOf);
  return `$'${escaped}'`;
}

/**
 * The bytes of UTF-8, not \u: what bash makes of that depends on the language of the system. Throws URIError for half a character,
 * which no name in Azure and no address has.
 */
function bytesOf(character: string): string {
  return encodeURIComponent(character).replaceAll("%", String.raw`\x`);
}
