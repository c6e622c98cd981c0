// The steps of a run as rows: number, place, status word, times and the newest thing said about each.
import type { Plan, Step } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import type { StepState } from "../../shared/run/step-state.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { timeOfDay } from "../ui/age-text.ts";
import { shortName } from "../ui/short-name.ts";
import { withShortNames } from "../ui/short-names.ts";
import { beganAt, durationText, workedMs } from "./step-times.ts";

/** Concept, *State vocabulary*, Steps. */
export type StepStatus =
  | "notStarted"
  | "running"
  | "waiting"
  | "success"
  | "warning"
  | "failed"
  | "unknown"
  | "stopped"
  | "skipped";

export interface StepRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly where: string;
  readonly status: StepStatus;
  /** Time of day, UTC; empty before its begin. */
  readonly began: string;
  /** How long it worked; empty before its begin. */
  readonly took: string;
  readonly details: string;
}

/** `now` is ms since 1970: the clock of the step that works. */
export function stepRows(run: RunState, now: number): readonly StepRow[] {
  const plan = run.started?.plan;
  if (plan === undefined) return [];
  return run.steps.map((state, index) => {
    const [began, worked] = [beganAt(state), workedMs(state, now)];
    return {
      id: state.step.id,
      number: index + 1,
      title: visibleText(state.step.title),
      where: placeOf(plan, state.step.runsOn),
      status: statusOf(state, run),
      began: began === null ? "" : timeOfDay(began),
      took: worked === null ? "" : durationText(worked),
      details: withShortNames(visibleText(detailsOf(state)), plan.instance.serverName),
    };
  });
}

/** Where a step acts, in words. */
export function placeOf(plan: Plan, runsOn: Step["runsOn"]): string {
  if (runsOn === "azure") return "Azure";
  return runsOn === "both" ? "both" : visibleText(shortName(runsOn, plan[runsOn].serverName));
}

/** The step the run works on; undefined between two steps, before the first and after the end. */
export function currentStep(run: RunState): StepState | undefined {
  return run.ended === undefined
    ? run.steps.find(({ phase }) => phase.kind === "begun")
    : undefined;
}

function statusOf(state: StepState, run: RunState): StepStatus {
  switch (state.outcome) {
    case null:
      return "notStarted";
    case "succeeded":
      return "success";
    case "unknown":
      if (state.phase.kind !== "begun" || run.ended !== undefined) return "unknown";
      return state.step.action.kind === "waitForGate" ? "waiting" : "running";
    default:
      return state.outcome;
  }
}

function detailsOf(state: StepState): string {
  if (state.phase.kind !== "begun") return state.summary;
  // What each side says stands in a table of its own.
  const both = state.seen.find(({ where }) => where === "both");
  return both?.what ?? answerWords(state);
}

function answerWords({ answer }: StepState): string {
  switch (answer.kind) {
    case "none":
      return "";
    case "awaited":
      return "The statement is under way; both sides are watched.";
    case "returned":
      return "The statement returned; both sides are read back.";
    case "failed":
      return answer.problem.summary;
    case "lost":
      return "The answer was not received. It is not sent again: both sides are read first.";
  }
}
