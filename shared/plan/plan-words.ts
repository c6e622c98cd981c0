// What a plan is, in the words that stand before the link's name in titles and headers.
import type { Plan } from "./plan.ts";

export function planWords({ kind }: Pick<Plan, "kind">): string {
  switch (kind) {
    case "plannedFailover":
      return "planned failover of";
    case "forcedFailover":
      return "forced failover of";
    case "cleanUp":
      return "clean-up after";
    case "hybridBenefit":
      return "hybrid failover benefit of";
  }
}
