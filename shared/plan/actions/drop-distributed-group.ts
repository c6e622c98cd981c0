// Drops what is left of the link on SQL Server: the distributed availability group. Metadata only.
import type { Check } from "../../sql/guard.ts";
import { guardedBatch, guardNumbers } from "../../sql/guard.ts";
import { remoteLinkState } from "../../sql/link-queries.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action, PlannedLink } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";

type DropDistributedGroup = Extract<Action, { kind: "dropDistributedGroup" }>;

export function dropDistributedGroupForm(
  action: DropDistributedGroup,
  frame: PlanFrame,
): ActionForm {
  const { serverName } = frame.box;
  const place = {
    side: "box",
    server: frame.box,
    link: frame.link,
    // Without its other half a side may show any of them.
    roles: ["PRIMARY", "SECONDARY", "RESOLVING"],
  } as const;
  const statement = guardedBatch(
    place,
    [notConnected(frame.link)],
    `DROP AVAILABILITY GROUP ${quoteName(action.group)};`,
  );
  return {
    slug: "drop-distributed-group",
    title: `Drop distributed availability group (database '${frame.link.databases.join("', '")}')`,
    sentence: `Dropping the distributed availability group ${action.group} on ${serverName}.`,
    runsOn: "box",
    why: `Azure has removed its side; ${serverName} keeps its own until it is dropped there.`,
    rolesBefore: { box: "any", instance: "absent" },
    statement,
    doneWhen: `${serverName} does not show the distributed availability group ${action.group} any more.`,
    undo: () => ({ kind: "irreversible", why: "The link is gone in Azure already." }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: { text: statement, endsWith: "batch" } },
  };
}

/** A group whose other side still answers is a living link. Only a primary shows that row. */
function notConnected(link: PlannedLink): Check {
  return {
    number: guardNumbers.connected,
    verdict: "Refused",
    seen: `ISNULL(${remoteLinkState("rs.connected_state_desc", link)}, N'not shown')`,
    wanted: ["DISCONNECTED", "not shown"],
    what: "the connection to the other side",
    remedy: "Nothing was changed. Delete the link in Azure first.",
  };
}
