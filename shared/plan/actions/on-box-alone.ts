// What every step that removes a leftover of SQL Server has in common.
import type { ActionForm } from "./action-form.ts";

/** The link is gone on both servers before and after. */
export function onBoxAlone(
  statement: string,
): Pick<
  ActionForm,
  "runsOn" | "rolesBefore" | "statement" | "safeToStopAfter" | "onFailure" | "script"
> {
  return {
    runsOn: "box",
    rolesBefore: { box: "absent", instance: "absent" },
    statement,
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: { text: statement, endsWith: "batch" } },
  };
}
