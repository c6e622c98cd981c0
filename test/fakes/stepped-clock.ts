// A clock that goes only as far as it is told: what is waited for by it ends when its time has come, in order.
import type { Clock } from "../../electron/run/clock.ts";

export interface SteppedClock extends Clock {
  /** Goes on by `ms`, or to the end of the next wait where that is earlier. Answers how far it went, ms. */
  pass(ms: number): number;
  /** Whether somebody waits. */
  isAwaited(): boolean;
}

export function steppedClock(startMs: number): SteppedClock {
  let nowMs = startMs;
  const waits = new Set<{ readonly untilMs: number; readonly end: () => void }>();
  return {
    nowMs: () => nowMs,
    isAwaited: () => waits.size > 0,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const onAbort = () => {
          waits.delete(wait);
          reject(signal?.reason as Error);
        };
        const wait = {
          untilMs: nowMs + ms,
          end() {
            waits.delete(wait);
            signal?.removeEventListener("abort", onAbort);
            resolve();
          },
        };
        waits.add(wait);
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
    pass(ms) {
      const beforeMs = nowMs;
      const nextMs = Math.min(...[...waits].map(({ untilMs }) => untilMs));
      nowMs = Math.max(nowMs, Math.min(nowMs + ms, nextMs));
      for (const wait of [...waits]) if (wait.untilMs <= nowMs) wait.end();
      return nowMs - beforeMs;
    },
  };
}
