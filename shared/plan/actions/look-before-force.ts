// The last look before a forced failover: is the primary still silent, and has everything that arrived been worked through.
import type { Action } from "../plan.ts";
import { forcedLookLines } from "../../sql/forced-look-lines.ts";
import type { ActionForm, PlanFrame, ScriptPart } from "./action-form.ts";
import { otherSide } from "./action-form.ts";
import { forcedRoles } from "./force.ts";

type LookBeforeForce = Extract<Action, { kind: "lookBeforeForce" }>;

export function lookBeforeForceForm(action: LookBeforeForce, frame: PlanFrame): ActionForm {
  const { side, seconds } = action;
  const [own, other] = [frame[side].serverName, frame[otherSide(side)].serverName];
  const isAliveAccepted = action.despite.includes("alive");
  return {
    slug: "look-before-force",
    title: `Look once more whether ${other} is alive`,
    sentence: `Reading ${own} for ${String(seconds)} s: does its log still arrive?`,
    runsOn: side,
    why: `${other} may be back since the plan was approved, and only ${own} can be asked.`,
    rolesBefore: forcedRoles(side),
    doneWhen: isAliveAccepted
      ? `${own} can still be forced. That ${other} is alive was accepted.`
      : `For ${String(seconds)} s nothing arrives on ${own}, and it is not connected.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      [side]: frame.move === "delete" ? looked(action, frame) : inTheBatch(isAliveAccepted),
    },
  };
}

function inTheBatch(isAliveAccepted: boolean): ScriptPart {
  return {
    text: isAliveAccepted
      ? "-- Not asked: that the primary is alive was accepted."
      : "-- This look stands in the batch that forces, on its own connection.",
    endsWith: "nextPart",
  };
}

/** No batch of this file acts: the look is all that T-SQL can do. */
function looked({ side, seconds, despite }: LookBeforeForce, frame: PlanFrame): ScriptPart {
  const roles = ["SECONDARY", "RESOLVING"] as const;
  const place = { side, server: frame[side], link: frame.link, roles };
  return { text: forcedLookLines(place, seconds, despite).join("\n"), endsWith: "batch" };
}
