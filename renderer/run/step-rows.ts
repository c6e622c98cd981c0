// The steps of a run as rows: number, place, status word, times and the newest thing said about each.
import type { Side } from "../../shared/estate/estate.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import type { StepState, Undone } from "../../shared/run/step-state.ts";
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
  | "skipped"
  | "takingBack"
  | "takenBack";

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
      where: placesOf(plan, state),
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

/** Where Azure refused the request, the statement in its place ran on a server. */
function placesOf(plan: Plan, { step, refusedByAzure }: StepState): string {
  const place = placeOf(plan, step.runsOn);
  return refusedByAzure === undefined || step.instead === undefined
    ? place
    : `${place}, then ${placeOf(plan, step.instead.runsOn)}`;
}

/** The step the run works on; undefined between two steps, before the first and after the end. */
export function currentStep(run: RunState): StepState | undefined {
  return run.ended === undefined
    ? run.steps.find(({ phase }) => phase.kind === "begun")
    : undefined;
}

/** The step that is being taken back. */
export function stepTakenBack(run: RunState): StepState | undefined {
  return run.ended === undefined
    ? run.steps.find(({ undone }) => undone?.outcome === "begun")
    : undefined;
}

function statusOf(state: StepState, run: RunState): StepStatus {
  return state.undone === undefined ? ownStatus(state, run) : undoneStatus(state.undone, run);
}

/** A step that is still in force, or of which nobody knows, is nothing to be content with. */
function undoneStatus({ outcome }: Undone, run: RunState): StepStatus {
  switch (outcome) {
    case "begun":
      return run.ended === undefined ? "takingBack" : "unknown";
    case "succeeded":
      return "takenBack";
    case "failed":
      return "warning";
    case "unknown":
      return "unknown";
  }
}

const waits: ReadonlySet<Action["kind"]> = new Set([
  "waitForGate",
  "waitForFullBackup",
  "waitForNoWriters",
]);

function ownStatus(state: StepState, run: RunState): StepStatus {
  switch (state.outcome) {
    case null:
      return "notStarted";
    case "succeeded":
      return "success";
    case "unknown":
      if (state.phase.kind !== "begun" || run.ended !== undefined) return "unknown";
      return waits.has(state.step.action.kind) ? "waiting" : "running";
    default:
      return state.outcome;
  }
}

function detailsOf(state: StepState): string {
  if (state.undone !== undefined && state.undone.summary !== "") return state.undone.summary;
  if (state.phase.kind !== "begun") return state.summary;
  const told = sideThatTells(state.step.action);
  return state.seen.find(({ where }) => where === told)?.what ?? answerWords(state);
}

/** What each side says stands in a table of its own; these steps have one side alone, and what it says is all there is. */
function sideThatTells(action: Action): Side | "both" {
  switch (action.kind) {
    case "waitForFullBackup":
      return "instance";
    case "waitForNoWriters":
      return action.side;
    default:
      return "both";
  }
}

function answerWords({ answer, sent, operationAcceptedAt, refusedByAzure }: StepState): string {
  const isAzure = sent === "request";
  switch (answer.kind) {
    case "none":
      return "";
    case "awaited":
      if (isAzure) {
        return operationAcceptedAt === undefined
          ? "Azure was asked; Azure and both sides are watched."
          : `Azure works on it since ${timeOfDay(operationAcceptedAt)}; Azure and both sides are watched.`;
      }
      return refusedByAzure === undefined
        ? "The statement is under way; both sides are watched."
        : "Azure refused it, so the statement is under way; both sides are watched.";
    case "returned":
      return isAzure
        ? "Azure's operation ended; Azure and both sides are read back."
        : "The statement returned; both sides are read back.";
    case "failed":
      return answer.problem.summary;
    case "lost":
      return "The answer was not received. It is not sent again: both sides are read first.";
  }
}
