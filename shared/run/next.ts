// What may be done next in a run, by its plan and its events alone: one step, a look, or nothing more.
import type { Step } from "../plan/plan.ts";
import { onlyReads } from "../plan/plan.ts";
import type { RunOutcome } from "./events.ts";
import type { RunState } from "./state.ts";
import { unfinishedStep } from "./state.ts";
import type { StepState } from "./step-state.ts";

export type NextStep =
  | { readonly kind: "run"; readonly step: Step }
  /** Begun, and its end not known: both sides are looked at before anything else; it is not sent again. */
  | { readonly kind: "lookFirst"; readonly step: Step }
  | { readonly kind: "ended"; readonly outcome: RunOutcome };

/** Pure; the same answer for a run that goes on and for a journal that was left behind. */
export function nextStep(state: RunState): NextStep {
  const unfinished = unfinishedStep(state);
  if (unfinished !== undefined) return { kind: "lookFirst", step: unfinished.step };
  if (state.ended !== undefined) return { kind: "ended", outcome: state.ended.outcome };
  if (state.started === undefined) return { kind: "ended", outcome: "notReady" };
  const broken = state.steps.find((one) => endsRun(one));
  if (broken !== undefined) return { kind: "ended", outcome: outcomeOf(broken) };
  const index = state.steps.findIndex((one) => isStillToDo(one));
  const next = state.steps[index];
  if (next === undefined) return { kind: "ended", outcome: allDone(state.steps) };
  const mayStop = state.steps[index - 1]?.step.safeToStopAfter ?? true;
  return mayStop && mustStop(state)
    ? { kind: "ended", outcome: "stopped" }
    : { kind: "run", step: next.step };
}

/** Not begun, or a look proved that it did not happen and it only reads. */
function isStillToDo(state: StepState): boolean {
  return state.outcome === null || isReadAgain(state);
}

function isReadAgain(state: StepState): boolean {
  return state.phase.kind === "lookedAt" && state.outcome === "stopped" && onlyReads(state.step);
}

function endsRun(state: StepState): boolean {
  if (isReadAgain(state)) return false;
  switch (state.outcome) {
    case "failed":
      return state.step.onFailure === "stopRun";
    case "stopped":
      return true;
    default:
      return false;
  }
}

function outcomeOf(state: StepState): RunOutcome {
  return state.outcome === "stopped" ? "stopped" : "failed";
}

/** The operator asked for it, or the lock is gone and was not taken again. */
function mustStop(state: RunState): boolean {
  return (
    state.stopRequestedAt !== null ||
    state.locks.box.kind === "lost" ||
    state.locks.instance.kind === "lost"
  );
}

function allDone(steps: readonly StepState[]): RunOutcome {
  const isWarned = steps.some((one) => one.outcome === "warning" || one.outcome === "failed");
  return isWarned ? "warning" : "succeeded";
}
