// Ctrl+C in a run: once finishes the step in flight, twice within it leaves and says what that may leave behind.
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { onlyReads } from "../../shared/plan/plan.ts";
import { placeName } from "../../shared/plan/where.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { Context } from "./context.ts";
import { exitCodes } from "./exit-code.ts";

export interface Stopping {
  readonly stop: AbortSignal;
  /** Keeps track of the step in flight. */
  readonly follow: (event: RunEvent) => void;
  readonly end: () => void;
}

export function stopOnInterrupt(context: Context, plan: Plan): Stopping {
  const stop = new AbortController();
  const done = new AbortController();
  let inFlight: Step | undefined;
  context.onInterrupt(() => {
    if (!stop.signal.aborted) {
      stop.abort();
      context.terminal.tell(visibleText(stoppingWords(inFlight, plan)));
      return;
    }
    context.terminal.tell(visibleText(leavingWords(inFlight, plan)));
    context.leave(exitCodes.unknown);
  }, done.signal);
  return {
    stop: stop.signal,
    follow(event) {
      if (event.kind === "stepBegan")
        inFlight = plan.steps.find((step) => step.id === event.stepId);
      if (event.kind === "stepEnded") inFlight = undefined;
    },
    end: () => {
      done.abort();
    },
  };
}

/** Sentences 18 and 19 of the concept. */
function stoppingWords(step: Step | undefined, plan: Plan): string {
  if (
    step === undefined ||
    step.action.kind === "waitForGate" ||
    step.action.kind === "lookBeforeForce"
  ) {
    return "Stop ends the run here. Nothing has been changed.";
  }
  const number = plan.steps.indexOf(step) + 1;
  const last = plan.steps.findIndex((one, at) => at >= number - 1 && one.safeToStopAfter) + 1;
  const place =
    step.runsOn === "both"
      ? "Both sides are being read."
      : `${placeName(plan, step.runsOn)} already works on it and will finish it.`;
  return `Stop does not call back step ${String(number)}. ${place} The run ends after step ${String(last)}. Ctrl+C once more leaves at once.`;
}

function leavingWords(step: Step | undefined, plan: Plan): string {
  if (step === undefined || onlyReads(step)) {
    return "Left. No statement was in flight. The next start looks at both sides.";
  }
  return `Left while "${step.title}" runs on ${placeName(plan, step.runsOn)}. Leaving does not call it back: it may still happen. It is not sent again; read both sides with status.`;
}
