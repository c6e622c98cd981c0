// Works that must not overlap, in the order in which they were asked for.

/** A turn of its own: what is given to it begins when everything given before has ended, however it ended. */
export function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
