// What a plan is, in two words: for titles and headers.
import type { Plan } from "./plan.ts";

const names = {
  plannedFailover: "planned failover",
  forcedFailover: "forced failover",
  repair: "repair",
} as const satisfies Record<Plan["kind"], string>;

/** 'planned failover', as it stands before 'of the link'. */
export function planName({ kind }: Pick<Plan, "kind">): string {
  return names[kind];
}
