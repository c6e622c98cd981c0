// A clock that stands still until everybody waits, then jumps to the next moment somebody waits for.
import type { Clock } from "../../electron/run/clock.ts";
import { steppedClock } from "./stepped-clock.ts";

export interface FakeClock extends Clock {
  /** Calls back when the clock gets there. */
  at(ms: number, act: () => void): void;
}

export function fakeClock(startMs = Date.UTC(2026, 8, 12, 22, 0, 0)): FakeClock {
  const clock = steppedClock(startMs);
  let isScheduled = false;
  const jump = () => {
    isScheduled = false;
    if (!clock.isAwaited()) return;
    clock.pass(Infinity);
    schedule();
  };
  // setImmediate comes after every promise that can go on without time has gone on.
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(jump);
  };
  const wait: Clock["wait"] = (ms, signal) => {
    schedule();
    return clock.wait(ms, signal);
  };
  return {
    nowMs: () => clock.nowMs(),
    wait,
    at(ms, act) {
      void wait(startMs + ms - clock.nowMs()).then(act);
    },
  };
}
