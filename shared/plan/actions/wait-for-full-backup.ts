// Waits for the service's own first full backup on the instance: without it a removed link can cost the database.
import { fullBackups } from "../../sql/backup-queries.ts";
import { contextChecks, guardLines } from "../../sql/guard.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf, rolesWith } from "./action-form.ts";

type WaitForFullBackup = Extract<Action, { kind: "waitForFullBackup" }>;

/** "Migrate with the link" and "Troubleshoot the link": the link is dropped only after the first full backup. */
export function waitForFullBackupForm(action: WaitForFullBackup, frame: PlanFrame): ActionForm {
  const { serverName } = frame.instance;
  const place = { side: "instance", server: frame.instance, link: frame.link, roles: [] } as const;
  return {
    slug: "wait-for-full-backup",
    title: "Wait for the first full backup on SQL Managed Instance",
    sentence: `Waiting until Azure has taken the first full backup of ${listOf(action.databases)} on ${serverName}. It can be stopped: the link stays then.`,
    runsOn: "instance",
    why: "The service takes it by itself after the role change, and msdb of the instance tells.",
    rolesBefore: rolesWith("instance"),
    doneWhen: `msdb on ${serverName} shows a full backup (type D, not copy-only) of ${listOf(action.databases)} that finished after the role change, and ${serverName} is PRIMARY.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      instance: {
        text: [
          "-- Repeat this until every database has a row that finished after the roles were read back: before it the link must not be removed.",
          "-- Changes nothing.",
          ...guardLines(contextChecks(place), "backup"),
          fullBackups(action.databases),
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}
