// Drops SQL Server's local availability group, where that was ticked. Its databases stay ONLINE.
import {
  contextChecks,
  guardNumbers,
  guardedStatement,
  nodeChecks,
  versionCheck,
} from "../../sql/guard.ts";
import { distributedGroupsOver } from "../../sql/link-queries.ts";
import { quoteName } from "../../sql/quote.ts";
import { afterOwnLook } from "../../sql/script-batch.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";
import { groupIdOn } from "../planned-server.ts";

type DropGroup = Extract<Action, { kind: "dropGroup" }>;

export function dropGroupForm(action: DropGroup, frame: PlanFrame): ActionForm {
  const { serverName } = frame.box;
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const checks = [
    ...contextChecks(place),
    versionCheck(place),
    ...nodeChecks(place),
    {
      number: guardNumbers.action,
      verdict: "Refused",
      seen: `CAST(${distributedGroupsOver(action.group)} AS nvarchar(10))`,
      wanted: ["0"],
      what: `the number of links that still use the availability group ${action.group}`,
      remedy: "Nothing was changed. Leave the availability group while a link needs it.",
    } as const,
  ];
  const statement = guardedStatement(
    frame.box,
    checks,
    `DROP AVAILABILITY GROUP ${quoteName(action.group)};`,
  );
  // A clean-up comes when the old copy is long settled; the script of a failover looks at it first.
  const text =
    frame.kind === "cleanUp" ? statement : afterOwnLook(groupIdOn(frame.link, "box"), statement);
  const and =
    frame.link.databases.length === 0 ? "" : `, and ${listOf(frame.link.databases)} is still there`;
  return {
    slug: "drop-group",
    title: `Drop availability group ('${action.group}')`,
    sentence: `Dropping the availability group ${action.group} on ${serverName}.`,
    runsOn: "box",
    why: `It was ticked, and no link needs the group on ${serverName} any more.`,
    rolesBefore: { box: "absent", instance: "any" },
    statement,
    doneWhen: `${serverName} does not show the availability group ${action.group} any more${and}.`,
    undo: () => ({
      kind: "undoableAtCost",
      how: `CREATE AVAILABILITY GROUP on ${serverName}, with ${listOf(frame.link.databases)} in it.`,
      cost: "Every secondary replica of it has to be seeded again.",
    }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: { text, endsWith: "batch" } },
  };
}
