// One line for each event of a run, as it happens.
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunEvent, StepOutcome } from "../../shared/run/events.ts";
import { visibleText } from "../../shared/visible-text.ts";

const outcomes: Readonly<Record<StepOutcome, string>> = {
  succeeded: "Success",
  warning: "Warning",
  failed: "Failed",
  unknown: "Unknown",
  skipped: "Skipped",
  stopped: "Stopped",
};

/** The line, or undefined for an event that another line already tells. */
export function eventLine(event: RunEvent, plan: Plan): string | undefined {
  const text = wordsOf(event, plan);
  return text === undefined ? undefined : `${event.at.slice(11, 19)} UTC  ${visibleText(text)}`;
}

function wordsOf(event: RunEvent, plan: Plan): string | undefined {
  switch (event.kind) {
    case "runStarted":
      return `Run ${event.runId}, plan ${event.planHash}`;
    case "lockTaken":
      return `Locked on ${plan[event.side].serverName}`;
    case "lockNotTaken":
      return `Not locked on ${plan[event.side].serverName}: ${event.because}`;
    case "lockLost":
      return `Lock lost on ${plan[event.side].serverName}: ${event.because} The step in flight is finished.`;
    case "stepBegan":
      return stepWords(plan, event.stepId);
    case "stepProgress":
      return `  ${elapsed(event.elapsedMs)}  ${event.seen.map((one) => one.what).join(" | ")}`;
    case "operationAccepted":
      return "  Azure has accepted it and works on it.";
    case "undoBegan":
      return `Taking back: ${titleOf(plan, event.stepId)}`;
    case "undoEnded":
      return `  ${event.summary}`;
    case "statementReturned":
      return `  ${elapsed(event.elapsedMs)}  ${sender(plan, event.stepId)} returned without error.`;
    case "statementFailed":
      return `  ${event.problem.summary} ${event.problem.detail ?? ""} Both sides are read before anything is concluded.`;
    case "answerLost":
      return `  The answer was not received. It is not sent again: both sides are read first. ${event.problem.detail ?? ""}`;
    case "stepEnded":
      return `  ${elapsed(event.elapsedMs)}  ${outcomes[event.outcome]}. ${event.summary}`;
    case "stopRequested":
    case "readBack":
    case "lookedAt":
    case "runEnded":
      return undefined;
  }
}

function stepWords(plan: Plan, stepId: string): string {
  const number = plan.steps.findIndex((step) => step.id === stepId) + 1;
  return `Step ${String(number)} of ${String(plan.steps.length)}: ${titleOf(plan, stepId)}`;
}

function titleOf(plan: Plan, stepId: string): string {
  return plan.steps.find((step) => step.id === stepId)?.title ?? stepId;
}

function sender(plan: Plan, stepId: string): string {
  const step = plan.steps.find((one) => one.id === stepId);
  // Azure may have refused it, and the statement taken its place.
  if (step?.instead !== undefined) return "It";
  return step?.runsOn === "azure" ? "Azure's operation" : "The statement";
}

function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const rest = String(seconds % 60).padStart(2, "0");
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${rest}`;
}
