// What has to be there before anything is forced: a watch that came to its end, and the link's name typed by hand.
import type { ForcedDespite } from "../choices/choices.ts";
import type { Problem } from "../errors/app-error.ts";
import type { Plan } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import type { TargetWatch } from "./watch.ts";
import { verdictOf } from "./watch.ts";

/** Whether the watch has a verdict to decide by: before it nothing is approved. What the verdict allows, the checks say. */
export function isWatchOver(
  watch: TargetWatch | undefined,
  despite: readonly ForcedDespite[],
): boolean {
  if (watch === undefined) return false;
  const { kind } = verdictOf(watch);
  return kind !== "watching" && (kind !== "working" || despite.includes("working"));
}

/** Exactly, in its own case; blanks around it come from pasting. */
export function isLinkNameTyped(linkName: string, typed: string | undefined): boolean {
  return typed?.trim() === linkName.trim();
}

/** What the name of the link, or of a database that has none, is typed for before such a plan is run; undefined: it is not asked for. */
export function typedNamePurpose(plan: Plan): string | undefined {
  switch (plan.kind) {
    case "forcedFailover":
      return "to force it";
    case "repair":
      if (plan.move === "none") return "to remove it";
      return plan.move === "demote"
        ? `to make ${visibleText(plan[plan.from].serverName)} secondary`
        : `to make ${visibleText(plan[plan.to].serverName)} primary`;
    case "offlineFailBack":
      return "to bring its database back";
    case "cleanUp":
      return "to remove what it left behind";
    default:
      return undefined;
  }
}

/** `purpose`: what it is typed for, 'to force it'. */
export function linkNameNotTyped(linkName: string, purpose: string): Problem {
  return {
    code: "notApproved",
    class: "block",
    summary: "The name of the link was not typed. Nothing was sent.",
    remedy: `Type ${visibleText(linkName)}, exactly so, ${purpose}.`,
  };
}
