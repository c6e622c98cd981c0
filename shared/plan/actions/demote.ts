// Makes the old primary secondary again: what only it holds is discarded, and the link copies the survivor over it.
import { demoteStatement } from "../../sql/demote.ts";
import { guardedBatch } from "../../sql/guard.ts";
import { coveredCheck, noWritersCheck } from "../../sql/save-copy.ts";
import { takeLockLines } from "../../sql/script-batch.ts";
import { groupIdOn } from "../planned-server.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf, otherSide } from "./action-form.ts";
import { linkRequest } from "./link-request.ts";
import { twoPrimaryRoles } from "./wait-for-no-writers.ts";

type Demote = Extract<Action, { kind: "demote" }>;

export function demoteForm(action: Demote, frame: PlanFrame): ActionForm {
  const { side, by, covered } = action;
  const [own, other] = [frame[side].serverName, frame[otherSide(side)].serverName];
  const place = { side, server: frame[side], link: frame.link, roles: ["PRIMARY"] as const };
  const checks = [
    noWritersCheck(frame.link),
    ...covered.map((one) => coveredCheck(one, frame.reason !== null)),
  ];
  const statement = guardedBatch(place, checks, demoteStatement(action.group));
  const files = listOf(covered.flatMap(({ by: paths }) => paths));
  return {
    slug: "demote",
    title: `Make ${own} secondary`,
    sentence: `Waiting until ${own} is secondary.`,
    ...(by === "arm"
      ? {
          runsOn: "azure" as const,
          why: `${own} is to become secondary, and Azure is asked in its place.`,
          // "Distributed Availability Groups - Set Role".
          request: linkRequest(frame, "POST", "/setRole", {
            instanceRole: "Secondary",
            roleChangeType: action.roleChangeType,
          }),
          instead: { runsOn: side, statement },
        }
      : {
          runsOn: side,
          why: `${own} is the old primary, and a role is given up where it is held.`,
          statement,
        }),
    rolesBefore: twoPrimaryRoles,
    doneWhen: `${own} shows SECONDARY while ${other} is PRIMARY.`,
    undo: () => ({
      kind: "irreversible",
      why: `What only ${own} holds is discarded; it is in ${files} and nowhere else.`,
    }),
    safeToStopAfter: false,
    onFailure: "stopRun",
    script: {
      [side]: {
        text: [...takeLockLines(groupIdOn(frame.link, side)), statement].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
