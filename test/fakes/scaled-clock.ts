// The real clock, running faster: for a run against a practice estate that runs as fast.
import { realClock } from "../../electron/run/clock.ts";
import type { Clock } from "../../electron/run/clock.ts";

export function scaledClock(speed: number): Clock {
  const startMs = realClock.nowMs();
  return {
    nowMs: () => startMs + (realClock.nowMs() - startMs) * speed,
    wait: (ms, signal) => realClock.wait(ms / speed, signal),
  };
}
