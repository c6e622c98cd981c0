// Lets SQL Server's copy be read after it became secondary: SSMS's last task of a planned failover.
import type { Check } from "../../sql/guard.ts";
import { guardedBatch, guardNumbers } from "../../sql/guard.ts";
import { secondaryConnections } from "../../sql/link-queries.ts";
import { quoteName, quoteString } from "../../sql/quote.ts";
import { afterOwnFailover } from "../../sql/script-batch.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { rolesWith } from "./action-form.ts";
import { groupIdOn } from "../planned-server.ts";

type AllowSecondaryConnections = Extract<Action, { kind: "allowSecondaryConnections" }>;

/** A step of SQL Server alone: an instance's copy is readable by itself. */
export function allowSecondaryConnectionsForm(
  action: AllowSecondaryConnections,
  frame: PlanFrame,
): ActionForm {
  const { serverName } = frame.box;
  const place = {
    side: "box",
    server: frame.box,
    link: frame.link,
    roles: ["SECONDARY"],
  } as const;
  const statement = guardedBatch(
    place,
    [asBefore(action)],
    `ALTER AVAILABILITY GROUP ${quoteName(action.group)} MODIFY REPLICA ON ${quoteString(action.replica)} WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL));`,
  );
  return {
    slug: "allow-secondary-connections",
    title: "Enable SQL Server to allow connections for Secondary role",
    sentence: `Letting the copy on ${serverName} be read.`,
    runsOn: "box",
    why: `The setting belongs to the availability group ${action.group} on ${serverName}.`,
    rolesBefore: rolesWith("instance"),
    statement,
    doneWhen: `${serverName} shows ALLOW_CONNECTIONS = ALL for the secondary role of ${action.replica}.`,
    undo: () => ({
      kind: "undoable",
      how:
        action.previous === null
          ? `On ${serverName}, set ALLOW_CONNECTIONS of the secondary role back to what it was.`
          : `On ${serverName}, set ALLOW_CONNECTIONS of the secondary role back to ${action.previous}.`,
    }),
    safeToStopAfter: true,
    // The failover is done and proved before it; without it the old copy is only not readable.
    onFailure: "warn",
    script: {
      box: { text: afterOwnFailover(groupIdOn(frame.link, "box"), statement), endsWith: "batch" },
    },
  };
}

function asBefore(action: AllowSecondaryConnections): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: secondaryConnections(action.group, action.replica),
    wanted: action.previous === null ? ["NO", "READ_ONLY"] : [action.previous],
    what: `ALLOW_CONNECTIONS of the secondary role of ${action.replica}`,
    remedy: "Nothing was changed.",
  };
}
