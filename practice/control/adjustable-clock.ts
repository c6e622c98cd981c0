// World time at a speed that can be changed while it runs; at speed 0 it stands still and only `advance` moves it.
import type { Clock } from "../world/clock.ts";

export interface AdjustableClock extends Clock {
  readonly speed: () => number;
  /** World time = `speed` times real time from now on; what has passed stays passed. */
  readonly setSpeed: (speed: number) => void;
  /** Stops calling back. */
  readonly stop: () => void;
}

/** How often, in real ms, the world catches up by itself. */
const pumpEveryMs = 20;

/** `startMs`: world time at the start, ms since 1970 UTC. */
export function adjustableClock(initialSpeed: number, startMs: number): AdjustableClock {
  let base = { worldMs: startMs, realMs: Date.now() };
  let speed = initialSpeed;
  let timer: NodeJS.Timeout | undefined;
  const worldMs = () => base.worldMs + (Date.now() - base.realMs) * speed;
  return {
    startMs,
    worldMs,
    pump: (callback) => {
      timer = setInterval(callback, pumpEveryMs);
      timer.unref();
    },
    speed: () => speed,
    setSpeed: (next) => {
      base = { worldMs: worldMs(), realMs: Date.now() };
      speed = next;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
