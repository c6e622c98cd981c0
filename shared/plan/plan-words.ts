// What a plan is, in the words that stand before the link's name in titles and headers.
import type { Plan } from "./plan.ts";

export function planWords({ kind }: Pick<Plan, "kind">): string {
  switch (kind) {
    case "plannedFailover":
      return "planned failover of";
    case "forcedFailover":
      return "forced failover of";
    case "repair":
      return "repair of";
    case "cleanUp":
      return "clean-up after";
    case "hybridBenefit":
      return "hybrid failover benefit of";
  }
}

/** In words that nobody can overlook, above what is lost. */
export function lossHeading({ kind, move }: Pick<Plan, "kind" | "move">): string {
  if (kind !== "repair") return "DATA CAN BE LOST.";
  return move === "none" ? "THE LINK IS REMOVED." : "DATA IS DISCARDED.";
}
