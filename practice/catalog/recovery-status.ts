// sys.database_recovery_status: on which recovery fork a database is, and where its next log backup begins.
import { chainHead } from "../world/log-chain.ts";
import type { DatabaseCopy } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { databasesOf, type Database } from "./databases.ts";
import { stableGuid } from "./stable-id.ts";
import { int, lsn, uniqueidentifier } from "./types.ts";
import { defineView } from "./view.ts";

/** Without ALTER ANY DATABASE or VIEW ANY DATABASE only the rows of master and tempdb show. */
function visible({ state, server, seesDatabases }: CatalogContext): readonly Database[] {
  return databasesOf(state, server).filter(({ id }) => seesDatabases || id <= 2);
}

/** All but the id is NULL for a database that is not started. */
function started({ copy }: Database): boolean {
  return copy === null || copy.state === "ONLINE";
}

/** A system database has one fork for ever. */
function forkOf({ name, copy }: Database): Pick<DatabaseCopy, "recoveryForkGuid" | "forkedFrom"> {
  return copy ?? { recoveryForkGuid: stableGuid(`fork ${name}`), forkedFrom: null };
}

function guidOf({ name, copy, restored }: Database, { state, server }: CatalogContext): string {
  if (restored !== undefined) return restored.guid;
  return copy === null ? stableGuid(`${server.name} ${name}`) : state.link.databaseGuid;
}

const ifStarted =
  <Value>(value: (database: Database, context: CatalogContext) => Value) =>
  (database: Database, context: CatalogContext): Value | null =>
    started(database) ? value(database, context) : null;

export const databaseRecoveryStatus = defineView<Database>({
  name: "sys.database_recovery_status",
  access: "anyone",
  items: visible,
  cells: [
    ["database_id", int, (d) => d.id],
    ["database_guid", uniqueidentifier, ifStarted(guidOf)],
    ["family_guid", uniqueidentifier, ifStarted(guidOf)],
    [
      "last_log_backup_lsn",
      lsn,
      ifStarted(({ copy }, { state, server }) =>
        copy === null ? null : chainHead(state, server.key),
      ),
    ],
    ["recovery_fork_guid", uniqueidentifier, ifStarted((d) => forkOf(d).recoveryForkGuid)],
    [
      "first_recovery_fork_guid",
      uniqueidentifier,
      ifStarted((d) => forkOf(d).forkedFrom?.guid ?? forkOf(d).recoveryForkGuid),
    ],
    ["fork_point_lsn", lsn, ifStarted((d) => forkOf(d).forkedFrom?.atLsn ?? null)],
  ],
});
