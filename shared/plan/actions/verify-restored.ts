// Reads back that the restored database can be written, and that the instance it came from was written by nobody meanwhile. Reads only.
import { contextChecks, guardLines } from "../../sql/guard.ts";
import { provedLines, restoredLines } from "../../sql/restore-copy.ts";
import { noWritersCheck } from "../../sql/save-copy.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { offlineRoles, sourceChecks } from "./offline-source.ts";

type VerifyRestored = Extract<Action, { kind: "verifyRestored" }>;

export function verifyRestoredForm({ as, covered }: VerifyRestored, frame: PlanFrame): ActionForm {
  const [box, instance] = [frame.box.serverName, frame.instance.serverName];
  return {
    slug: "verify-restored",
    title: `Verify ${as} on ${box}, and that nothing was written on ${instance}`,
    sentence: `Reading ${box} until ${as} can be written, and ${instance} once more.`,
    runsOn: "both",
    why: `What was written on ${instance} after its backup is not in ${as}.`,
    rolesBefore: offlineRoles(frame),
    doneWhen: `${as} is ONLINE and READ_WRITE on ${box}, and on ${instance} the log of ${covered.database} stands where its backup left it, with nobody writing.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      box: { text: verifiedOnBox(as, frame).join("\n"), endsWith: "batch" },
      instance: { text: unwrittenOnInstance(covered, frame).join("\n"), endsWith: "batch" },
    },
  };
}

/** Also what the whole-plan scripts ask. */
export function verifiedOnBox(as: string, frame: PlanFrame): readonly string[] {
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  return [...guardLines(contextChecks(place), "verify"), ...restoredLines(as)];
}

export function unwrittenOnInstance(
  covered: VerifyRestored["covered"],
  frame: PlanFrame,
): readonly string[] {
  const place = {
    side: "instance",
    server: frame.instance,
    link: frame.link,
    roles: ["PRIMARY"],
  } as const;
  return [
    "-- Run it when the other server has restored. Changes nothing.",
    ...guardLines([...sourceChecks(place), noWritersCheck(frame.link)], "verify"),
    ...provedLines(covered, frame.reason !== null),
  ];
}
