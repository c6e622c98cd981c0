// One step of a run for the report: when, how it ended, what the engine or Azure itself said, and whether it was taken back.
import type { Problem } from "../errors/app-error.ts";
import type { Step } from "../plan/plan.ts";
import type { StepOutcome } from "../run/events.ts";
import type { StepState, Undone } from "../run/step-state.ts";
import type { Moment } from "./moment.ts";

export interface ReportStep {
  readonly number: number;
  readonly step: Step;
  readonly outcome: StepOutcome | "notBegun";
  readonly summary: string;
  readonly began: Moment | undefined;
  readonly ended: Moment | undefined;
  readonly seconds: number;
  readonly seen: readonly string[];
  /** What was answered to the step's statement or request; undefined for a step that only reads. */
  readonly answer: string | undefined;
  /** When Azure took the request and when it said how its operation ended; absent where it did not. */
  readonly azure: { readonly accepted: Moment; readonly ended: Moment | undefined } | undefined;
  /** What Azure refused before the statement was sent in place of the request. */
  readonly refusedByAzure: Problem | undefined;
  readonly undone: Undone | undefined;
  readonly problem: Problem | undefined;
}

export function reportStep(
  state: StepState,
  number: number,
  at: (time: string) => Moment,
): ReportStep {
  const { phase } = state;
  const beganAt =
    phase.kind === "notBegun" ? null : phase.kind === "begun" ? phase.at : phase.beganAt;
  return {
    number,
    step: state.step,
    outcome: state.outcome ?? "notBegun",
    summary: state.summary,
    began: beganAt === null ? undefined : at(beganAt),
    ended: phase.kind === "ended" ? at(phase.at) : undefined,
    seconds: Math.round(state.elapsedMs / 100) / 10,
    seen: state.seen.map((one) => one.what),
    answer: answerOf(state),
    azure: azureTimes(state, at),
    refusedByAzure: state.refusedByAzure,
    undone: state.undone,
    problem: state.problem,
  };
}

function azureTimes(
  { operationAcceptedAt, answer }: StepState,
  at: (time: string) => Moment,
): ReportStep["azure"] {
  if (operationAcceptedAt === undefined) return undefined;
  const isEnded = answer.kind === "returned" || answer.kind === "failed";
  return { accepted: at(operationAcceptedAt), ended: isEnded ? at(answer.at) : undefined };
}

function answerOf(state: StepState): string | undefined {
  const { step, sent } = state;
  if (sent === "request") return answerOfAzure(state);
  if (sent === "statement") return answerOfEngine(state);
  if (step.request !== undefined) return "The request was not sent.";
  return step.statement === undefined ? undefined : "The statement was not sent.";
}

function answerOfEngine({ answer }: StepState): string {
  switch (answer.kind) {
    case "none":
      return "The statement was not sent.";
    case "awaited":
      return "The statement may have been sent; no answer is on record. It was not sent again.";
    case "returned":
      return `The engine's statement returned without error after ${seconds(answer.elapsedMs)} s.`;
    case "failed":
      return `The engine answered with an error: ${answer.problem.detail ?? answer.problem.summary}`;
    case "lost":
      return "The answer was not received. The statement was not sent again: both sides were read.";
  }
}

function answerOfAzure({ answer }: StepState): string {
  switch (answer.kind) {
    case "none":
      return "The request was not sent.";
    case "awaited":
      return "The request may have been sent; no answer is on record. It was not sent again.";
    case "returned":
      return `Azure's operation ended without error after ${seconds(answer.elapsedMs)} s.`;
    case "failed":
      return `Azure answered with an error: ${answer.problem.detail ?? answer.problem.summary}`;
    case "lost":
      return "Azure has not said how it ended. The request was not sent again: both sides and Azure were read.";
  }
}

function seconds(elapsedMs: number): number {
  return Math.round(elapsedMs / 100) / 10;
}
