// A practice estate with one time for the application and the world: it runs while nothing works, and waits while something does.
import type { Clock } from "../../electron/run/clock.ts";
import type { EstateOptions, PracticeEstate } from "../../practice/estate.ts";
import { startPracticeEstate } from "../../practice/estate.ts";
import { steppedClock } from "./stepped-clock.ts";

export interface TimedEstate extends PracticeEstate {
  /** The application's time; world time goes with it, step by step. */
  readonly clock: Clock;
}

/** How often, in real ms, it is asked whether anything works. */
const tickMs = 2;
/** How far time goes at once where nothing does: 200 ms, much less than any patience of the application. */
const usualPace = 100;

/**
 * Both ends of every connection are in this process: where its event loop has nothing to do, nothing is under way. Then time
 * goes on, to the end of the next wait or by a stride. While the loop works it goes no faster than real time, and not at all
 * while the machine does something else, so that no patience of the application ends for want of a processor.
 * `pace`: at most so many times real time; small where somebody outside this process has to keep up.
 */
export async function startTimedEstate(
  options: Omit<EstateOptions, "clock">,
  pace = usualPace,
): Promise<TimedEstate> {
  const estate = await startPracticeEstate({ ...options, clock: { speed: 0 } });
  const clock = steppedClock(Date.now());
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const isAtWork = now.active - before.active > now.idle - before.idle;
    before = now;
    estate.world.advance(clock.pass(isAtWork ? tickMs : tickMs * pace));
  }, tickMs);
  void estate.stopped.then(() => {
    clearInterval(timer);
  });
  return { ...estate, clock };
}
