// Remembered pairs as a file for another computer: no secret, no trust in a certificate, nothing that this version does not know.
import { z } from "zod";
import { AppError } from "../errors/app-error.ts";
import { visibleText } from "../visible-text.ts";
import type { SavedPair } from "./saved-pair.ts";
import { mostPairs, ordered, pairIdOf, savedPair } from "./saved-pair.ts";

/** Characters that a file may have. */
export const mostCharacters = 60_000;

const format = "mi-link-failover-connections";
const formatVersion = 1;

const head = z.object({ format: z.literal(format), formatVersion: z.number() });
const content = z.strictObject({
  format: z.literal(format),
  formatVersion: z.literal(formatVersion),
  pairs: z.array(savedPair).max(mostPairs),
});

/** The file. Whom a computer trusts is its own operator's choice, so fingerprints stay here. */
export function exportText(pairs: readonly SavedPair[]): string {
  const file = { format, formatVersion, pairs: pairs.map(withoutTrust) };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Throws AppError: each refusal its own sentence, none of which repeats a value of the file. */
export function pairsIn(text: string): readonly SavedPair[] {
  if (text.length > mostCharacters) throw tooLarge();
  const found = jsonIn(text);
  const secret = secretIn(found);
  if (secret !== undefined) {
    throw refused(
      "importHoldsSecret",
      `The file has a field "${visibleText(secret)}". Secrets are never taken from a file.`,
      "Take the field out of the file and change that password: others may have read it.",
    );
  }
  const known = head.safeParse(found);
  if (!known.success) throw notOurs();
  if (known.data.formatVersion !== formatVersion) {
    throw refused(
      "importOtherVersion",
      `The file has format version ${String(known.data.formatVersion)}; this version reads ${String(formatVersion)}.`,
      "Export it again with this version, or update this program.",
    );
  }
  const parsed = content.safeParse(found);
  if (parsed.success) return parsed.data.pairs.map(withoutTrust);
  throw refused(
    "importNotUnderstood",
    `The file is not as expected at "${placeOf(parsed.error)}".`,
    "Nothing was taken in. Correct the file, or export it again.",
  );
}

export interface Merged {
  readonly pairs: readonly SavedPair[];
  readonly added: number;
  readonly merged: number;
  /** Of the practice estate in a window for real servers, or the other way round. */
  readonly leftOut: number;
}

/**
 * Pairs that are new are pinned, since somebody wants them. Of one that is known how it is connected stays as it is here; it
 * takes a name where it has none. Throws AppError where there would be too many.
 */
export function merge(
  known: readonly SavedPair[],
  imported: readonly SavedPair[],
  isPractice: boolean,
): Merged {
  const fitting = imported.filter(({ environment }) => (environment === "practice") === isPractice);
  const all = new Map(known.map((pair) => [pairIdOf(pair), pair]));
  for (const pair of fitting) {
    const own = all.get(pairIdOf(pair)) ?? pair;
    all.set(pairIdOf(pair), { ...own, name: own.name ?? pair.name, isPinned: true });
  }
  if (all.size > mostPairs) throw tooMany();
  const added = all.size - known.length;
  return {
    pairs: ordered([...all.values()]),
    added,
    merged: fitting.length - added,
    leftOut: imported.length - fitting.length,
  };
}

function withoutTrust(pair: SavedPair): SavedPair {
  return {
    ...pair,
    box: { ...pair.box, trustedFingerprint: null },
    instance: { ...pair.instance, trustedFingerprint: null },
  };
}

const secretNames = /pass(word|wort|phrase)|pwd|secret|token|credential|private.?key/iu;

/** The first field, anywhere, whose name says that it holds a secret. */
function secretIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, held] of Object.entries(value)) {
    if (secretNames.test(name)) return name.slice(0, 100);
    const deeper = secretIn(held);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function placeOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "";
  const added = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  return visibleText([...issue.path.map(String), ...added].join(".")).slice(0, 200);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notOurs();
  }
}

function notOurs(): AppError {
  return refused(
    "importNotOurs",
    "The file is no list of connections that this program has exported.",
    "Choose a file that was made by Export.",
  );
}

/** Also said before the file is sent anywhere. */
export function tooLarge(): AppError {
  return refused(
    "importTooLarge",
    `The file has more than ${String(mostCharacters)} characters.`,
    "Export fewer connections into one file.",
  );
}

function tooMany(): AppError {
  return refused(
    "importTooMany",
    `With the file there would be more than ${String(mostPairs)} connections.`,
    "Remove connections that are not needed any more, then import again.",
  );
}

function refused(code: string, summary: string, remedy: string): AppError {
  return new AppError({ code, class: "block", summary, remedy });
}
