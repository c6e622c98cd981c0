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
    case "offlineFailBack":
      return "offline fail back of";
    case "cleanUp":
      return "clean-up after";
    case "hybridBenefit":
      return "hybrid failover benefit of";
  }
}

/** 'the link LINK'; of a link that is gone the database alone is known. */
export function linkWords({ link, kind }: Pick<Plan, "link" | "kind">): string {
  return kind === "offlineFailBack" && link.instanceGroup === ""
    ? link.name
    : `the link ${link.name}`;
}

/** In words that nobody can overlook, above what is lost. */
export function lossHeading({ kind, move }: Pick<Plan, "kind" | "move">): string {
  if (kind !== "repair") return "DATA CAN BE LOST.";
  return move === "none" ? "THE LINK IS REMOVED." : "DATA IS DISCARDED.";
}
