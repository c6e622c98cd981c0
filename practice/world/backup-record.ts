// What is left of a backup: its set, in its files and in msdb, and what it writes to the log itself.
import { setsIn } from "./backup-media.ts";
import { blockAt, lsn, nextPosition, writeBlock } from "./log.ts";
import { baseLsn, blocksFrom, chainHead, forksFrom } from "./log-chain.ts";
import { isWritable } from "./sides.ts";
import type { BackupRow } from "./backup-set.ts";
import type { DatabaseCopy, ServerKey, WorldState } from "./state.ts";

/** A backup that has ended well. */
export interface BackupPlan extends Pick<BackupRow, "type" | "isCopyOnly" | "startMs" | "paths"> {
  readonly name?: string | null;
  readonly hasChecksums?: boolean;
  /** What becomes of the sets already in the files; default: they stay, and this one stands behind them. */
  readonly media?: "append" | "overwrite" | "format";
  /** How many blocks the log had when it began; default: as many as now. */
  readonly beganAt?: number;
}

/** Adds a set, and writes to the primary's log what a backup writes; `backupCommits` says whether as a commit. */
export function recordBackup(state: WorldState, key: ServerKey, plan: BackupPlan): void {
  const server = state[key];
  const { copy, backups } = server;
  const { media = "append", paths } = plan;
  const there = setsIn(state, key, paths[0] ?? "");
  if (media !== "append") for (const set of there) set.isOnMedia = false;
  backups.push({
    type: plan.type,
    isCopyOnly: plan.isCopyOnly,
    startMs: plan.startMs,
    paths,
    name: plan.name ?? null,
    hasChecksums: plan.hasChecksums ?? true,
    database: state.link.database,
    databaseGuid: state.link.databaseGuid,
    finishMs: state.nowMs,
    databaseBackupLsn: baseLsn(server),
    position: media === "append" ? there.length + 1 : 1,
    mediaSetId: mediaSetOf(backups, media === "format" ? undefined : there[0]),
    ...contents(state, key, plan),
    recoveryForkGuid: copy.recoveryForkGuid,
    recoveryModel: "FULL",
    damage: state.backupFaults[key].damage,
    isOnMedia: true,
    isListed: true,
  });
  if (!isWritable(server)) return;
  const commits = state.settings.backupCommits === "yes";
  const written = { atMs: state.nowMs, sizeKb: 1 };
  writeBlock(copy, commits ? { ...written, commit: { by: "backup" } } : written, state.settings);
}

/**
 * A log backup ends where the log ended when it began; a full one takes along what was committed while it ran. Neither holds
 * more than is hardened by now: a demotion may have cut the log meanwhile.
 */
function contents(
  state: WorldState,
  key: ServerKey,
  { type, beganAt }: BackupPlan,
): Pick<
  BackupRow,
  "firstLsn" | "lastLsn" | "firstForkGuid" | "forkPointLsn" | "beginsLogChain" | "blocks"
> {
  const { copy, backups } = state[key];
  const began = Math.min(beganAt ?? copy.hardened, copy.hardened);
  if (type !== "L") {
    return {
      firstLsn: lsn(blockAt(copy.log, began)),
      lastLsn: lsnBehind(copy, copy.hardened),
      firstForkGuid: copy.recoveryForkGuid,
      forkPointLsn: null,
      beginsLogChain: false,
      blocks: copy.log.slice(0, copy.hardened),
    };
  }
  const firstLsn = chainHead(state, key) ?? lsn(blockAt(copy.log, 1));
  return {
    firstLsn,
    lastLsn: lsnBehind(copy, began),
    ...forksFrom(copy, firstLsn),
    beginsLogChain: !backups.some((row) => row.type === "L" && row.lastLsn === firstLsn),
    blocks: blocksFrom(copy, firstLsn, began),
  };
}

/** The record behind the first `count` blocks. */
function lsnBehind(copy: DatabaseCopy, count: number): string {
  return lsn(nextPosition(blockAt(copy.log, count)));
}

/** Sets in one file have one media set; each server's msdb numbers its own. */
function mediaSetOf(backups: readonly BackupRow[], there: BackupRow | undefined): number {
  const known = there !== undefined && backups.includes(there);
  return known ? there.mediaSetId : Math.max(0, ...backups.map(({ mediaSetId }) => mediaSetId)) + 1;
}
