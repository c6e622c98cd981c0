// Restores the instance's backup on SQL Server, as a database of its own that is in no link.
import { contextChecks, versionCheck } from "../../sql/guard.ts";
import { backupToName, provedLines, restoreBatch } from "../../sql/restore-copy.ts";
import { takeLockLines } from "../../sql/script-batch.ts";
import { lockOf } from "../planned-server.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";
import { offlineRoles } from "./offline-source.ts";

type RestoreCopy = Extract<Action, { kind: "restoreCopy" }>;

export function restoreCopyForm(action: RestoreCopy, frame: PlanFrame): ActionForm {
  const { as, covered, files } = action;
  const [box, instance] = [frame.box.serverName, frame.instance.serverName];
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const checks = [...contextChecks(place), versionCheck(place)];
  const statement = restoreBatch(frame.box, checks, action);
  return {
    slug: "restore-copy",
    title: `Restore ${covered.database} as ${as} on ${box}`,
    sentence: `Restoring ${as} on ${box}; the writers of ${instance} are watched meanwhile.`,
    runsOn: "box",
    why: `A new database on ${box}; nothing that is there is written over.`,
    rolesBefore: offlineRoles(frame),
    statement,
    doneWhen: `${box} shows ${as} ONLINE, with its files at ${listOf(files.map(({ to }) => to))}, and nobody has written on ${instance} since its backup.`,
    undo: () => ({ kind: "undoable", how: `Drop the database ${as} on ${box}.` }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      instance: {
        text: [
          "-- Which backup the other server is to restore. Changes nothing.",
          ...provedLines(covered, frame.reason !== null),
        ].join("\n"),
        endsWith: "batch",
      },
      box: {
        text: [
          ...takeLockLines(lockOf(frame, "box")),
          ...backupToName(covered, `the file of ${instance}`),
          statement,
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
