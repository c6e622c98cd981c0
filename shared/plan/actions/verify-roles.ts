// Reads both sides until the new roles, health and a writable primary are seen. Reads only.
import type { Side } from "../../estate/estate.ts";
import { scriptComment } from "../../sql/quote.ts";
import { verifyLines } from "../../sql/verify-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame, ScriptPart } from "./action-form.ts";
import { listOf, otherSide, rolesWith } from "./action-form.ts";

type VerifyRoles = Extract<Action, { kind: "verifyRoles" }>;

export function verifyRolesForm(action: VerifyRoles, frame: PlanFrame): ActionForm {
  const primary = action.readWriteOn;
  const secondary = otherSide(primary);
  const [writable, readable] = [frame[primary].serverName, frame[secondary].serverName];
  return {
    slug: "verify-roles",
    title: "Verify the roles on both sides",
    sentence: `Reading both sides until ${writable} is seen as PRIMARY and writable.`,
    runsOn: "both",
    why: "The answer of one server is no proof of the other.",
    rolesBefore: rolesWith(primary),
    doneWhen: `${readable} shows ${action.roles[secondary]} and HEALTHY, ${writable} shows ${action.roles[primary]} and HEALTHY, and ${listOf(frame.link.databases)} is READ_WRITE on ${writable}.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: part("box", action, frame), instance: part("instance", action, frame) },
  };
}

/** What "the first full backup after the failover" is asked by, in the instance's own clock. */
const printClock =
  "PRINT N'Roles read back at ' + CONVERT(varchar(33), GETDATE(), 126) + N' by the clock of this server: a full backup counts from then on.';";

function part(side: Side, action: VerifyRoles, frame: PlanFrame): ScriptPart {
  const place = { side, server: frame[side], link: frame.link, roles: [action.roles[side]] };
  const started = frame[otherSide(side)].serverName;
  const lines =
    action.readWriteOn === side
      ? [
          `-- After: run it when the script of ${scriptComment(started)} has ended. Changes nothing.`,
          ...verifyLines(place, "mustBeWritable"),
          ...(frame.keepLink || side === "box" ? [] : [printClock]),
        ]
      : verifyLines(place, "asItIs");
  return { text: lines.join("\n"), endsWith: "batch" };
}
