// Keeps the old copy on SQL Server from being written, once it belongs to no availability group any more.
import { contextChecks, guardNumbers, guardedStatement, versionCheck } from "../../sql/guard.ts";
import { databaseStanding } from "../../sql/link-queries.ts";
import { quoteName } from "../../sql/quote.ts";
import { afterOwnLook } from "../../sql/script-batch.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { groupIdOn } from "../planned-server.ts";

type SetReadOnly = Extract<Action, { kind: "setReadOnly" }>;

/** A database of an availability group cannot be set READ_ONLY; a copy that is RESTORING is left as it is. */
export function setReadOnlyForm({ database }: SetReadOnly, frame: PlanFrame): ActionForm {
  const { serverName } = frame.box;
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const checks = [
    ...contextChecks(place),
    versionCheck(place),
    {
      number: guardNumbers.action,
      verdict: "Refused",
      seen: databaseStanding(database),
      wanted: ["ONLINE"],
      what: `the state of ${database}`,
      remedy:
        "Nothing was changed. A copy that is RESTORING is not recovered by this tool; decide yourself what becomes of it.",
    } as const,
  ];
  const statement = guardedStatement(
    frame.box,
    checks,
    // NO_WAIT: nobody's transaction is rolled back for it; error 5070 names the reason.
    `ALTER DATABASE ${quoteName(database)} SET READ_ONLY WITH NO_WAIT;`,
  );
  return {
    slug: "set-read-only",
    title: `Keep the old copy of ${database} from being written`,
    sentence: `Setting ${database} on ${serverName} READ_ONLY.`,
    runsOn: "box",
    why: `Both copies can be written now; an application that was forgotten would write to the old one.`,
    rolesBefore: { box: "absent", instance: "any" },
    statement,
    doneWhen: `${serverName} shows ${database} READ_ONLY.`,
    undo: () => ({
      kind: "undoable",
      how: `On ${serverName}: ALTER DATABASE ${quoteName(database)} SET READ_WRITE.`,
    }),
    safeToStopAfter: true,
    onFailure: "warn",
    script: {
      box: { text: afterOwnLook(groupIdOn(frame.link, "box"), statement), endsWith: "batch" },
    },
  };
}
