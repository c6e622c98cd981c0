// The program's own log: JSON lines in the data folder, the newest file and the one before, and no secret in either.
import { appendFileSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { KnownName, LogEntry, LogLevel } from "../../shared/log/entry.ts";
import { logEntry, withoutSecrets } from "../../shared/log/entry.ts";

export interface AppLog {
  /** The only way into the log. A disk that refuses costs the line and nothing more. */
  readonly write: (
    level: LogLevel,
    area: string,
    words: string,
    names?: readonly KnownName[],
  ) => void;
  /** Oldest first; lines that are no entries are passed over. */
  readonly read: () => readonly LogEntry[];
}

export interface AppLogOptions {
  readonly dataFolder: () => string;
  readonly nowMs: () => number;
  /** Told of each line that was written. */
  readonly onEntry: (entry: LogEntry) => void;
  /** Size at which a new file is begun; default 1 MB. */
  readonly mostBytes?: number;
}

const fileName = "log.jsonl";
const olderName = "log-before.jsonl";

export function createAppLog(options: AppLogOptions): AppLog {
  const { dataFolder, nowMs, onEntry, mostBytes = 1_000_000 } = options;
  return {
    write(level, area, words, names = []) {
      const at = new Date(nowMs()).toISOString();
      const entry: LogEntry = {
        ...{ at, level, area, words: withoutSecrets(words) },
        ...(names.length === 0 ? {} : { names: [...names] }),
      };
      try {
        const file = join(dataFolder(), fileName);
        const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
        if (size >= mostBytes) renameSync(file, join(dataFolder(), olderName));
        appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      } catch {
        // Nothing depends on the log, and there is nowhere to say it.
      }
      onEntry(entry);
    },
    read: () => [olderName, fileName].flatMap((name) => entriesIn(join(dataFolder(), name))),
  };
}

function entriesIn(file: string): readonly LogEntry[] {
  return linesOf(file).flatMap((line) => {
    try {
      return [logEntry.parse(JSON.parse(line))];
    } catch {
      // Cut off by a crash, or written by something else.
      return [];
    }
  });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    // Not there yet.
    return [];
  }
}
