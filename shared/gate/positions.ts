// Judges the positions of one reading, and what moved since the one before.
import { compareLsn, isKnownLsn } from "../sql/lsn.ts";
import type { SeenDatabase } from "./obstacle.ts";
import { seenDatabases } from "./obstacle.ts";
import type { GateReading, OwnPosition } from "./reading.ts";

/** Where the secondary's last commit stands beside the primary's. NULL and 0 are not known, and never equal to each other. */
export type CommitPosition = "holds" | "behind" | "notKnown";

export function commitPosition({ primary, secondary }: SeenDatabase): CommitPosition {
  const [needed, reached] = [primary.lastCommitLsn, secondary.lastCommitLsn];
  if (!isKnownLsn(needed) || !isKnownLsn(reached)) return "notKnown";
  return compareLsn(reached, needed) >= 0 ? "holds" : "behind";
}

/**
 * The fallback's values: the same column against the same column. The ends of the log known and the secondary's not below,
 * the hardened positions equal where the primary has one (asynchronous commit leaves it NULL there), both queues known as 0.
 * `needsHardened`: synchronous commit alone counts, where both have one.
 */
export function fallbackHolds(database: SeenDatabase, needsHardened: boolean): boolean {
  const { primary, secondary, remote } = database;
  if (!isKnownLsn(primary.endOfLogLsn) || !isKnownLsn(secondary.endOfLogLsn)) return false;
  if (compareLsn(secondary.endOfLogLsn, primary.endOfLogLsn) < 0) return false;
  if (needsHardened || primary.lastHardenedLsn !== null) {
    const bothKnown = isKnownLsn(primary.lastHardenedLsn) && isKnownLsn(secondary.lastHardenedLsn);
    if (!bothKnown || compareLsn(primary.lastHardenedLsn, secondary.lastHardenedLsn) !== 0) {
      return false;
    }
  }
  return remote.logSendQueueKb === 0 && remote.redoQueueKb === 0 && !hasQueue(database);
}

/** Log is known to be on its way: a queue above 0. NULL says nothing. */
export function hasQueue(database: SeenDatabase): boolean {
  return queueKb(database) > 0;
}

/** What the primary's remote row and the secondary's own row know of log on its way, KB. */
export function queueKb({ remote, secondary }: SeenDatabase): number {
  const redo = Math.max(remote.redoQueueKb ?? 0, secondary.redoQueueKb ?? 0);
  return (remote.logSendQueueKb ?? 0) + redo;
}

/** What moved between two readings of the same databases. */
export interface Movement {
  /** The primary's own last commit. */
  readonly primaryCommit: boolean;
  /** Any of the primary's own commit and end of log. */
  readonly primary: boolean;
  /** Any position of either side. */
  readonly anything: boolean;
}

export function movementBetween(before: GateReading, after: GateReading): Movement {
  const [from, to] = [seenDatabases(before), seenDatabases(after)];
  const moved = (position: (database: SeenDatabase) => readonly (string | null)[]): boolean =>
    JSON.stringify(from.map(position)) !== JSON.stringify(to.map(position));
  return {
    primaryCommit: moved(({ primary }) => [primary.lastCommitLsn]),
    primary: moved(({ primary }) => [primary.lastCommitLsn, primary.endOfLogLsn]),
    anything: moved(({ primary, secondary }) => [...allOf(primary), ...allOf(secondary)]),
  };
}

function allOf(position: OwnPosition): readonly (string | null)[] {
  return [position.lastCommitLsn, position.endOfLogLsn, position.lastHardenedLsn];
}
