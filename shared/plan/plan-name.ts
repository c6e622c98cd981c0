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

/** In words that nobody can overlook, above what is lost. */
export function lossHeading({ kind }: Pick<Plan, "kind">): string {
  return kind === "repair" ? "DATA IS DISCARDED." : "DATA CAN BE LOST.";
}
