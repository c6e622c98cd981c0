// Looks at the old primary's copy again: what was written there after the move is on no other server. Reads only.
import { oldCopyLines } from "../../sql/old-copy-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { kindOfServer, listOf } from "./action-form.ts";

type LookAtOldCopy = Extract<Action, { kind: "lookAtOldCopy" }>;

export function lookAtOldCopyForm(action: LookAtOldCopy, frame: PlanFrame): ActionForm {
  const { serverName } = frame[action.side];
  const place = { side: action.side, server: frame[action.side], link: frame.link, roles: [] };
  const since =
    action.since === "gate" ? "the gate was last open" : `the ${action.seconds} s of this look`;
  return {
    slug: "look-at-old-copy",
    title: `Look for writes on the old copy (${kindOfServer(action.side)})`,
    sentence: `Reading ${serverName} again: what is written there now is on no other server.`,
    runsOn: action.side,
    why: `${serverName} keeps a copy that can be written.`,
    rolesBefore: { box: "any", instance: "any" },
    doneWhen: `The last commit of ${listOf(action.databases)} on ${serverName} has not moved since ${since}, and no session writes there.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      [action.side]: {
        text: [
          "-- Changes nothing. A number that is higher than before the link was removed: loss at risk.",
          ...oldCopyLines(place, action.seconds),
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
