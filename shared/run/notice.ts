// What the system tells of a run while nobody looks at the window: that it has ended, or that it waits for somebody. Pure.
import { visibleText } from "../visible-text.ts";
import type { RunEvent, RunOutcome } from "./events.ts";
import { foldEvents } from "./state.ts";

export interface Notice {
  /** Which link, and whether it needs somebody. */
  readonly title: string;
  /** What ended, or what is asked. */
  readonly body: string;
}

/** The gate opens by itself within seconds where nobody writes: only then is somebody called. */
const patienceMs = 30_000;

/** What the newest of these events is worth telling; undefined for most. Each step asks for somebody once. */
export function noticeOf(events: readonly RunEvent[]): Notice | undefined {
  const newest = events.at(-1);
  const link = foldEvents(events.slice(0, 1)).started?.plan.link.name;
  if (newest === undefined || link === undefined) return undefined;
  const name = visibleText(link);
  if (newest.kind === "runEnded") {
    return { title: `${name}: ${endWords[newest.outcome]}`, body: visibleText(newest.summary) };
  }
  if (!isKeptWaiting(newest)) return undefined;
  const isFirst = !events.slice(0, -1).some((before) => isSameWait(before, newest));
  return isFirst
    ? { title: `${name}: the run waits for you`, body: visibleText(newest.gate.sentence) }
    : undefined;
}

const endWords: Readonly<Record<RunOutcome, string>> = {
  succeeded: "the run has ended",
  warning: "the run has ended with a warning",
  failed: "the run has failed and needs you",
  stopped: "the run was stopped",
  unknown: "how the run ended is not known, look at both sides",
  notReady: "the run ended before it changed anything",
};

type Progress = Extract<RunEvent, { readonly kind: "stepProgress" }>;
type Waiting = Progress & { readonly gate: NonNullable<Progress["gate"]> };

function isKeptWaiting(event: RunEvent): event is Waiting {
  return (
    event.kind === "stepProgress" && event.gate?.verdict === "shut" && event.elapsedMs >= patienceMs
  );
}

function isSameWait(event: RunEvent, { stepId }: Waiting): boolean {
  return isKeptWaiting(event) && event.stepId === stepId;
}
