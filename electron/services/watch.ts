// Watches one thing at a time for the window: read once a second, folded into a state, told on as it comes.
import type { Clock } from "../run/clock.ts";
import { waitUnless } from "../run/pacing.ts";

export interface Watch<Asked, State> {
  /** Starts, or goes on where the same is asked for; anything else starts anew. Resolves once it is watching. */
  watch(asked: Asked, signal: AbortSignal): Promise<void>;
  /** Resolves when no reading is under way any more. */
  unwatch(): Promise<void>;
  /** The newest state of exactly this; undefined while it is not watched. */
  stateOf(asked: Asked): State | undefined;
}

/** One more reading folded into the state. A rejection ends the watch. */
export type ReadOnce<State> = (before: State | undefined, signal: AbortSignal) => Promise<State>;

export interface WatchOptions<Asked, State> {
  readonly clock: Clock;
  /** Throws AppError where there is nothing to watch. */
  readonly begin: (asked: Asked, signal: AbortSignal) => ReadOnce<State> | Promise<ReadOnce<State>>;
  readonly onState: (state: State) => void;
}

/** Fewer readings would let the gate's memory break (3 s between two readings set every hold back). */
const readEveryMs = 1_000;

interface Watching<State> {
  readonly words: string;
  readonly read: ReadOnce<State>;
  readonly end: AbortController;
  state: State | undefined;
}

export function createWatch<Asked, State>(
  options: WatchOptions<Asked, State>,
): Watch<Asked, State> {
  let current: Watching<State> | undefined;
  let ended: Promise<void> = Promise.resolve();
  let asked = 0;
  const unwatch = async (): Promise<void> => {
    asked += 1;
    current?.end.abort();
    current = undefined;
    await ended;
  };
  return {
    async watch(wanted, signal) {
      const words = JSON.stringify(wanted);
      if (current?.words === words && !current.end.signal.aborted) return;
      const stopped = unwatch();
      const mine = asked;
      await stopped;
      const read = await options.begin(wanted, signal);
      // While it began somebody may have unwatched, or asked for another.
      if (mine !== asked) return;
      current = { words, read, end: new AbortController(), state: undefined };
      ended = readOn(current, options);
    },
    unwatch,
    stateOf: (wanted) => (current?.words === JSON.stringify(wanted) ? current.state : undefined),
  };
}

/** Until it is ended. A reading that cannot be understood at all ends it too: the window sees its age grow. */
async function readOn<State>(
  watching: Watching<State>,
  { clock, onState }: Pick<WatchOptions<unknown, State>, "clock" | "onState">,
): Promise<void> {
  const { read, end } = watching;
  try {
    do {
      const state = await read(watching.state, end.signal);
      if (end.signal.aborted) return;
      watching.state = state;
      onState(state);
    } while (await waitUnless(clock, readEveryMs, end.signal));
  } catch {
    end.abort();
  }
}
