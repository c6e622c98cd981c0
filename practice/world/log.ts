// The log's own arithmetic: where the next block goes and how positions are written as 25 digits.
import type { DatabaseCopy, LogBlock, LogCommit, WorldSettings } from "./state.ts";

/** Blocks of one virtual log file; the next block after it opens a new file. */
const FIRST_BLOCK = 16;
const LAST_BLOCK = 65_000;
/** Block numbers count sectors of 512 bytes. */
const SECTORS_PER_KB = 2;
/** The slot of the only commit in a block: after the record that begins the transaction and the one that changes. */
const COMMIT_SLOT = 3;
const DIGITS = 25;

export interface LogPosition {
  readonly virtualLogFile: number;
  readonly block: number;
}

/** An LSN as `numeric(25,0)` shows it, zero-padded: VLF * 10^15 + block * 10^5 + slot. Block ids carry slot 1. */
export function lsn(position: LogPosition, slot = 1): string {
  const value =
    BigInt(position.virtualLogFile) * 10n ** 15n +
    BigInt(position.block) * 10n ** 5n +
    BigInt(slot);
  return value.toString().padStart(DIGITS, "0");
}

/** Where the block after the last one of `log` goes; follows from that block alone, so both sides agree on it. */
export function nextPosition(last: LogBlock): LogPosition {
  const block = last.block + Math.max(1, Math.ceil(last.sizeKb * SECTORS_PER_KB));
  return block > LAST_BLOCK
    ? { virtualLogFile: last.virtualLogFile + 1, block: FIRST_BLOCK }
    : { virtualLogFile: last.virtualLogFile, block };
}

/** The first block of a world: everything older is on both sides. */
export function firstBlock(writtenAtMs: number): LogBlock {
  return {
    virtualLogFile: 37,
    block: 2408,
    sizeKb: 4,
    writtenAtMs,
    endKb: 4,
    commits: [{ slot: COMMIT_SLOT, by: "workload" }],
  };
}

/** The last block of the first `count` ones. A log is never empty, and count is at least 1. */
export function blockAt(log: readonly LogBlock[], count: number): LogBlock {
  const block = log[Math.max(1, count) - 1];
  if (block === undefined) throw new Error(`no log block ${count} of ${log.length}`);
  return block;
}

/** KB of log between two counts of blocks. */
export function kbBetween(log: readonly LogBlock[], from: number, to: number): number {
  return to <= from ? 0 : blockAt(log, to).endKb - blockAt(log, from).endKb;
}

/** Flushes one block with at most one commit to the primary's log; returns its index. */
export function writeBlock(
  copy: DatabaseCopy,
  written: {
    readonly atMs: number;
    readonly sizeKb: number;
    readonly commit?: Omit<LogCommit, "slot">;
  },
  settings: WorldSettings,
): number {
  const last = blockAt(copy.log, copy.log.length);
  const block: LogBlock = {
    ...nextPosition(last),
    sizeKb: written.sizeKb,
    writtenAtMs: written.atMs,
    endKb: last.endKb + written.sizeKb,
    commits: written.commit === undefined ? [] : [{ ...written.commit, slot: COMMIT_SLOT }],
  };
  copy.log.push(block);
  copy.received = copy.hardened = copy.redone = copy.log.length;
  rememberCommits(copy, block, settings, "primary");
  return copy.log.length - 1;
}

/** Moves the copy's own last commit when the block holds one that the settings count in this role. */
export function rememberCommits(
  copy: DatabaseCopy,
  block: LogBlock,
  settings: WorldSettings,
  role: "primary" | "secondary",
): void {
  for (const commit of block.commits) {
    if (!counts(commit, settings, role)) continue;
    copy.lastCommitLsn = lsn(block, commit.slot);
    copy.lastCommitMs = block.writtenAtMs;
    copy.commitKnown = "kept";
  }
}

function counts(
  commit: LogCommit,
  settings: WorldSettings,
  role: "primary" | "secondary",
): boolean {
  if (commit.by === "workload") return true;
  if (settings.systemCommits === "primaryOnly") return role === "primary";
  return commit.by === "backup" || settings.systemCommits === "counted";
}

/** How many blocks two logs have in common: blocks are shared objects, so the same block is the same object. */
export function commonBlocks(one: readonly LogBlock[], other: readonly LogBlock[]): number {
  let low = 0;
  let high = Math.min(one.length, other.length);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (one[middle - 1] === other[middle - 1]) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Cuts the log to its first `count` blocks and finds the last commit again. */
export function truncateLog(copy: DatabaseCopy, count: number, settings: WorldSettings): void {
  if (count >= copy.log.length) return;
  copy.log.length = count;
  copy.received = Math.min(copy.received, count);
  copy.hardened = Math.min(copy.hardened, count);
  copy.redone = Math.min(copy.redone, count);
  for (let index = copy.redone - 1; index >= 0; index--) {
    const block = blockAt(copy.log, index + 1);
    if (!block.commits.some((commit) => counts(commit, settings, "secondary"))) continue;
    rememberCommits(copy, block, settings, "secondary");
    return;
  }
}
