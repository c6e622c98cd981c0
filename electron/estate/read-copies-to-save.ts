// Reads a side's copies of a link's databases as the repair needs them: positions, forks, backups.
import { AppError } from "../../shared/errors/app-error.ts";
import { ownPosition } from "../../shared/gate/own-position.ts";
import type { CopyToSave } from "../../shared/repair/copy-to-save.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { backupSetsQuery, recoveryQuery } from "./queries/copies-to-save.ts";
import { databasesQuery } from "./queries/databases.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";

/** Which rows tell a copy's own position, and which of them counts where they differ (design, *Own row*). */
export interface CopyOf {
  /** group_id of the distributed group on this side. */
  readonly groupId: string | undefined;
  readonly end: "primary" | "secondary";
}

/** Throws AppError when it cannot be read, or may not be seen. */
export async function readCopiesToSave(
  session: SqlSession,
  databases: readonly string[],
  of: CopyOf,
  signal?: AbortSignal,
): Promise<readonly CopyToSave[]> {
  const read = await readGuarded(
    session,
    [databasesQuery, replicaDatabasesQuery, recoveryQuery(databases), backupSetsQuery(databases)],
    ["definition", "serverState", "anyDatabase", "backupHistory"],
    signal,
  );
  if (read.kind === "failed") throw new AppError(read.problem);
  if (read.kind === "notAllowed") {
    throw new AppError({
      code: "noPermission",
      class: "block",
      summary: `The login has no ${read.permission} on ${session.address}, so it cannot be seen what a backup there holds.`,
      remedy: "Ask for that permission. Nothing is given up before.",
    });
  }
  const [seen, rows, recovery, sets] = read.value;
  return databases.map((database) => {
    const own = ownPosition(
      rows.filter((row) => row.databaseName === database),
      of.groupId,
      of.end,
    );
    const status = recovery.find(({ name }) => name === database);
    return {
      database,
      state: seen.find(({ name }) => name === database)?.state ?? null,
      lastCommitLsn: own === "noRow" ? null : own.lastCommitLsn,
      lastHardenedLsn: own === "noRow" ? null : own.lastHardenedLsn,
      logEndLsn: status?.logEndLsn ?? null,
      databaseGuid: status?.databaseGuid ?? null,
      recoveryForkGuid: status?.recoveryForkGuid ?? null,
      lastLogBackupLsn: status?.lastLogBackupLsn ?? null,
      backups: sets.filter(({ databaseName }) => databaseName === database),
    };
  });
}
