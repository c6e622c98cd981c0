// The DELETE of the link: only while what must hold holds, and done when Azure answers 404 and the instance is on its own.
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import { showRoles } from "./as-planned.ts";
import type { BackupWatch } from "./backup-step.ts";
import { asPlannedAndHeld } from "./change-steps.ts";
import type { GateKeeper } from "./failover-step.ts";
import { gateIsStillOpen } from "./failover-step.ts";
import type { Aim } from "./judge.ts";
import { mayBeForced } from "./force-step.ts";
import type { LinkLook } from "./link-look.ts";
import type { TargetKeeper } from "./look-before-force-step.ts";
import { lookUntil } from "./look-until.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type RemoveLink = Extract<Action, { readonly kind: "removeLink" }>;

export interface BeforeRemoval {
  readonly gate: GateKeeper;
  readonly target: TargetKeeper;
  readonly backups: BackupWatch;
}

export function removeLink(
  tools: RunTools,
  step: Step,
  action: RemoveLink,
  { gate, target, backups }: BeforeRemoval,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const databases = listOf(plan.link.databases);
  return performRequest(tools, {
    step,
    aim: removalAim(plan, step),
    times: { ...settings, patienceMs: settings.readBackPatienceMs },
    async lastCheck() {
      if (action.onlyWhile === "gateIsOpen") return gateIsStillOpen(tools, step, gate);
      if (action.onlyWhile === "nothingArrives") {
        return (await mayBeForced(tools, step, "instance")) ?? target.again();
      }
      const refusal = await asPlannedAndHeld(tools, step);
      if (refusal !== undefined || action.onlyWhile !== "backupIsSeen") return refusal;
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

/** Reads only, until one look shows 404 and the instance on its own; SQL Server may be gone. */
export function verifyAlone(tools: RunTools, step: Step): Promise<StepResult> {
  const { box, instance, link } = tools.plan;
  return lookUntil(tools, step, {
    look: tools.lookWithAzure,
    isThere: removalAim(tools.plan, step).isDone,
    done: `${instance.serverName} holds ${listOf(link.databases)} on its own and accepts writes. ${box.serverName} still takes itself for the primary of the deleted link when it comes back.`,
    notSeen: `It could not be read back that the link is gone and ${instance.serverName} can be written`,
  });
}

/** The instance does not show the link any more, and every database of it is READ_WRITE. */
export function standsAlone({ link }: Plan, { instance }: LinkLook): boolean {
  if (instance.kind !== "seen" || instance.facts.role.kind !== "absent") return false;
  const { databases } = instance.facts;
  return link.databases.every((name) =>
    databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
  );
}
