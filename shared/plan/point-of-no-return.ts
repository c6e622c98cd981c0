// The first step of a plan that nothing calls back: FAILOVER or DELETE, whichever comes first.
import type { Plan, Step } from "./plan.ts";

export function isPastReturnWith({ action }: Step): boolean {
  return action.kind === "failover" || action.kind === "removeLink";
}

/** Index of that step; undefined for a plan without one. */
export function pointOfNoReturn({ steps }: Pick<Plan, "steps">): number | undefined {
  const index = steps.findIndex(isPastReturnWith);
  return index === -1 ? undefined : index;
}
