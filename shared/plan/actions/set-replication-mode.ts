// Synchronous commit on the instance's side of the link: PATCH of replicationMode. Its failure is a warning.
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { rolesWith } from "./action-form.ts";
import { linkRequest } from "./link-request.ts";

type SetReplicationMode = Extract<Action, { kind: "setReplicationMode" }>;

export function setReplicationModeForm(action: SetReplicationMode, frame: PlanFrame): ActionForm {
  const { serverName } = frame.instance;
  const patch = (replicationMode: string) =>
    linkRequest(frame, "PATCH", "", { properties: { replicationMode } });
  return {
    slug: "set-replication-mode",
    title: "Alter SQL Managed Instance link replication mode to Synchronous",
    sentence: `Asking Azure for synchronous replication on ${serverName}.`,
    runsOn: "azure",
    why: `The mode on ${serverName} is set by the service. The gate does not depend on it.`,
    rolesBefore: rolesWith("box"),
    request: patch(action.mode),
    takeBack: { request: patch(action.previous) },
    doneWhen: `Azure shows replicationMode ${action.mode} for the link.`,
    undo: () => ({
      kind: "undoable",
      how: `In Azure, replicationMode of the link is set back to ${action.previous}. A run that ends before the link is deleted does it by itself.`,
    }),
    safeToStopAfter: true,
    onFailure: "warn",
    script: {},
  };
}
