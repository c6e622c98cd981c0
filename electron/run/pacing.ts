// Waiting in a run: a signal that fires ends a wait, it does not fail it.
import type { Clock } from "./clock.ts";

/** True when the time is over, false when the signal came first. */
export async function waitUnless(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await clock.wait(ms, signal);
    return true;
  } catch (error) {
    if (signal?.aborted === true) return false;
    throw error;
  }
}

/**
 * The work's answer, or `timeOver` after `ms`: then the work's own signal is aborted. Rejects with the work's error, or with
 * the outer signal's reason.
 */
export async function withinTime<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (within: AbortSignal) => Promise<T>,
): Promise<T | "timeOver"> {
  const done = new AbortController();
  const over = new AbortController();
  const within = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  const timer = waitUnless(clock, ms, done.signal).then((isOver) => {
    if (isOver) over.abort(new Error("Time is over."));
  });
  try {
    return await work(within);
  } catch (error) {
    signal?.throwIfAborted();
    if (over.signal.aborted) return "timeOver";
    throw error;
  } finally {
    done.abort();
    await timer;
  }
}

/** Says when something is worth writing down: its words changed, or the heartbeat is due. */
export function changeOrHeartbeat(clock: Clock, heartbeatMs: number): (words: string) => boolean {
  let lastWords: string | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  return (words) => {
    const nowMs = clock.nowMs();
    if (words === lastWords && nowMs - lastMs < heartbeatMs) return false;
    lastWords = words;
    lastMs = nowMs;
    return true;
  };
}
