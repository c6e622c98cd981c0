// What a copy that is about to be given up shows of itself: where its log stands, and which backups of it there are.
import { compareLsn, isKnownLsn } from "../sql/lsn.ts";

/** One row of msdb.dbo.backupset with its first file. LSNs are decimal digits without leading zeros. */
export interface BackupSet {
  readonly type: "D" | "I" | "L";
  readonly isCopyOnly: boolean;
  readonly firstLsn: string | null;
  /** Names the next record after the set ("backupset (Transact-SQL)"). */
  readonly lastLsn: string | null;
  readonly databaseGuid: string | null;
  /** last_recovery_fork_guid: the fork that its log ends on. */
  readonly recoveryForkGuid: string | null;
  readonly isDamaged: boolean;
  /** physical_device_name, and the position in that file. */
  readonly path: string;
  readonly position: number;
}

export interface CopyToSave {
  readonly database: string;
  /** state_desc of sys.databases. */
  readonly state: string | null;
  /** Its own, of the rows that the gate counts by. */
  readonly lastCommitLsn: string | null;
  /** log_end_lsn of sys.dm_db_log_stats, as decimal digits. */
  readonly logEndLsn: string | null;
  /** Of this copy alone, of its own row in sys.dm_hadr_database_replica_states. */
  readonly lastHardenedLsn: string | null;
  /** Of sys.database_recovery_status. */
  readonly databaseGuid: string | null;
  readonly recoveryForkGuid: string | null;
  readonly lastLogBackupLsn: string | null;
  /** Since its newest full backup that is no copy, that one among them; the oldest first. */
  readonly backups: readonly BackupSet[];
}

/** Where the log stands. Only values of one column are ever compared for "unmoved". */
export interface LogPosition {
  readonly column: "last_commit_lsn" | "log_end_lsn";
  readonly lsn: string;
}

/** After a crash last_commit_lsn may be empty: then the end of the log counts. Undefined: neither is told. */
export function positionOf(copy: CopyToSave): LogPosition | undefined {
  const { lastCommitLsn, logEndLsn } = copy;
  if (isKnownLsn(lastCommitLsn)) return { column: "last_commit_lsn", lsn: lastCommitLsn };
  if (isKnownLsn(logEndLsn)) return { column: "log_end_lsn", lsn: logEndLsn };
  return undefined;
}

export function isSamePosition(one: LogPosition | undefined, other: LogPosition | undefined) {
  return one?.column === other?.column && one?.lsn === other?.lsn;
}

/**
 * `log`: the backups there are can be gone on with. `logNoTruncate`: the database is not ONLINE, and nothing else can be
 * taken of it. `database`: a full copy that touches no chain.
 */
export type SaveMethod = "log" | "logNoTruncate" | "database";

/** What is left to save of a database that does not start: only where a full backup of it is known. */
export function canBeSaved(copy: CopyToSave, side: "box" | "instance"): boolean {
  return saveMethodOf(copy, side) !== "logNoTruncate" || newestFull(copy) !== undefined;
}

/** How the copy is saved; on an instance a user may take copies alone (41904, 41906). */
export function saveMethodOf(copy: CopyToSave, side: "box" | "instance"): SaveMethod {
  if (side === "instance") return "database";
  if (copy.state !== "ONLINE" && copy.state !== null) return "logNoTruncate";
  return hasUnbrokenChain(copy) && positionOf(copy) !== undefined ? "log" : "database";
}

/** A full backup of the fork that the database is on now, and every log backup since then, up to the last that was taken. */
export function hasUnbrokenChain({
  backups,
  recoveryForkGuid,
  databaseGuid,
  lastLogBackupLsn,
}: CopyToSave): boolean {
  const isOwn = (set: BackupSet) =>
    !set.isDamaged &&
    // Nobody can read that device again.
    set.path.toUpperCase() !== "NUL" &&
    recoveryForkGuid !== null &&
    isSameGuid(set.recoveryForkGuid, recoveryForkGuid) &&
    isSameGuid(set.databaseGuid, databaseGuid);
  const full = backups.findLast((set) => set.type === "D" && !set.isCopyOnly && isOwn(set));
  if (full === undefined || !isKnownLsn(full.lastLsn) || !isKnownLsn(lastLogBackupLsn)) {
    return false;
  }
  let end: string = full.lastLsn;
  for (const set of backups) {
    const { firstLsn, lastLsn } = set;
    if (set.type !== "L" || !isOwn(set) || !isKnownLsn(firstLsn) || !isKnownLsn(lastLsn)) continue;
    if (compareLsn(lastLsn, end) <= 0) continue;
    if (compareLsn(firstLsn, end) > 0) return false;
    end = lastLsn;
  }
  // Where another server or a hand has taken the last one, this msdb does not have it.
  return compareLsn(lastLogBackupLsn, end) <= 0;
}

/** Why the set at one of these paths does not hold everything up to `noted`; undefined: it does. */
export function lackOf(
  copy: CopyToSave,
  paths: readonly string[],
  noted: LogPosition | undefined,
): { readonly because: string } | { readonly set: BackupSet } {
  const set = copy.backups.findLast(({ path }) => paths.includes(path));
  if (set === undefined) return { because: "msdb shows no such backup" };
  if (set.isDamaged) return { because: "msdb calls it damaged" };
  // A database that does not start tells neither: then the newest full backup of it does.
  const full = newestFull(copy);
  if (!isSameGuid(set.databaseGuid, copy.databaseGuid ?? full?.databaseGuid ?? null)) {
    return { because: "it is of another database" };
  }
  if (!isSameGuid(set.recoveryForkGuid, copy.recoveryForkGuid ?? full?.recoveryForkGuid ?? null)) {
    return { because: "it is of another recovery fork" };
  }
  if (noted === undefined) return { set };
  return isKnownLsn(set.lastLsn) && compareLsn(set.lastLsn, noted.lsn) > 0
    ? { set }
    : { because: `it ends at ${set.lastLsn ?? "no LSN"}, and the log was at ${noted.lsn} before` };
}

function newestFull({ backups }: CopyToSave): BackupSet | undefined {
  return backups.findLast(
    ({ type, isCopyOnly, isDamaged }) => type === "D" && !isCopyOnly && !isDamaged,
  );
}

function isSameGuid(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
