// The patterns of LIKE as regular expressions.

const special = /[\\^$.*+?()[\]{}|/-]/u;
const literal = (character: string): string =>
  special.test(character) ? `\\${character}` : character;

/** `[a-f]` and `[^a-f]`: the characters in between, a range kept as a range. */
function characterSet(content: string): string {
  const negated = content.startsWith("^");
  const inner = (negated ? content.slice(1) : content).replaceAll(/[\\\]^[]/gu, String.raw`\$&`);
  return `[${negated ? "^" : ""}${inner}]`;
}

/** Matches what `pattern` matches; `escape` makes the character behind it stand for itself. */
export function likePattern(
  pattern: string,
  escape: string | undefined,
  caseSensitive: boolean,
): RegExp {
  let source = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    const end = character === "[" ? pattern.indexOf("]", index + 2) : -1;
    if (character === escape) {
      index += 1;
      source += literal(pattern.charAt(index));
    } else if (character === "%") source += "[^]*";
    else if (character === "_") source += "[^]";
    else if (end > 0) {
      source += characterSet(pattern.slice(index + 1, end));
      index = end;
    } else source += literal(character);
  }
  // No u flag: LIKE counts UTF-16 code units, as the server's collation does.
  return new RegExp(`^${source}$`, caseSensitive ? "" : "i");
}
