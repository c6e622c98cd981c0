// From the words somebody typed to the keys of leftovers: `certificates` is every one there is, `certificate:NAME` one.
import type { Leftover } from "./leftovers.ts";
import { leftoverWords } from "./leftovers.ts";

/** In the order of removal, each once. A word that names nothing stays as it is, for the checks to say so. */
export function chosenKeys(
  words: readonly string[],
  there: readonly Leftover[],
): readonly string[] {
  const chosen = new Set(words.flatMap((word) => keysOf(word, there)));
  const known = there.map(({ key }) => key).filter((key) => chosen.has(key));
  return [...known, ...[...chosen].filter((key) => !known.includes(key))];
}

function keysOf(word: string, there: readonly Leftover[]): readonly string[] {
  if (there.some(({ key }) => key === word)) return [word];
  const ofKind = there.filter(({ kind, isListedOnly }) => {
    const name = leftoverWords[kind];
    return !isListedOnly && (word === name || word === `${name}s`);
  });
  return ofKind.length === 0 ? [word] : ofKind.map(({ key }) => key);
}
