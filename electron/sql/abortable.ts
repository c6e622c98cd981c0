// Lets go of a wait the moment a signal says so, whatever the driver still does with it.

/**
 * The promise's answer, or the signal's reason at once. `onAbort` is called first, to end the work behind the promise;
 * a late failure of that work is nobody's any more.
 */
export function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  onAbort: () => void,
): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      onAbort();
      reject(signal.reason as Error);
    };
    const done = () => {
      signal.removeEventListener("abort", abort);
    };
    promise
      .then(resolve, reject)
      .finally(done)
      .catch(() => undefined);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
