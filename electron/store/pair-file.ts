// Remembered pairs in one small file of the data folder: addresses and login names, never a secret.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { SavedPair } from "../../shared/connect/saved-pair.ts";
import { savedPair } from "../../shared/connect/saved-pair.ts";
import { writeWhole } from "./write-whole.ts";

export interface PairFile {
  /** Undefined where there is a file that cannot be understood; empty where there is none. */
  read(): readonly SavedPair[] | undefined;
  /** Throws what the file system says. */
  write(pairs: readonly SavedPair[]): void;
}

const content = z.strictObject({
  formatVersion: z.literal(1),
  /** Whose servers they are: of one practice estate, or of no such one. */
  estate: z.string().nullable(),
  pairs: z.array(savedPair),
});

/**
 * `practiceAuthority`: of the practice estate that the window was started for. Its addresses and logins are new at each start, so
 * what was remembered of another estate is forgotten.
 */
export function pairFile(dataFolder: string, practiceAuthority: string | undefined): PairFile {
  const isPractice = practiceAuthority !== undefined;
  const path = join(dataFolder, isPractice ? "practice-pairs.json" : "pairs.json");
  const estate = isPractice ? createHash("sha256").update(practiceAuthority).digest("hex") : null;
  return {
    read() {
      const text = textOf(path);
      if (text === undefined) return [];
      try {
        const found = content.parse(JSON.parse(text));
        return found.estate === estate ? found.pairs : [];
      } catch {
        return undefined;
      }
    },
    write(pairs) {
      const file = { formatVersion: 1, estate, pairs };
      writeWhole(path, `${JSON.stringify(file, undefined, 2)}\n`, true);
    },
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
