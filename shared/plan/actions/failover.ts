// The planned failover itself: one statement on the current primary, or one request to Azure while that is the instance.
import { guardedBatch, partnerChecks } from "../../sql/guard.ts";
import type { Side } from "../../estate/estate.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action, Undo } from "../plan.ts";
import type { ActionForm, PlanFrame, WayBack } from "./action-form.ts";
import { linkRequest } from "./link-request.ts";
import { kindOfServer, otherSide, rolesWith } from "./action-form.ts";

type Failover = Extract<Action, { kind: "failover" }>;

export function failoverForm(action: Failover, frame: PlanFrame): ActionForm {
  const side = action.primary;
  const target = otherSide(side);
  const [from, to] = [frame[side].serverName, frame[target].serverName];
  const place = { side, server: frame[side], link: frame.link, roles: ["PRIMARY"] as const };
  const statement = guardedBatch(
    place,
    partnerChecks(frame.link),
    `ALTER AVAILABILITY GROUP ${quoteName(action.group)} FAILOVER;`,
  );
  const sent =
    action.by === "arm" ? byAzure(frame, side, statement) : byStatement(side, from, statement);
  return {
    slug: "failover",
    title: `Perform planned failover to ${kindOfServer(target)}`,
    ...sent,
    rolesBefore: rolesWith(side),
    doneWhen: `${action.by === "arm" ? "Azure's operation" : "The statement"} returned without error, ${from} shows SECONDARY and ${to} shows PRIMARY.`,
    undo: (wayBack) => undo(wayBack, to),
    // Between the statement and the proof nobody knows which side is primary.
    safeToStopAfter: false,
    onFailure: "stopRun",
  };
}

type Sent = Pick<
  ActionForm,
  "sentence" | "runsOn" | "why" | "statement" | "request" | "instead" | "script"
>;

function byStatement(side: Side, from: string, statement: string): Sent {
  return {
    sentence: `Waiting for ${from} to finish the role change. The statement returns when both roles have switched.`,
    runsOn: side,
    // ALTER AVAILABILITY GROUP (Transact-SQL): FAILOVER of a link runs on the primary; error 47517 elsewhere.
    why: `${from} is the primary, and the planned failover of a link can be started only there.`,
    statement,
    script: { [side]: { text: statement, endsWith: "batch" } },
  };
}

/** "Distributed Availability Groups - Failover": Planned only while the instance is primary. */
function byAzure(frame: PlanFrame, side: Side, statement: string): Sent {
  const { serverName } = frame.instance;
  return {
    sentence: `Waiting for Azure to finish the role change of ${serverName}.`,
    runsOn: "azure",
    why: `${serverName} is the primary, and Azure is asked in its place.`,
    request: linkRequest(frame, "POST", "/failover", { failoverType: "Planned" }),
    // The documented custom role has no failover/action; FAILOVER on the instance is the same failover.
    instead: { runsOn: side, statement },
    script: { [side]: { text: statement, endsWith: "batch" } },
  };
}

function undo(wayBack: WayBack, to: string): Undo {
  if (wayBack.kind === "none" || wayBack.kind === "unknown") {
    return { kind: "irreversible", why: wayBack.because };
  }
  const first = wayBack.kind === "onlineAfter" ? ` ${wayBack.first}` : "";
  return {
    kind: "undoableAtCost",
    how: `A second planned failover, started on ${to}${first}.`,
    cost: "Writes stop again while it runs, and the applications must be repointed again.",
  };
}
