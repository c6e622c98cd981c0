// Reads back that a removed link is seen nowhere, and in which state both copies are.
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { LinkDatabaseFacts } from "../../shared/estate/link-end-facts.ts";
import type { LinkLook } from "./link-look.ts";
import { lookUntil } from "./look-until.ts";
import { waitUnless } from "./pacing.ts";
import { standsAlone } from "./remove-link-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type VerifyRemoved = Extract<Action, { readonly kind: "verifyRemoved" }>;

/**
 * Looks every second until the link is seen nowhere, or the patience is over: then the outcome is unknown. The state in which
 * SQL Server leaves its copy is told as it is: what is no plain end is a warning, and nothing is repaired here.
 */
export async function verifyRemoved(
  tools: RunTools,
  step: Step,
  action: VerifyRemoved,
): Promise<StepResult> {
  const { plan } = tools;
  const [box, instance] = [plan.box.serverName, plan.instance.serverName];
  const databases = listOf(plan.link.databases);
  const result = await lookUntil(tools, step, {
    look: tools.lookWithAzure,
    isThere: (look) => isRemoved(plan, action, look),
    done: `The link is gone from Azure, ${instance} and ${box}, and ${databases} can be written on ${instance}.`,
    notSeen: "It could not be read back that the link is gone everywhere",
  });
  if (result.outcome !== "succeeded") return result;
  const copy = await settledCopy(tools, action);
  return copy === undefined
    ? result
    : { ...result, outcome: "warning", summary: `${result.summary} ${copy}` };
}

/** All of it in one look, but for the state of SQL Server's copy. */
export function isRemoved(plan: Plan, { groupStays }: VerifyRemoved, look: LinkLook): boolean {
  if (look.box.kind !== "seen" || look.azure?.kind !== "seen") return false;
  const { role, groupNames } = look.box.facts;
  if (role.kind !== "absent" || look.azure.link !== null || !standsAlone(plan, look)) return false;
  return groupNames?.includes(plan.link.boxGroup) === groupStays;
}

/** Undefined once every copy shows a plain end; else, when the patience is over, what it shows. */
async function settledCopy(
  { plan, clock, settings, look }: RunTools,
  { groupStays }: VerifyRemoved,
): Promise<string | undefined> {
  const untilMs = clock.nowMs() + settings.settingPatienceMs;
  for (;;) {
    const { box } = await look();
    if (box.kind === "unseen") return `The copy on ${plan.box.serverName} was not seen.`;
    const copies = box.facts.databases.filter(
      ({ synchronizationState, state }) =>
        state !== "ONLINE" || (groupStays && synchronizationState !== "SYNCHRONIZED"),
    );
    if (copies.length === 0) return undefined;
    if (clock.nowMs() >= untilMs || copies.some(({ state }) => state === "RESTORING")) {
      return copies.map((copy) => copyWords(plan, copy)).join(" ");
    }
    await waitUnless(clock, settings.lookEveryMs, undefined);
  }
}

function copyWords({ box }: Plan, copy: LinkDatabaseFacts): string {
  const { name, state, updateability, synchronizationState } = copy;
  const words = [state, updateability, synchronizationState].filter((one) => one !== null);
  return `${name} on ${box.serverName} is ${words.join(", ")}. It is left so: what becomes of it is for you to decide.`;
}
