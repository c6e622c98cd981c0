// A clock that stands still until everybody waits, then jumps to the next moment somebody waits for.
import type { Clock } from "../../electron/run/clock.ts";

export interface FakeClock extends Clock {
  /** Calls back when the clock gets there. */
  at(ms: number, act: () => void): void;
}

interface Waiter {
  readonly dueMs: number;
  readonly wake: () => void;
}

export function fakeClock(startMs = Date.UTC(2026, 8, 12, 22, 0, 0)): FakeClock {
  let nowMs = startMs;
  let isScheduled = false;
  const waiters = new Set<Waiter>();
  const jump = () => {
    isScheduled = false;
    const next = [...waiters].sort((a, b) => a.dueMs - b.dueMs)[0];
    if (next === undefined) return;
    waiters.delete(next);
    nowMs = Math.max(nowMs, next.dueMs);
    next.wake();
    schedule();
  };
  // setImmediate comes after every promise that can go on without time has gone on.
  const schedule = () => {
    if (isScheduled || waiters.size === 0) return;
    isScheduled = true;
    setImmediate(jump);
  };
  const add = (waiter: Waiter) => {
    waiters.add(waiter);
    schedule();
  };
  return {
    nowMs: () => nowMs,
    at(ms, act) {
      add({ dueMs: startMs + ms, wake: act });
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const fail = () => {
          waiters.delete(waiter);
          reject(signal?.reason as Error);
        };
        const waiter: Waiter = {
          dueMs: nowMs + ms,
          wake: () => {
            signal?.removeEventListener("abort", fail);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          fail();
          return;
        }
        signal?.addEventListener("abort", fail, { once: true });
        add(waiter);
      }),
  };
}
