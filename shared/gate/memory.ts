// What the gate keeps from reading to reading: how long each way of opening has held.
import type { GateSettings } from "../choices/choices.ts";
import type { GateMemory, GateState, Hold, Moves } from "./gate.ts";
import { seenDatabases } from "./obstacle.ts";
import { commitPosition, fallbackHolds, hasQueue, movementBetween } from "./positions.ts";
import type { GateReading } from "./reading.ts";

/** Nothing seen for longer than this is not "in every reading": every hold starts again. */
const longestGapMs = 3000;

/** So many unexplained moves in a row are a task that keeps writing; fewer may be the workload's last ones. */
const movesOfATask = 3;

export function nothingHeld(reading: GateReading, counted: GateReading | null): GateMemory {
  return {
    counted,
    commit: null,
    fallback: null,
    tick: null,
    primaryUnmovedSinceMs: reading.atMs,
    unexplainedMoves: null,
    waitingSinceMs: null,
  };
}

/** The memory to go on from: a hole in the readings, or time that runs backwards, leaves nothing of it. */
export function rememberedFrom(
  previous: GateState | undefined,
  reading: GateReading,
  settings: GateSettings,
): GateMemory {
  const fresh = nothingHeld(reading, null);
  if (previous === undefined) return fresh;
  const { memory, last } = previous;
  const gapMs = reading.atMs - last.atMs;
  if (!(gapMs >= 0 && gapMs <= longestGapMs)) return fresh;
  // Readings that do not count keep nothing alive for longer than the whole proof takes.
  const uncountedMs = reading.atMs - (memory.counted?.atMs ?? reading.atMs);
  return uncountedMs > Math.max(longestGapMs, settings.stableSeconds * 1000) ? fresh : memory;
}

/** The memory after a reading without obstacles. */
export function advance(
  before: GateMemory,
  reading: GateReading,
  settings: GateSettings,
): GateMemory {
  const moved = before.counted === null ? undefined : movementBetween(before.counted, reading);
  const databases = seenDatabases(reading);
  const positions = databases.map(commitPosition);
  const commitHolds = positions.every((position) => position === "holds");
  const fallbackProves = databases.every(
    (database) =>
      commitPosition(database) === "holds" || fallbackHolds(database, settings.beforeDelete),
  );
  const unexplainedMoves = movesAfter(before, reading, moved?.primary === true, settings);
  const isWorking =
    positions.includes("behind") && databases.some(hasQueue) && !keepMoving(unexplainedMoves);
  const startsAgain = moved?.primaryCommit === true && !keepMoving(unexplainedMoves);
  const mayWait = (!commitHolds || keepMoving(unexplainedMoves)) && !isWorking;
  return {
    counted: reading,
    commit: commitHolds ? holdAfter(before.commit, reading, moved?.primaryCommit === true) : null,
    fallback: fallbackProves ? holdAfter(before.fallback, reading, moved?.anything === true) : null,
    tick: holdAfter(before.tick, reading, false),
    primaryUnmovedSinceMs:
      moved?.primaryCommit === false ? before.primaryUnmovedSinceMs : reading.atMs,
    unexplainedMoves,
    waitingSinceMs: mayWait ? ((startsAgain ? null : before.waitingSinceMs) ?? reading.atMs) : null,
  };
}

/** Whether the primary's positions keep moving although no session with an open writing transaction was seen. */
export function keepMoving(moves: Moves | null): boolean {
  return moves !== null && moves.count >= movesOfATask;
}

function holdAfter(before: Hold | null, reading: GateReading, hasMoved: boolean): Hold {
  if (before === null || hasMoved) return { sinceMs: reading.atMs, readings: 1 };
  return { sinceMs: before.sinceMs, readings: before.readings + 1 };
}

/** Moves belong together while none is missing for three times their usual distance. */
function movesAfter(
  { unexplainedMoves: before }: GateMemory,
  { atMs }: GateReading,
  hasMoved: boolean,
  settings: GateSettings,
): Moves | null {
  if (hasMoved) {
    return { sinceMs: before?.sinceMs ?? atMs, lastMs: atMs, count: (before?.count ?? 0) + 1 };
  }
  if (before === null) return null;
  const usualMs =
    before.count < 2 ? undefined : (before.lastMs - before.sinceMs) / (before.count - 1);
  const patienceMs = usualMs === undefined ? settings.fallbackSeconds * 1000 : 3 * usualMs;
  return atMs - before.lastMs > patienceMs ? null : before;
}
