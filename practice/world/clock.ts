// Where world time comes from. Here: by hand, for tests.

/** World time is milliseconds since 1970 UTC. A clock on real time multiplies it by its speed. */
export interface Clock {
  /** The instant at which the world is handed over. */
  readonly startMs: number;
  /** The instant the world should have reached by now; never goes back. */
  worldMs(): number;
  /** Calls back again and again while real time passes, so that the world moves without being asked. */
  pump(callback: () => void): void;
}

/** A clock that stands still: only `World.advance` moves the world. `startUtc` in ISO form with Z. */
export function manualClock(startUtc = "2026-11-21T08:00:00.000Z"): Clock {
  const startMs = Date.parse(startUtc);
  return { startMs, worldMs: () => startMs, pump: () => undefined };
}
