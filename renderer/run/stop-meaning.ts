// What Stop would do at this moment: after which step the run ends, and what it does not call back.
import { onlyReads } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { pointOfNoReturn } from "./point-of-no-return.ts";
import { currentStep, placeOf } from "./step-rows.ts";

export interface StopMeaning {
  /** `Stop now`, `Stop after step 3`. */
  readonly button: string;
  /** The first words, in bold. */
  readonly heading: string;
  readonly text: string;
}

/** Undefined while there is nothing to stop: before the first step, after the last safe place, and after the end. */
export function stopMeaning(run: RunState): StopMeaning | undefined {
  const plan = run.started?.plan;
  if (plan === undefined || run.ended !== undefined) return undefined;
  const at = indexOfWork(run);
  const stopsAfter = run.steps.findIndex(({ step }, index) => index >= at && step.safeToStopAfter);
  const current = run.steps[at]?.step;
  if (current === undefined || stopsAfter === -1) return undefined;
  const [number, last] = [String(at + 1), String(stopsAfter + 1)];
  if (current.action.kind === "waitForGate" || current.action.kind === "lookBeforeForce") {
    return {
      button: "Stop now",
      heading: `Stop ends the run in step ${number}.`,
      text: `Nothing is in flight there. ${nothingStays(run, at)}`,
    };
  }
  if (current.action.kind === "waitForFullBackup") {
    return {
      button: "Stop now",
      heading: "It is safe to stop: the link stays.",
      text: `The failover is done and stays so.${openSteps(at + 2, run.steps.length)}`,
    };
  }
  const line = pointOfNoReturn(plan);
  if (line === undefined || at < line) {
    return {
      button: `Stop after step ${last}`,
      heading: "Stop ends the run after this step.",
      text: nothingStays(run, at),
    };
  }
  return {
    button: `Stop after step ${last}`,
    heading: `Stop does not call back step ${number}.`,
    text: `${afterTheLine(run, at, stopsAfter)}${openSteps(stopsAfter + 2, run.steps.length)}`,
  };
}

/** Before the line a run that ends takes back what it has changed, the step at work included. */
function nothingStays({ steps }: RunState, at: number): string {
  const isChanged = steps.slice(0, at + 1).some(({ step }) => step.takeBack !== undefined);
  return isChanged
    ? "What the run has changed is taken back then."
    : "Nothing has been changed that stays changed.";
}

function afterTheLine(run: RunState, at: number, stopsAfter: number): string {
  const [plan, step] = [run.started?.plan, run.steps[at]?.step];
  if (plan === undefined || step === undefined) return "";
  const last = String(stopsAfter + 1);
  if (onlyReads(step)) return `It only reads. The run ends after step ${last}.`;
  const works = `${placeOf(plan, step.runsOn)} already works on it and will finish it.`;
  const { kind } = step.action;
  const isFailover = (kind === "failover" || kind === "force") && stopsAfter > at;
  const proof = isFailover ? ", when it is proved which side is primary" : "";
  return visibleText(`${works} The run ends after step ${last}${proof}.`);
}

function openSteps(first: number, count: number): string {
  if (first > count) return "";
  return first === count
    ? ` Step ${String(first)} stays open.`
    : ` Steps ${String(first)} to ${String(count)} stay open.`;
}

/** The step at work, else the first that is still to come. */
function indexOfWork(run: RunState): number {
  const working = currentStep(run);
  return working === undefined
    ? run.steps.findIndex(({ outcome }) => outcome === null)
    : run.steps.indexOf(working);
}
