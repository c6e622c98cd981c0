// The sentence of a run that did what it was for: what was read back, what the engine or Azure said, since when the gate held.
import type { Plan } from "../plan/plan.ts";
import type { RunState } from "../run/state.ts";
import { gateHeldSince } from "../run/state.ts";
import { momentOf } from "./moment.ts";

/** Sentence 21 of the concept. Asked only when every step of the plan is done. */
export function doneSentence(plan: Plan, state: RunState): string {
  if (plan.move === "none") {
    return state.steps.map(({ summary }) => summary).join(" ");
  }
  if (plan.move === "restore") {
    return state.steps.find(({ step }) => step.action.kind === "verifyRestored")?.summary ?? "";
  }
  const heldSince = gateHeldSince(state);
  const { serverName } = plan[plan.to];
  return [
    plan.kind === "repair"
      ? `${serverName} alone is primary and accepts writes.`
      : plan.move === "delete"
        ? `${serverName} holds the database on its own and accepts writes.`
        : `${serverName} is primary and accepts writes.`,
    ...(plan.kind === "forcedFailover" ? [twoPrimaries(plan)] : []),
    ...(plan.keepLink ? [] : ["The link is removed."]),
    ...moveAnswered(state),
    ...(heldSince === null ? [] : [`The gate held since ${momentOf(heldSince, plan, {}).utc}.`]),
  ].join(" ");
}

/** What stays true after every forced failover, until the other side is demoted or, without a link, cleaned up. */
export function twoPrimaries(plan: Plan): string {
  if (plan.move === "delete") {
    return `It was forced: ${plan[plan.from].serverName} keeps a copy of its own, and still takes itself for the primary of the deleted link when it comes back.`;
  }
  return `It was forced: ${plan[plan.from].serverName} still takes itself for the primary when it comes back.`;
}

function moveAnswered({ steps }: RunState): readonly string[] {
  const failover = steps.find(
    ({ step }) => step.action.kind === "failover" || step.action.kind === "force",
  );
  if (failover?.answer.kind !== "returned") return [];
  return [
    failover.sent === "request"
      ? "Azure's failover ended without error."
      : "The engine's FAILOVER returned without error.",
  ];
}
