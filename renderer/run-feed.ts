// The run in flight or the last one, gathered from what is told as it happens and from what a reloaded window missed.
import type { RequestOutput } from "../shared/ipc.ts";
import type { RunEvent } from "../shared/run/events.ts";
import { foldEvents, stateAfter } from "../shared/run/state.ts";
import type { RunState } from "../shared/run/state.ts";

export interface RunFeed {
  readonly state: RunState;
  /** Sequence of the last event; 0 before the first. */
  readonly lastSequence: number;
  /** True when an event was missed: ask `run.follow` again. */
  readonly hasGap: boolean;
}

export const noRun: RunFeed = {
  state: foldEvents([]),
  lastSequence: 0,
  hasGap: false,
};

/** One more event. One that is known already changes nothing; one after a gap is left out, and the gap is told. */
export function runFeedAfter(feed: RunFeed, event: RunEvent): RunFeed {
  if (event.kind === "runStarted" && event.runId !== feed.state.started?.runId) {
    return { state: foldEvents([event]), lastSequence: event.sequence, hasGap: false };
  }
  if (event.sequence <= feed.lastSequence) return feed;
  if (event.sequence !== feed.lastSequence + 1) return { ...feed, hasGap: true };
  return { ...feed, state: stateAfter(feed.state, event), lastSequence: event.sequence };
}

/** With what `run.follow` told from the run's beginning on. What happened while the answer was on its way is not lost. */
export function caughtUp(
  feed: RunFeed,
  { events }: Pick<RequestOutput<"run.follow">, "events">,
): RunFeed {
  const told = events.reduce(runFeedAfter, noRun);
  const isSameRun = told.state.started?.runId === feed.state.started?.runId;
  const isNewer = feed.lastSequence > told.lastSequence && !feed.hasGap;
  const isNothing = told.state.started === undefined;
  return (isSameRun && isNewer) || isNothing ? feed : told;
}

/** True from the first event to the last. */
export function isRunning({ state }: RunFeed): boolean {
  return state.started !== undefined && state.ended === undefined;
}
