// How a step ended, before and after it is written down.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { GateSeen, Seen, StepOutcome } from "../../shared/run/events.ts";
import type { MigrationSeen } from "../../shared/run/migration-seen.ts";
import type { RunTools } from "./run-tools.ts";

export interface StepResult {
  readonly outcome: StepOutcome;
  readonly summary: string;
  readonly seen: readonly Seen[];
  readonly problem?: Problem;
  readonly gate?: GateSeen;
  readonly migration?: MigrationSeen;
  /** The run ends here as not ready instead of stopped. */
  readonly isNotReady?: true;
}

/** A step that ended before anything of it was sent. */
export function nothingSent(problem: Problem, seen: readonly Seen[] = []): StepResult {
  return { outcome: "failed", summary: problem.summary, seen, problem };
}

/** Writes the end. A step whose failure is only a warning cannot end worse than `warning`. */
export function noteEnd(
  tools: RunTools,
  step: Step,
  beganMs: number,
  result: StepResult,
): StepResult {
  const isOnlyWarned =
    step.onFailure === "warn" && (result.outcome === "failed" || result.outcome === "unknown");
  const ended: StepResult = isOnlyWarned ? { ...result, outcome: "warning" } : result;
  tools.recorder.note({
    kind: "stepEnded",
    stepId: step.id,
    outcome: ended.outcome,
    summary: ended.summary,
    seen: ended.seen,
    elapsedMs: tools.clock.nowMs() - beganMs,
    ...(ended.problem === undefined ? {} : { problem: ended.problem }),
    ...(ended.gate === undefined ? {} : { gate: ended.gate }),
    ...(ended.migration === undefined ? {} : { migration: ended.migration }),
  });
  return ended;
}
