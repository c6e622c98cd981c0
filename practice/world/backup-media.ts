// Backup files as a server finds them, and RESTORE VERIFYONLY of them.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { cannotOpen } from "./backup-refusals.ts";
import { storageError } from "./credentials.ts";
import { sameName } from "./groups.ts";
import type { OptionMap, ServerStatement } from "../tsql/host.ts";
import type { BackupRow } from "./backup-set.ts";
import type { ServerKey, WorldState } from "./state.ts";

export interface MediaRead {
  readonly from: Extract<ServerStatement, { kind: "restoreRead" }>["from"];
  readonly options: OptionMap;
}

/** RESTORE VERIFYONLY: 3262 for a set that can be read, otherwise why not and 3013. */
export function* verify(state: WorldState, key: ServerKey, read: MediaRead): Generator<SqlOutput> {
  try {
    const set = setToRead(state, key, read);
    checkReadable(set, read);
    yield info(3262, `The backup set on file ${set.position} is valid.`);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    yield { kind: "error", message: error.sql };
    throw new SqlError(3013, "VERIFY DATABASE is terminating abnormally.");
  }
}

/** The sets in a file, as this server finds it: on its own disks, or where both reach (a URL, a share). */
export function setsIn(state: WorldState, key: ServerKey, path: string): readonly BackupRow[] {
  const isShared = /^(https?:|\\\\)/iu.test(path);
  const rows = isShared ? [...state.box.backups, ...state.instance.backups] : state[key].backups;
  return rows
    .filter((row) => row.isOnMedia && row.paths.some((one) => sameName(one, path)))
    .sort((one, other) => one.position - other.position);
}

/** All sets of the files named. Throws 3201 for a file that is not there, 3132 where one of its family is missing. */
export function openMedia(
  state: WorldState,
  key: ServerKey,
  { from }: MediaRead,
): readonly BackupRow[] {
  for (const { kind, path } of from) {
    const denied = kind === "URL" ? storageError(state[key], path) : undefined;
    if (denied !== undefined) throw cannotOpen(path, denied);
    if (setsIn(state, key, path).length === 0) {
      throw cannotOpen(path, "2(The system cannot find the file specified.)");
    }
  }
  const sets = setsIn(state, key, from[0]?.path ?? "");
  const families = sets[0]?.paths.length ?? 1;
  if (families !== from.length) {
    throw new SqlError(
      3132,
      `The media set has ${families} media families but only ${from.length} are provided. All members must be provided.`,
    );
  }
  return sets;
}

/** The set that FILE = n names, without it the first one, which is not the last one written. Throws 4038 and those of openMedia. */
export function setToRead(state: WorldState, key: ServerKey, read: MediaRead): BackupRow {
  const wanted = Number.parseInt(read.options.get("FILE") ?? "1", 10);
  const set = openMedia(state, key, read).find(({ position }) => position === wanted);
  if (set !== undefined) return set;
  throw new SqlError(
    4038,
    `Cannot find file ID ${wanted} on device '${read.from[0]?.path ?? ""}'.`,
  );
}

/** Throws 3187 where checksums are asked for and there are none, 3189 or 3203 for a damaged set. */
export function checkReadable(set: BackupRow, { from, options }: MediaRead): void {
  if (options.has("CHECKSUM") && !set.hasChecksums) {
    throw new SqlError(
      3187,
      "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.",
    );
  }
  if (set.damage === "flagged") throw new SqlError(3189, "Damage to the backup set was detected.");
  if (set.damage === "unreadable") {
    throw new SqlError(
      3203,
      `Read on "${from[0]?.path ?? ""}" failed: 23(Data error (cyclic redundancy check).)`,
    );
  }
}

/** A message of the kind that only tells. */
export function info(number: number, text: string): SqlOutput {
  return { kind: "info", message: { number, severity: 0, state: 1, text } };
}
