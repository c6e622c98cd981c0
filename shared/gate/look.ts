// What the held conditions amount to: proved and how, or why not and how long it still takes.
import type { GateSettings } from "../choices/choices.ts";
import type { GateMemory, GateReason, GateState, Hold } from "./gate.ts";
import { keepMoving } from "./memory.ts";
import { seenDatabases } from "./obstacle.ts";
import { commitPosition, hasQueue } from "./positions.ts";
import type { GateReading } from "./reading.ts";

export interface GateLook {
  readonly proved: "commitLsn" | "fallback" | null;
  readonly onlyTickLeft: boolean;
  /** Why it is shut, if it is. */
  readonly because: GateReason;
  readonly hold: Pick<GateState, "heldSeconds" | "neededSeconds" | "heldSinceMs">;
}

/** Judges a reading without obstacles by the memory that already holds it. */
export function lookAt(memory: GateMemory, reading: GateReading, settings: GateSettings): GateLook {
  const { atMs } = reading;
  const databases = seenDatabases(reading);
  const isBehind = databases.some((database) => commitPosition(database) === "behind");
  const queued = databases.some(hasQueue);
  const hasHeld = (hold: Hold | null, forMs: number): boolean =>
    hold !== null && hold.readings >= settings.leastReadings && atMs - hold.sinceMs >= forMs;

  const stableMs = settings.stableSeconds * 1000;
  const fallbackMs = isBehind
    ? behindNeedsMs(memory, atMs, settings)
    : settings.fallbackSeconds * 1000;
  const proved = hasHeld(memory.commit, stableMs)
    ? "commitLsn"
    : hasHeld(memory.fallback, fallbackMs)
      ? "fallback"
      : null;

  const isMovedByATask = keepMoving(memory.unexplainedMoves);
  const mayStillBeProved = !isMovedByATask && (memory.commit !== null || memory.fallback !== null);
  const hasWaited =
    memory.waitingSinceMs !== null &&
    atMs - memory.waitingSinceMs >= settings.patienceSeconds * 1000;
  const onlyTickLeft =
    !settings.beforeDelete &&
    proved === null &&
    !mayStillBeProved &&
    hasWaited &&
    !queued &&
    hasHeld(memory.tick, stableMs);

  const isKnown = databases.every((database) => commitPosition(database) !== "notKnown");
  return {
    proved,
    onlyTickLeft,
    because: reasonOf({ isBehind, queued, isKnown, isMovedByATask }),
    hold: heldBy(memory, atMs, { commitMs: stableMs, fallbackMs }),
  };
}

/**
 * How long the fallback's values must have held for a last commit that stays behind: not only the fallback's own time, but until
 * it has stayed so, with the primary unmoved and empty queues, for as long as patience says.
 */
function behindNeedsMs(memory: GateMemory, atMs: number, settings: GateSettings): number {
  const behindSinceMs = Math.max(memory.waitingSinceMs ?? atMs, memory.primaryUnmovedSinceMs);
  const patientUntilMs = behindSinceMs + settings.patienceSeconds * 1000;
  const sinceMs = memory.fallback?.sinceMs ?? atMs;
  return Math.max(settings.fallbackSeconds * 1000, patientUntilMs - sinceMs);
}

function reasonOf(seen: {
  readonly isBehind: boolean;
  readonly queued: boolean;
  readonly isKnown: boolean;
  readonly isMovedByATask: boolean;
}): GateReason {
  if (seen.isBehind && seen.queued) return "behind";
  if (seen.isMovedByATask) return "systemTaskWrites";
  if (seen.isBehind) return "behind";
  return seen.isKnown ? "holdingStill" : "commitLsnNotKnown";
}

/** The way that holds now: the commit's, else the fallback's. */
function heldBy(
  memory: GateMemory,
  atMs: number,
  needs: { readonly commitMs: number; readonly fallbackMs: number },
): GateLook["hold"] {
  const hold = memory.commit ?? memory.fallback;
  const neededMs = memory.commit === hold ? needs.commitMs : needs.fallbackMs;
  return {
    heldSeconds: hold === null ? 0 : (atMs - hold.sinceMs) / 1000,
    neededSeconds: neededMs / 1000,
    heldSinceMs: hold?.sinceMs ?? null,
  };
}
