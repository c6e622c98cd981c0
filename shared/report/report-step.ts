// One step of a run for the report: when, how it ended, and what the engine itself said.
import type { Problem } from "../errors/app-error.ts";
import type { Step } from "../plan/plan.ts";
import type { StepOutcome } from "../run/events.ts";
import type { StepState } from "../run/step-state.ts";
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
  /** What the engine answered to the step's statement; undefined for a step that only reads. */
  readonly answer: string | undefined;
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
    problem: state.problem,
  };
}

function answerOf(state: StepState): string | undefined {
  const { answer, step } = state;
  if (step.statement === undefined) return undefined;
  switch (answer.kind) {
    case "none":
      return "The statement was not sent.";
    case "awaited":
      return "The statement may have been sent; no answer is on record. It was not sent again.";
    case "returned":
      return `The engine's statement returned without error after ${Math.round(answer.elapsedMs / 100) / 10} s.`;
    case "failed":
      return `The engine answered with an error: ${answer.problem.detail ?? answer.problem.summary}`;
    case "lost":
      return "The answer was not received. The statement was not sent again: both sides were read.";
  }
}
