// The planned failover itself: one statement on the current primary.
import { guardedBatch, partnerChecks } from "../../sql/guard.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action, Undo } from "../plan.ts";
import type { ActionForm, PlanFrame, WayBack } from "./action-form.ts";
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
  return {
    slug: "failover",
    title: `Perform planned failover to ${kindOfServer(target)}`,
    sentence: `Waiting for ${from} to finish the role change. The statement returns when both roles have switched.`,
    runsOn: side,
    // ALTER AVAILABILITY GROUP (Transact-SQL): FAILOVER of a link runs on the primary; error 47517 elsewhere.
    why: `${from} is the primary, and the planned failover of a link can be started only there.`,
    rolesBefore: rolesWith(side),
    statement,
    doneWhen: `The statement returned without error, ${from} shows SECONDARY and ${to} shows PRIMARY.`,
    undo: (wayBack) => undo(wayBack, to),
    // Between the statement and the proof nobody knows which side is primary.
    safeToStopAfter: false,
    onFailure: "stopRun",
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
