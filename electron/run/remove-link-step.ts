// The DELETE of the link: only while what must hold holds, and done when Azure answers 404 and the instance is on its own.
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import { showRoles } from "./as-planned.ts";
import type { BackupWatch } from "./backup-step.ts";
import { asPlannedAndHeld } from "./change-steps.ts";
import type { GateKeeper } from "./failover-step.ts";
import { gateIsStillOpen } from "./failover-step.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type RemoveLink = Extract<Action, { readonly kind: "removeLink" }>;

export interface BeforeRemoval {
  readonly gate: GateKeeper;
  readonly backups: BackupWatch;
}

export function removeLink(
  tools: RunTools,
  step: Step,
  action: RemoveLink,
  { gate, backups }: BeforeRemoval,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const databases = listOf(plan.link.databases);
  return performRequest(tools, {
    step,
    aim: removalAim(plan, step),
    times: { ...settings, patienceMs: settings.readBackPatienceMs },
    async lastCheck() {
      if (action.onlyWhile === "gateIsOpen") return gateIsStillOpen(tools, step, gate);
      const refusal = await asPlannedAndHeld(tools, step);
      if (refusal !== undefined || action.onlyWhile === "rolesAreSeen") return refusal;
      return backups.missing(tools);
    },
    done: `The link is gone in Azure, and ${databases} on ${plan.instance.serverName} is a database of its own that can be written.`,
  });
}

/** 404 alone is not enough: the instance must have let go of it and be writable. */
export function removalAim(plan: Plan, step: Step): Aim {
  const isGone = (look: LinkLook) =>
    look.azure?.kind === "seen" && look.azure.link === null && standsAlone(plan, look);
  return {
    isDone: isGone,
    isProved: isGone,
    isAsBefore: (look) =>
      look.azure?.kind === "seen" &&
      look.azure.link !== null &&
      showRoles(plan, step.rolesBefore, look),
  };
}

/** The instance does not show the link any more, and every database of it is READ_WRITE. */
export function standsAlone({ link }: Plan, { instance }: LinkLook): boolean {
  if (instance.kind !== "seen" || instance.facts.role.kind !== "absent") return false;
  const { databases } = instance.facts;
  return link.databases.every((name) =>
    databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
  );
}
