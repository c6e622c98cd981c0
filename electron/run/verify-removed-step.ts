// Reads back that a removed link is seen nowhere, and in which state both copies are.
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { LinkLook } from "./link-look.ts";
import { lookUntil } from "./look-until.ts";
import { standsAlone } from "./remove-link-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type VerifyRemoved = Extract<Action, { readonly kind: "verifyRemoved" }>;

/** Looks every second until all of it is seen in one look, or the patience is over: then the outcome is unknown. */
export function verifyRemoved(
  tools: RunTools,
  step: Step,
  action: VerifyRemoved,
): Promise<StepResult> {
  const { plan } = tools;
  const [box, instance] = [plan.box.serverName, plan.instance.serverName];
  const databases = listOf(plan.link.databases);
  return lookUntil(tools, step, {
    look: tools.lookWithAzure,
    isThere: (look) => isRemoved(plan, action, look),
    done: `The link is gone from Azure, ${instance} and ${box}. ${databases} can be written on ${instance}${action.groupStays ? `, and stays in ${plan.link.boxGroup} on ${box}` : ""}.`,
    notSeen: "It could not be read back that the link is gone everywhere",
  });
}

/** All of it in one look. */
export function isRemoved(plan: Plan, { groupStays }: VerifyRemoved, look: LinkLook): boolean {
  if (look.box.kind !== "seen" || look.azure?.kind !== "seen") return false;
  const { role, groupNames, databases } = look.box.facts;
  if (role.kind !== "absent" || look.azure.link !== null || !standsAlone(plan, look)) return false;
  const isThere = groupNames?.includes(plan.link.boxGroup);
  if (!groupStays) return isThere === false;
  // SQL Server may leave the copy of a former secondary RESTORING; it is not recovered here.
  const isSettled = plan.link.databases.every((name) =>
    databases.some(
      (one) =>
        one.name === name &&
        (one.synchronizationState === "SYNCHRONIZED" || one.state === "RESTORING"),
    ),
  );
  return isThere === true && isSettled;
}
