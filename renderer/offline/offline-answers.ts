// What the operator answered before an offline fail back, what it comes to, and why it is not enough yet. Pure.
import type { OfflineWanted } from "../../shared/offline/contract.ts";
import { restoreName } from "../../shared/offline/input.ts";
import { isUrl } from "../../shared/repair/save-target.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { closedNext } from "../text/wizard-words.ts";

export interface OfflineAnswers {
  readonly database: string;
  readonly backupTo: string;
  readonly restoreTo: string;
  readonly under: "new" | "old";
  /** Undefined: as it is proposed. */
  readonly restoreAs: string | undefined;
  /** The database's name, for the old one. */
  readonly typedName: string;
  /** Empty: it was not said. */
  readonly writersStopped: string;
}

export function noAnswers(database: string): OfflineAnswers {
  return {
    database,
    backupTo: "",
    restoreTo: "",
    under: "new",
    restoreAs: undefined,
    typedName: "",
    writersStopped: "",
  };
}

/** The new name, as it was typed or as it is proposed. */
export function newName({ database, restoreAs }: OfflineAnswers): string {
  return restoreName({ database, choices: { restoreAs, overOldName: null } });
}

/** Why no plan can be made of these answers yet; undefined: it can. `box`: SQL Server's name. */
export function offlineLock(answers: OfflineAnswers, box: string): string | undefined {
  const { database, backupTo, restoreTo, under, typedName } = answers;
  if (!isUrl(backupTo.trim())) {
    return closedNext("name the container for the backup by its URL, https://…");
  }
  if (restoreTo.trim() === "") {
    return closedNext(`name the folder on ${visibleText(box)} for the files.`);
  }
  if (under === "new") {
    return newName(answers).trim() === "" ? closedNext("name the restored database.") : undefined;
  }
  return typedName.trim() === database
    ? undefined
    : closedNext(`type the name of the database, ${visibleText(database)}, for the old name.`);
}

export function offlineWanted(
  linkName: string | undefined,
  answers: OfflineAnswers,
): OfflineWanted {
  const { database, backupTo, restoreTo, under, typedName, writersStopped } = answers;
  const why = writersStopped.trim();
  return {
    kind: "offlineFailBack",
    linkName: linkName ?? null,
    database,
    backupTo: backupTo.trim(),
    restoreTo: restoreTo.trim(),
    restoreAs: under === "new" ? newName(answers).trim() : null,
    overOldName: under === "old" ? { typed: typedName.trim() } : null,
    writersStopped: why === "" ? null : why,
  };
}

/** Whether a plan is named by a link; without one it is named by its database. */
export function isOfLink({ link }: Pick<Plan, "link">): boolean {
  return link.groupIds.instance !== null;
}
