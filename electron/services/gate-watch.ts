// Watches the gate of one link for the window: one reading a second, folded into the gate, told on as it comes.
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { gateAfter } from "../../shared/gate/gate.ts";
import type { GateQuestion } from "../../shared/gate/question.ts";
import { readGate } from "../estate/read-gate.ts";
import type { Clock } from "../run/clock.ts";
import { waitUnless } from "../run/pacing.ts";
import type { SqlSession } from "../sql/session.ts";

export interface GateWatch {
  /** Starts, or goes on where the choices are the same; other choices start anew. Resolves once it is watching. */
  watch(choices: PlannedFailoverChoices, signal: AbortSignal): Promise<void>;
  /** Resolves when no reading is under way any more. */
  unwatch(): Promise<void>;
  /** The newest state for these very choices; undefined while they are not watched. */
  stateOf(choices: PlannedFailoverChoices): GateState | undefined;
}

/** A link as it was when the watch began, and who is asked about it. */
export interface WatchedLink {
  readonly question: GateQuestion;
  readonly sessions: Readonly<Record<Side, SqlSession>>;
}

export interface GateWatchOptions {
  readonly clock: Clock;
  /** Throws AppError where there is nothing to watch. */
  readonly begin: (choices: PlannedFailoverChoices, signal: AbortSignal) => Promise<WatchedLink>;
  readonly onState: (state: GateState) => void;
}

/** Fewer readings would let the gate's memory break (3 s between two readings set every hold back). */
const readEveryMs = 1_000;

interface Watching {
  readonly words: string;
  readonly choices: PlannedFailoverChoices;
  readonly link: WatchedLink;
  readonly end: AbortController;
  state: GateState | undefined;
}

export function createGateWatch(options: GateWatchOptions): GateWatch {
  let current: Watching | undefined;
  let ended: Promise<void> = Promise.resolve();
  let asked = 0;
  const unwatch = async (): Promise<void> => {
    asked += 1;
    current?.end.abort();
    current = undefined;
    await ended;
  };
  return {
    async watch(choices, signal) {
      const words = JSON.stringify(choices);
      if (current?.words === words && !current.end.signal.aborted) return;
      const stopped = unwatch();
      const mine = asked;
      await stopped;
      const link = await options.begin(choices, signal);
      // While the link was read somebody may have unwatched, or asked for another.
      if (mine !== asked) return;
      current = { words, choices, link, end: new AbortController(), state: undefined };
      ended = readOn(current, options);
    },
    unwatch,
    stateOf: (choices) => (current?.words === JSON.stringify(choices) ? current.state : undefined),
  };
}

/** Until it is ended. A reading that cannot be understood at all ends it too: the window sees its age grow. */
async function readOn(watching: Watching, { clock, onState }: GateWatchOptions): Promise<void> {
  const { choices, link, end } = watching;
  try {
    do {
      const reading = await readGate(link.sessions, link.question, clock, end.signal);
      if (end.signal.aborted) return;
      watching.state = gateAfter(watching.state, reading, choices.gate, link.question);
      onState(watching.state);
    } while (await waitUnless(clock, readEveryMs, end.signal));
  } catch {
    end.abort();
  }
}
