// The steps that nothing calls back once they have begun: FAILOVER, planned or forced, and DELETE.
import type { Step } from "./plan.ts";

export function isPastReturnWith({ action }: Pick<Step, "action">): boolean {
  return action.kind === "failover" || action.kind === "force" || action.kind === "removeLink";
}
