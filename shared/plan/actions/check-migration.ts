// Looks at what does not come along with a database that moved for good. Reads only.
import { migrationLines } from "../../sql/migration-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";

type CheckMigration = Extract<Action, { kind: "checkMigration" }>;

export function checkMigrationForm(action: CheckMigration, frame: PlanFrame): ActionForm {
  const { serverName } = frame[frame.to];
  const databases = listOf(action.databases);
  return {
    slug: "check-migration",
    title:
      frame.kind === "offlineFailBack"
        ? "Look at what does not come along with a backup"
        : "Look at what is left to do after the migration",
    sentence: `Reading compatibility level and users of ${databases} on ${serverName}.`,
    runsOn: frame.to,
    why: `Logins are the server's: ${databases} came to ${serverName} without them.`,
    rolesBefore: { box: "any", instance: "any" },
    doneWhen: `${serverName} has told the compatibility level of ${databases} and the users that have no login there.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "warn",
    script: {
      [frame.to]: { text: migrationLines(action.databases).join("\n"), endsWith: "batch" },
    },
  };
}
