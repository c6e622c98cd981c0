// Is the primary really gone? The secondary read for at least 10 s: what moved in it, and what that says.
import { visibleText } from "../visible-text.ts";
import { standsInTheWay } from "./refusals.ts";
import type { TargetCopy, TargetReading } from "./target.ts";

/** Design of the forced failover: shorter proves nothing. */
export const watchSeconds = 10;
const leastReadings = 5;

/** Everything seen so far: the first reading, the last one, and what moved between any two. */
export interface TargetWatch {
  readonly first: TargetReading;
  readonly last: TargetReading;
  readonly readings: number;
  /** Names of the columns of arriving log that moved, each once: a sign of life is never forgotten. */
  readonly arrived: readonly ArrivingColumn[];
  /** When last_commit_lsn or last_hardened_lsn moved last, as `atMs`; null: never. */
  readonly workedAtMs: number | null;
  /** A reading in which it was CONNECTED, by the secondary or by Azure. */
  readonly wasConnected: boolean;
}

const arriving = {
  last_received_lsn: (copy: TargetCopy) => copy.lastReceivedLsn,
  last_received_time: (copy: TargetCopy) => copy.lastReceivedTime,
} as const;
export type ArrivingColumn = keyof typeof arriving;
const arrivingColumns = Object.keys(arriving) as readonly ArrivingColumn[];

export type WatchVerdict =
  /** A failover would leave a copy that cannot be primary, or another change is under way. */
  | { readonly kind: "refused"; readonly because: string }
  | { readonly kind: "watching"; readonly secondsLeft: number }
  /** `signs`: why the primary is taken to be alive, each a clause. */
  | { readonly kind: "alive"; readonly signs: readonly string[] }
  /** What has arrived is still being worked through: the loss is known when that is done. */
  | { readonly kind: "working"; readonly redoQueueKb: number | null }
  | { readonly kind: "quiet" };

export function watchAfter(before: TargetWatch | undefined, reading: TargetReading): TargetWatch {
  const isConnected = saysConnected(reading);
  if (before === undefined) {
    return {
      first: reading,
      last: reading,
      readings: 1,
      arrived: [],
      workedAtMs: null,
      wasConnected: isConnected,
    };
  }
  return {
    first: before.first,
    last: reading,
    readings: before.readings + 1,
    arrived: arrivingColumns.filter(
      (column) =>
        before.arrived.includes(column) || hasMoved(before.last, reading, arriving[column]),
    ),
    workedAtMs: hasWorked(before.last, reading) ? reading.atMs : before.workedAtMs,
    wasConnected: before.wasConnected || isConnected,
  };
}

/** Signs of life count at once; that there are none counts after the whole time. */
export function verdictOf(watch: TargetWatch): WatchVerdict {
  const because = standsInTheWay(watch.last);
  if (because !== undefined) return { kind: "refused", because };
  const signs = signsOf(watch);
  if (signs.length > 0) return { kind: "alive", signs };
  const seconds = (watch.last.atMs - watch.first.atMs) / 1000;
  if (seconds < watchSeconds || watch.readings < leastReadings) {
    return { kind: "watching", secondsLeft: Math.max(1, Math.ceil(watchSeconds - seconds)) };
  }
  return isWorking(watch)
    ? { kind: "working", redoQueueKb: redoQueueKb(watch.last) }
    : { kind: "quiet" };
}

/** "AdatumBooks is suspended on sqlmi1 (SUSPEND_FROM_USER), its log last arrived ...": needs a typed reason, locks nothing. */
export function suspensionsOf({ copies }: TargetReading, server: string): readonly string[] {
  return copies
    .filter(({ isSuspended }) => isSuspended === true)
    .map(({ database, suspendReason, lastReceivedTime }) => {
      const why = suspendReason === null ? "no reason told" : visibleText(suspendReason);
      const since = lastReceivedTime ?? "a time that is not known";
      return `Data movement of ${visibleText(database)} is suspended on ${server} (${why}); its log last arrived at ${since}, ${server}'s own clock.`;
    });
}

function signsOf({ arrived, wasConnected }: TargetWatch): readonly string[] {
  return [
    ...(wasConnected ? ["it is CONNECTED"] : []),
    ...arrived.map((column) => `${column} moves`),
  ];
}

/** Redo is at its end when nothing waits, and nothing has moved for the whole time that proves silence. */
function isWorking({ last, workedAtMs }: TargetWatch): boolean {
  const hasMovedLately = workedAtMs !== null && last.atMs - workedAtMs < watchSeconds * 1000;
  return (redoQueueKb(last) ?? 0) > 0 || hasMovedLately;
}

function redoQueueKb({ copies }: TargetReading): number | null {
  const known = copies.map((copy) => copy.redoQueueKb).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function saysConnected({ connectedState, copies }: TargetReading): boolean {
  return (
    connectedState === "CONNECTED" ||
    copies.some((copy) => copy.azureConnectedState === "CONNECTED")
  );
}

function hasWorked(before: TargetReading, now: TargetReading): boolean {
  return (
    hasMoved(before, now, (copy) => copy.lastCommitLsn) ||
    hasMoved(before, now, (copy) => copy.lastHardenedLsn)
  );
}

function hasMoved(
  before: TargetReading,
  now: TargetReading,
  value: (copy: TargetCopy) => string | null,
): boolean {
  return now.copies.some((copy) => {
    const earlier = before.copies.find(({ database }) => database === copy.database);
    return earlier !== undefined && value(earlier) !== value(copy);
  });
}
