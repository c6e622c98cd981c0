// The line between two steps after which a run only goes forward: the same in Summary, Executing actions and Results.
import type { Plan } from "../../shared/plan/plan.ts";
import { isPastReturnWith } from "../../shared/plan/point-of-no-return.ts";
import type { StepState } from "../../shared/run/step-state.ts";
import { beganAt } from "./step-times.ts";

/** Index of FAILOVER or DELETE, whichever comes first; undefined for a plan without one, which has no line. */
export function pointOfNoReturn({ steps }: Pick<Plan, "steps">): number | undefined {
  const index = steps.findIndex(isPastReturnWith);
  return index === -1 ? undefined : index;
}

/** When the run went over the line, ISO 8601 UTC; null while it has not. */
export function passedAt(steps: readonly StepState[]): string | null {
  const index = pointOfNoReturn({ steps: steps.map(({ step }) => step) });
  const step = index === undefined ? undefined : steps[index];
  return step === undefined ? null : beganAt(step);
}
