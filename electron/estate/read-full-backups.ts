// Asks an instance for the full backups of the service, beside its own clock: what the removal of a link waits for.
import { AppError } from "../../shared/errors/app-error.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { fullBackupsQuery } from "./queries/full-backups.ts";

export interface FullBackups {
  /** The newest full backup of each database that has one: when it finished, by the instance's own clock, ISO 8601 without a zone. */
  readonly finishedAt: Readonly<Record<string, string>>;
}

/** Throws AppError: `noPermission` where msdb may not be read, and what the connection says. */
export async function readFullBackups(
  session: SqlSession,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<FullBackups> {
  const read = await readGuarded(session, [fullBackupsQuery], ["backupHistory"], signal);
  if (read.kind === "failed") throw new AppError(read.problem);
  if (read.kind === "notAllowed") {
    throw new AppError({
      code: "noPermission",
      class: "block",
      summary: `The login has no ${read.permission} on ${session.address}, so a full backup cannot be seen.`,
      remedy: "Ask for that permission. Until it is seen the link stays.",
    });
  }
  const [rows] = read.value;
  const wanted = rows.flatMap(({ databaseName, finishedAt }) =>
    databases.includes(databaseName) ? [[databaseName, finishedAt] as const] : [],
  );
  return { finishedAt: Object.fromEntries(wanted) };
}
