// Reads back that the link is gone everywhere, and in which state both copies are. Reads only.
import type { Side } from "../../estate/estate.ts";
import { removedLines } from "../../sql/removed-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame, ScriptPart } from "./action-form.ts";
import { listOf } from "./action-form.ts";

type VerifyRemoved = Extract<Action, { kind: "verifyRemoved" }>;

export function verifyRemovedForm(action: VerifyRemoved, frame: PlanFrame): ActionForm {
  const databases = listOf(frame.link.databases);
  const [box, instance] = [frame.box.serverName, frame.instance.serverName];
  const copy = action.groupStays
    ? `${databases} is SYNCHRONIZED in the availability group ${frame.link.boxGroup} on ${box}`
    : `the availability group ${frame.link.boxGroup} is gone from ${box}`;
  return {
    slug: "verify-removed",
    title: "Verify that the link is gone on both sides",
    sentence: `Reading Azure, ${box} and ${instance} until the link is seen nowhere.`,
    runsOn: "both",
    why: "The answer of one server is no proof of the other.",
    rolesBefore: { box: "absent", instance: "absent" },
    doneWhen: `Azure answers 404 for the link, neither server shows it, ${databases} is READ_WRITE on ${instance}, and ${copy}.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: part("box", frame), instance: part("instance", frame) },
  };
}

function part(side: Side, frame: PlanFrame): ScriptPart {
  const place = { side, server: frame[side], link: frame.link, roles: [] } as const;
  const lines = removedLines(place, side === frame.to ? "mustBeWritable" : "asItIs");
  return { text: lines.join("\n"), endsWith: "batch" };
}
