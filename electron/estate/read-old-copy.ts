// Reads the old primary's copy once more after a move: where its log stands, in which state it is, and who writes there.
import { AppError } from "../../shared/errors/app-error.ts";
import type { WritingSession } from "../../shared/estate/estate.ts";
import { ownPosition } from "../../shared/gate/own-position.ts";
import { quoteString } from "../../shared/sql/quote.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { databasesQuery } from "./queries/databases.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";
import { writersOf } from "./queries/writers.ts";

export interface OldCopy {
  readonly databases: readonly OldCopyDatabase[];
  /** Transactions that have written to one of them and are open. */
  readonly writers: readonly WritingSession[];
}

export interface OldCopyDatabase {
  readonly name: string;
  /** `ONLINE`, `RESTORING`; null where the server does not show the database. */
  readonly state: string | null;
  /** Its own last_commit_lsn as digits; null where no row of an availability group tells it. */
  readonly lastCommitLsn: string | null;
}

/** Throws AppError when it cannot be read, or may not be seen. */
export async function readOldCopy(
  session: SqlSession,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<OldCopy> {
  const names = databases.map(quoteString).join(", ");
  const read = await readGuarded(
    session,
    [databasesQuery, replicaDatabasesQuery, writersOf(`d.name IN (${names})`)],
    ["definition", "serverState", "anyDatabase"],
    signal,
  );
  if (read.kind === "failed") throw new AppError(read.problem);
  if (read.kind === "notAllowed") {
    throw new AppError({
      code: "noPermission",
      class: "block",
      summary: `The login has no ${read.permission} on ${session.address}, so its old copy cannot be looked at.`,
      remedy: "Ask for that permission, and look who still writes there.",
    });
  }
  const [seen, rows, writers] = read.value;
  return {
    databases: databases.map((name) => {
      const own = ownPosition(
        rows.filter((row) => row.databaseName === name),
        undefined,
        "primary",
      );
      return {
        name,
        state: seen.find((one) => one.name === name)?.state ?? null,
        lastCommitLsn: own === "noRow" ? null : own.lastCommitLsn,
      };
    }),
    writers,
  };
}
