// Where world time comes from: moved by hand in tests, or N times real time.

/** World time is milliseconds since 1970 UTC. */
export interface Clock {
  /** The instant at which the world starts. */
  readonly startMs: number;
  /** The instant the world should have reached by now. */
  worldMs(): number;
  /** Calls back again and again while real time passes, so that the world moves without being asked. */
  pump(callback: () => void): void;
}

/** How often, in real ms, a world on the real clock catches up by itself. */
const PUMP_EVERY_MS = 20;

/** A clock that stands still: only `World.advance` moves the world. `startUtc` in ISO form with Z. */
export function manualClock(startUtc = "2026-11-21T08:00:00.000Z"): Clock {
  const startMs = Date.parse(startUtc);
  return { startMs, worldMs: () => startMs, pump: () => undefined };
}

/** World time = `speed` times real time, started at `startMs` (default: now). */
export function realClock(speed: number, startMs = Date.now()): Clock {
  const realStart = Date.now();
  return {
    startMs,
    worldMs: () => startMs + (Date.now() - realStart) * speed,
    pump(callback) {
      // Unreferenced: the TDS servers keep the process alive, the world alone must not.
      setInterval(callback, PUMP_EVERY_MS).unref();
    },
  };
}
