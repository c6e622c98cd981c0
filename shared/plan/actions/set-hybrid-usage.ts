// PATCH of hybridSecondaryUsage: whether the instance only follows SQL Server, which its licence is reckoned by.
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { otherSide, rolesWith } from "./action-form.ts";
import { instanceRequest } from "./link-request.ts";

type SetHybridUsage = Extract<Action, { kind: "setHybridUsage" }>;

export function setHybridUsageForm(action: SetHybridUsage, frame: PlanFrame): ActionForm {
  const { serverName } = frame.instance;
  const { usage, previous, instanceRole } = action;
  const primary = instanceRole === "PRIMARY" ? "instance" : otherSide("instance");
  return {
    slug: "set-hybrid-usage",
    title: `Set hybrid failover rights of SQL Managed Instance to ${usage}`,
    sentence: `Asking Azure for hybridSecondaryUsage ${usage} of ${serverName}.`,
    runsOn: "azure",
    why:
      usage === "Passive"
        ? `${serverName} only follows SQL Server, and was confirmed to be used for nothing else.`
        : `${serverName} is used for more than disaster recovery.`,
    rolesBefore: rolesWith(primary),
    request: instanceRequest(frame, "PATCH", "", { properties: { hybridSecondaryUsage: usage } }),
    doneWhen: `Azure shows hybridSecondaryUsage ${usage}, and ${serverName} is Ready again.`,
    undo: () => ({
      kind: "undoable",
      how: `In Azure, hybridSecondaryUsage of ${serverName} is set back to ${previous}. It is billed by the hour.`,
    }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {},
  };
}
