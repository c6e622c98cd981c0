// Which backups hang together: the chain of log backups of a copy, its forks, and what can be restored with what.
import { lsn } from "./log.ts";
import type { Fault } from "./world.ts";
import type { BackupRow } from "./backup-set.ts";
import type { DatabaseCopy, ServerKey, WorldState } from "./state.ts";

/**
 * Where the next log backup of this side begins (`last_log_backup_lsn`); null where there can be none, for want of a full
 * backup of its own in the chain. A log backup goes on where the last one ended, on whichever side: there is one chain, as
 * in every availability group, and a side's own msdb has a gap where the other one saved the log. Without the link each
 * side's log is its own. The first one goes on where the full backup ended.
 */
export function chainHead(state: WorldState, key: ServerKey): string | null {
  const { copy, backups } = state[key];
  const counts = (row: BackupRow): boolean =>
    !row.isCopyOnly && row.finishMs > (copy.chainBrokenMs ?? -Infinity) && isOfCopy(copy, row);
  const full = backups.findLast((row) => row.type === "D" && counts(row));
  if (full === undefined) return null;
  const logs = allOf(state, key).filter((row) => row.type === "L" && counts(row));
  const heads = logs.map(({ lastLsn }) => lastLsn).sort();
  return heads.at(-1) ?? full.lastLsn;
}

/** Whether a backup holds log of this copy: of its fork, or of one that it left, up to where it left it. */
function isOfCopy(copy: DatabaseCopy, { recoveryForkGuid, lastLsn }: BackupRow): boolean {
  if (recoveryForkGuid === copy.recoveryForkGuid) return true;
  for (let left = copy.forkedFrom; left !== null; left = left.before) {
    if (lastLsn > left.atLsn) return false;
    if (recoveryForkGuid === left.guid) return true;
  }
  return false;
}

/** The fork on which a log backup from `firstLsn` begins, and where it leaves it. */
export function forksFrom(
  copy: DatabaseCopy,
  firstLsn: string,
): Pick<BackupRow, "firstForkGuid" | "forkPointLsn"> {
  const left = copy.forkedFrom;
  return left !== null && firstLsn < left.atLsn
    ? { firstForkGuid: left.guid, forkPointLsn: left.atLsn }
    : { firstForkGuid: copy.recoveryForkGuid, forkPointLsn: null };
}

/** The backups that can belong to one chain with this side's. */
function allOf(state: WorldState, key: ServerKey): readonly BackupRow[] {
  const isAlone = state.box.linkDropped || state.instance.linkDropped;
  return isAlone ? state[key].backups : [...state.box.backups, ...state.instance.backups];
}

/**
 * Whether a set brings back what it holds: a full one that can be read, and a log backup behind which others lead without
 * a gap back to such a full one.
 */
export function isRestorable(state: WorldState, set: BackupRow): boolean {
  const readable = [...state.box.backups, ...state.instance.backups].filter(
    ({ damage, isOnMedia }) => damage === "none" && isOnMedia,
  );
  if (!readable.includes(set)) return false;
  if (set.type !== "L") return true;
  const isAhead = (one: BackupRow): boolean =>
    one.recoveryForkGuid === set.recoveryForkGuid || one.recoveryForkGuid === set.firstForkGuid;
  for (let need = set.firstLsn; ;) {
    if (readable.some((one) => one.type === "D" && isAhead(one) && reaches(one, need, set))) {
      return true;
    }
    const before = readable.find(
      (one) => one.type === "L" && isAhead(one) && one.lastLsn >= need && one.firstLsn < need,
    );
    if (before === undefined) return false;
    need = before.firstLsn;
  }
}

/** Whether the log from `need` on goes on from this full backup. */
function reaches(full: BackupRow, need: string, set: BackupRow): boolean {
  return full.lastLsn >= need && full.lastLsn <= set.lastLsn;
}

/** The blocks of the copy from an LSN on, up to a count of blocks. */
export function blocksFrom(
  copy: DatabaseCopy,
  firstLsn: string,
  count: number,
): readonly DatabaseCopy["log"][number][] {
  return copy.log.slice(0, count).filter((block) => lsn(block) >= firstLsn);
}

/** Numbers of the workload's rows in some blocks. */
export function rowsIn(blocks: readonly DatabaseCopy["log"][number][]): number[] {
  return blocks.flatMap(({ commits }) =>
    commits.flatMap(({ row }) => (row === undefined ? [] : [row])),
  );
}

/** Breaks the chain of one side, or of both where they are of one fork, in one of the ways it breaks in life. */
export function breakChain(
  state: WorldState,
  key: ServerKey,
  how: Extract<Fault, { kind: "logChain" }>["how"],
): void {
  const { copy, backups } = state[key];
  switch (how) {
    case "simpleModel":
      copy.chainBrokenMs = state.nowMs;
      for (const row of backups) if (row.type === "D") row.recoveryModel = "SIMPLE";
      return;
    case "logBackupMissing": {
      const newest = backups.findLast(({ type, isCopyOnly }) => type === "L" && !isCopyOnly);
      if (newest !== undefined) Object.assign(newest, { isListed: false, isOnMedia: false });
      return;
    }
    case "otherFork": {
      const left = copy.recoveryForkGuid;
      const followers = [state.box.copy, state.instance.copy].filter(
        ({ recoveryForkGuid }) => recoveryForkGuid === left,
      );
      for (const one of followers) {
        one.forkedFrom = { guid: left, atLsn: "0".repeat(25), before: one.forkedFrom };
        one.recoveryForkGuid = OTHER_FORK;
      }
    }
  }
}

const OTHER_FORK = "C1E7A2D8-64B9-4F05-8A3D-7E90B2F51C46";

/** checkpoint_lsn of the newest full backup that a copy's backups build on; "0" without one. */
export function baseLsn({ backups }: { readonly backups: readonly BackupRow[] }): string {
  return backups.findLast(({ type, isCopyOnly }) => type === "D" && !isCopyOnly)?.firstLsn ?? "0";
}
