// Reads the new primary until it is PRIMARY and its databases can be written. The old one may be gone. Reads only.
import { scriptComment } from "../../sql/quote.ts";
import { verifyLines } from "../../sql/verify-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";
import { forcedRoles } from "./force.ts";

type VerifyForced = Extract<Action, { kind: "verifyForced" }>;

export function verifyForcedForm(action: VerifyForced, frame: PlanFrame): ActionForm {
  const { side } = action;
  const { serverName } = frame[side];
  const databases = listOf(action.databases);
  const place = { side, server: frame[side], link: frame.link, roles: ["PRIMARY"] as const };
  return {
    slug: "verify-forced",
    title: "Verify the new primary",
    sentence: `Reading ${serverName} until it is PRIMARY and ${databases} can be written.`,
    runsOn: side,
    why: "Only the new primary can be asked.",
    rolesBefore: forcedRoles(side),
    doneWhen: `${serverName} shows PRIMARY, and ${databases} is READ_WRITE there.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      [side]: {
        text: [
          `-- After the forced failover, on ${scriptComment(serverName)}. Changes nothing.`,
          ...verifyLines(place, "forced"),
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
