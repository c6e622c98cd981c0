// DELETE of the link in Azure: either the move itself, or what follows a failover and its first full backup.
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf, otherSide, rolesWith } from "./action-form.ts";
import { forcedRoles } from "./force.ts";
import { linkRequest } from "./link-request.ts";
import { twoPrimaryRoles } from "./wait-for-no-writers.ts";

type RemoveLink = Extract<Action, { kind: "removeLink" }>;

export function removeLinkForm(action: RemoveLink, frame: PlanFrame): ActionForm {
  const { serverName } = frame.instance;
  const databases = listOf(frame.link.databases);
  const isForced = action.onlyWhile === "nothingArrives";
  const isMove = movesDatabase(action);
  const [old] = [frame[frame.from].serverName];
  return {
    slug: "remove-link",
    // SSMS calls the same step "Perform forced failover" where it moves the database; nothing is forced here.
    title: isMove
      ? "End replication on SQL Managed Instance (delete the link)"
      : "Remove the link from Azure",
    sentence: `Waiting for Azure to delete the link ${frame.link.name}. ${databases} on ${serverName} becomes a database of its own.`,
    runsOn: "azure",
    why: isForced
      ? "The failover mode of the link is None: it cannot be forced (error 41985), only deleted."
      : "The service ends the instance's side of the link; nothing else can.",
    rolesBefore: rolesBefore(action, frame),
    request: linkRequest(frame, "DELETE"),
    doneWhen: `Azure does not know the link any more (404), ${serverName} does not show it, and ${databases} is READ_WRITE there.`,
    undo: () => ({
      kind: "irreversible",
      why: `${isForced ? `What ${old} committed and ${serverName} does not have is given up. ` : ""}A deleted link does not come back. Both copies, on ${old} and on ${frame[otherSide(frame.from)].serverName}, are independent from then on.`,
    }),
    // The distributed group on SQL Server is left without its other half: its drop follows in the same run.
    safeToStopAfter: false,
    onFailure: "stopRun",
    script: {},
  };
}

/** Where the DELETE stands in the place of a failover. */
function movesDatabase({ onlyWhile }: RemoveLink): boolean {
  return onlyWhile === "gateIsOpen" || onlyWhile === "nothingArrives";
}

function rolesBefore(action: RemoveLink, frame: PlanFrame): ActionForm["rolesBefore"] {
  if (action.onlyWhile === "nothingArrives") return forcedRoles("instance");
  if (action.onlyWhile === "bothArePrimary") return twoPrimaryRoles;
  return rolesWith(movesDatabase(action) ? frame.from : frame.to);
}
