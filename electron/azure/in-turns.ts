// Lets so many questions be asked at once; one that is answered late is waited for beside the others, and not before them.
import type { Clock } from "../run/clock.ts";
import { waitUnless } from "../run/pacing.ts";

/** Asks when its turn has come. */
export type Turns = <T>(ask: () => Promise<T>) => Promise<T>;

/** After this, ms, a question without an answer keeps nobody waiting. */
const lateMs = 5_000;

export function inTurns(mostAtOnce: number, clock: Clock): Turns {
  const waiting: (() => void)[] = [];
  let free = mostAtOnce;
  const next = () => {
    const first = waiting.shift();
    if (first === undefined) free += 1;
    else first();
  };
  const turn = (): Promise<void> => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
    return Promise.resolve();
  };
  return async (ask) => {
    await turn();
    const answered = new AbortController();
    // The turn is over with the answer, or when that is late.
    void waitUnless(clock, lateMs, answered.signal).then(next);
    try {
      return await ask();
    } finally {
      answered.abort();
    }
  };
}
