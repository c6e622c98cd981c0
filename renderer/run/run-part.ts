// A window's own run, from the button to its end, as a pure transition.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import type { RunLog } from "./run-log.ts";
import { emptyRunLog, withEvent, withMissed } from "./run-log.ts";

export type RunPart =
  | { readonly kind: "none" }
  /** The button was pressed; the servers are locked and read again. */
  | { readonly kind: "starting" }
  | { readonly kind: "refused"; readonly problem: Problem }
  /** `isOver`: it has its end, or nobody works on it any more. */
  | {
      readonly kind: "followed";
      readonly runId: string;
      readonly log: RunLog;
      readonly isOver: boolean;
    };

/** What is told of a run by whoever follows it. */
export type RunTold =
  | {
      readonly kind: "runFollowed";
      readonly runId: string;
      readonly isRunning: boolean;
      readonly events: readonly RunEvent[];
    }
  | { readonly kind: "runSaid"; readonly event: RunEvent };

export type RunPartEvent =
  | RunTold
  | { readonly kind: "runBegan"; readonly runId: string }
  | { readonly kind: "runRefused"; readonly problem: Problem };

/** Pure. An event that does not fit where the run is changes nothing. */
export function runPartAfter(run: RunPart, event: RunPartEvent): RunPart {
  switch (event.kind) {
    case "runRefused":
      return run.kind === "starting" ? { kind: "refused", problem: event.problem } : run;
    case "runBegan":
      return followed(event.runId, logOf(run, event.runId));
    case "runFollowed": {
      const log = withMissed(logOf(run, event.runId), event.events);
      return followed(event.runId, log, !event.isRunning);
    }
    case "runSaid":
      return heard(run, event.event);
  }
}

/** Events may come before the answer that names their run. */
function heard(run: RunPart, event: RunEvent): RunPart {
  if (run.kind === "followed") return followed(run.runId, withEvent(run.log, event));
  return run.kind === "starting" && event.kind === "runStarted"
    ? followed(event.runId, withEvent(emptyRunLog, event))
    : run;
}

function logOf(run: RunPart, runId: string): RunLog {
  return run.kind === "followed" && run.runId === runId ? run.log : emptyRunLog;
}

function followed(runId: string, log: RunLog, isLeft = false): RunPart {
  return { kind: "followed", runId, log, isOver: isLeft || log.state.ended !== undefined };
}
