// Words of the wizard that more than one file needs. Sentences with names in them stand where the names are known.
import type { GateReason } from "../../shared/gate/gate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { PageName } from "../../shared/ways/pages.ts";

/** SSMS 22's window title and page titles; Executing actions is ours. */
export const wizardTitle = "Failover between SQL Server and SQL Managed Instance";

export const pageTitles: Readonly<Record<PageName, string>> = {
  introduction: "Introduction",
  failoverType: "Choose Failover Type",
  signIn: "Sign in to Azure and Remote Instance",
  readiness: "Failover Readiness Assessment",
  postFailover: "Post-Failover Operations",
  summary: "Summary",
  executing: "Executing actions",
  results: "Results",
};

/** The gate without numbers: what a live region may say. */
export const gateWords: Readonly<Record<GateReason | "open", string>> = {
  open: "Both sides hold the same log and nobody writes.",
  cannotRead: "A side could not be read.",
  rolesMoved: "The roles are not as planned.",
  readingTooSpread: "The answers of both sides were too far apart.",
  notAllowedToSee: "A login may not see what the gate needs.",
  noRow: "A side shows no row of the database.",
  suspended: "Data movement is suspended.",
  notConnected: "The link is not connected.",
  writing: "Sessions are still writing. The time starts again at 0.",
  behind: "The secondary is behind. The time starts again at 0.",
  commitLsnNotKnown: "The last commit of a side is not known.",
  systemTaskWrites: "The primary keeps committing without a writing session.",
  holdingStill: "Both sides are level. The time runs.",
};

/** Of the foot: why the page cannot be left forward. */
export function closedNext(reason: string): string {
  return `Next is closed: ${reason}`;
}

export const migrating = "Migrating? Choose planned: it loses nothing.";
export const dataCanBeLost = "Data can be lost, and it is lost for good.";
export const enterConfirmsNothing = "Enter does not confirm on this page.";
export const nothingChanged = "Nothing has been changed.";
export const readOnlyInGroup =
  "A database in an availability group cannot be set read-only, so nothing but the applications themselves can stop the writes: stop them, and the jobs.";
/** Before a DELETE that moves the database the commit mode is set, and set back by a run that ends at the gate. */
export function runWaits({ steps }: Pick<Plan, "steps">): string {
  const index = steps.findIndex(({ action }) => action.kind === "waitForGate");
  const before =
    index > 0
      ? "Only the commit mode changes before, and it is set back if the run ends there."
      : "Nothing changes before.";
  return `The run will wait in step ${String(index + 1)} until nobody writes. ${before}`;
}
export const onDisk =
  "Every step is on disk. If this computer or session dies, open the application again: it looks at both sides first.";
