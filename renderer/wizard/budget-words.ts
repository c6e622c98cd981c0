// What the plan's time budget does, one sentence; it ends at the line of no return.
import type { Plan } from "../../shared/plan/plan.ts";
import { pointOfNoReturn } from "../run/point-of-no-return.ts";

/** Undefined for a plan without a budget, and for one that has no line to reach. */
export function budgetWords(plan: Plan): string | undefined {
  const line = pointOfNoReturn(plan);
  if (plan.budgetSeconds === null || line === undefined) return undefined;
  const changes = plan.steps.slice(0, line).some(({ takeBack }) => takeBack !== undefined);
  const undone = changes ? " and everything done so far is undone" : "; nothing was changed then";
  return `Time budget: if step ${String(line + 1)} has not begun ${budgetText(plan.budgetSeconds)} after the start, the run ends${undone}.`;
}

function budgetText(seconds: number): string {
  return seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(seconds)} s`;
}
