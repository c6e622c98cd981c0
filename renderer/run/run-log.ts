// The events of one run as this window has them, beside the state they fold to: messages and the pause in writing need them.
import type { RunEvent } from "../../shared/run/events.ts";
import { noRun, runFeedAfter } from "../run-feed.ts";
import type { RunFeed } from "../run-feed.ts";

export interface RunLog extends RunFeed {
  /** In the order of the journal, 1, 2, 3, ... without gaps. */
  readonly events: readonly RunEvent[];
}

export const emptyRunLog: RunLog = { ...noRun, events: [] };

/** One more event, by the rules of the feed: only what the feed has taken is kept. */
export function withEvent(log: RunLog, event: RunEvent): RunLog {
  const feed = runFeedAfter(log, event);
  if (feed.state === log.state) return { ...log, hasGap: feed.hasGap };
  const isFirst = feed.lastSequence === event.sequence && event.kind === "runStarted";
  return { ...feed, events: isFirst ? [event] : [...log.events, event] };
}

/** What `run.follow` answered after the last event known here: nothing is missing then. */
export function withMissed(log: RunLog, events: readonly RunEvent[]): RunLog {
  return events.reduce(withEvent, { ...log, hasGap: false });
}
