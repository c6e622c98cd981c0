// Before the old primary is saved: nobody writes there any more.
import { guardLines, identityChecks } from "../../sql/guard.ts";
import { noWritersCheck } from "../../sql/save-copy.ts";
import { takeLockLines } from "../../sql/script-batch.ts";
import { lockOf } from "../planned-server.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";
import { offlineRoles, sourceChecks } from "./offline-source.ts";

type WaitForNoWriters = Extract<Action, { kind: "waitForNoWriters" }>;

/** Both say so, and neither must have changed since. */
export const twoPrimaryRoles = { box: "PRIMARY", instance: "PRIMARY" } as const;

export function waitForNoWritersForm(action: WaitForNoWriters, frame: PlanFrame): ActionForm {
  const { side, seconds } = action;
  const { serverName } = frame[side];
  const names = listOf(action.databases);
  const isOffline = frame.kind === "offlineFailBack";
  const place = { side, server: frame[side], link: frame.link, roles: ["PRIMARY"] as const };
  return {
    slug: "wait-for-no-writers",
    title: `Wait until nobody writes on ${serverName}`,
    sentence: `Waiting until no session has written to ${names} on ${serverName} for ${String(seconds)} s.`,
    runsOn: side,
    why: `What is written on ${serverName} after it was saved would be ${isOffline ? "missing from the restored copy" : "discarded"}.`,
    rolesBefore: isOffline ? offlineRoles(frame) : twoPrimaryRoles,
    doneWhen: `For ${String(seconds)} s no session has an open transaction that has written to ${names} on ${serverName}.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      [side]: {
        text: [
          ...takeLockLines(lockOf(frame, side)),
          ...guardLines(
            [
              ...(isOffline ? sourceChecks(place) : identityChecks(place)),
              noWritersCheck(frame.link),
            ],
            "quiet",
          ),
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
