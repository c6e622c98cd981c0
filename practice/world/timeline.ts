// What waits for world time: actions that are due at an instant, and callers that wait for an instant or a condition.

export interface Timeline {
  /** Runs `action` in the step that reaches `atMs`. Returns the way to take it back. */
  at(atMs: number, action: () => void): () => void;
  /** Resolves when world time has reached `atMs`; rejects with the signal's reason when aborted. */
  until(atMs: number, signal: AbortSignal): Promise<void>;
  /** Resolves after the first step in which `holds` says true; rejects with the signal's reason when aborted. */
  when(holds: () => boolean, signal: AbortSignal): Promise<void>;
  /** Called by the world after each step. */
  passed(nowMs: number): void;
}

interface Due {
  readonly atMs: number;
  readonly action: () => void;
}

interface Waiter {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

/** A timeline for one world; `now` tells its time. */
export function createTimeline(now: () => number): Timeline {
  const due = new Set<Due>();
  const waiters = new Set<Waiter>();

  const when = (holds: () => boolean, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      if (holds()) {
        resolve();
        return;
      }
      const stop = (): void => {
        waiters.delete(waiter);
        reject(reasonOf(signal));
      };
      const waiter: Waiter = {
        holds,
        resolve: () => {
          signal.removeEventListener("abort", stop);
          resolve();
        },
      };
      waiters.add(waiter);
      signal.addEventListener("abort", stop, { once: true });
    });

  return {
    at(atMs, action) {
      const entry = { atMs, action };
      due.add(entry);
      return () => due.delete(entry);
    },
    until: (atMs, signal) => when(() => now() >= atMs, signal),
    when,
    passed(nowMs) {
      if (due.size === 0 && waiters.size === 0) return;
      const ready = [...due].filter(({ atMs }) => atMs <= nowMs);
      ready.sort((one, other) => one.atMs - other.atMs);
      for (const entry of ready) {
        due.delete(entry);
        entry.action();
      }
      for (const waiter of [...waiters]) {
        if (!waiter.holds()) continue;
        waiters.delete(waiter);
        waiter.resolve();
      }
    },
  };
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error("cancelled", { cause: reason });
}
