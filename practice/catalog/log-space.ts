// sys.dm_db_log_stats() and sys.dm_db_log_space_usage: how full the log is and why it cannot be cut.
import type { SqlValue } from "../sql-types.ts";
import type { LogBlock, ServerState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { databasesOf, findDatabase, type Database } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { logReuseWait, recoveryModel } from "./sys-databases.ts";
import { bigint, datetime, description, float, int, nvarchar, smallint } from "./types.ts";
import { defineView } from "./view.ts";

const megabyteKb = 1024;
const virtualLogFileKb = 64 * megabyteKb;

/** The size of the linked database's log file, KB: whole virtual log files, at least four. */
export function logSizeKb(server: ServerState): number {
  const files = Math.ceil(usedLogKb(server) / virtualLogFileKb) + 1;
  return Math.max(4, files) * virtualLogFileKb;
}

/** Log since the last log backup, KB. */
function usedLogKb(server: ServerState): number {
  const lastMs = lastLogBackupMs(server) ?? 0;
  return server.copy.log
    .filter((block) => block.writtenAtMs > lastMs)
    .reduce((sum, block) => sum + block.sizeKb, 0);
}

function lastLogBackupMs({ backups }: ServerState): number | null {
  return backups.filter((row) => row.type === "L").at(-1)?.finishMs ?? null;
}

/** `00000024:00000a68:0001`, as the log functions write an LSN. */
function hexLsn(block: LogBlock | undefined): string | null {
  if (block === undefined) return null;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return `${hex(block.virtualLogFile, 8)}:${hex(block.block, 8)}:0001`;
}

export const dmDbLogStats = defineView<Database>({
  name: "sys.dm_db_log_stats",
  access: "serverState",
  argumentCount: 1,
  items: ({ state, server }, [databaseId]) =>
    databasesOf(state, server).filter((database) => sameId(database.id, databaseId)),
  cells: [
    ["database_id", int, (d) => d.id],
    ["recovery_model", description, recoveryModel],
    ["log_min_lsn", nvarchar(24), (d) => hexLsn(d.copy?.log.at(0))],
    ["log_end_lsn", nvarchar(24), (d) => hexLsn(d.copy?.log.at(-1))],
    ["current_vlf_sequence_number", bigint, (d) => d.copy?.log.at(-1)?.virtualLogFile ?? 1],
    ["current_vlf_size_mb", float, () => virtualLogFileKb / megabyteKb],
    ["total_vlf_count", bigint, (_, { server }) => logSizeKb(server) / virtualLogFileKb],
    ["total_log_size_mb", float, (_, { server }) => logSizeKb(server) / megabyteKb],
    [
      "active_vlf_count",
      bigint,
      (_, { server }) => Math.floor(usedLogKb(server) / virtualLogFileKb) + 1,
    ],
    ["active_log_size_mb", float, (_, { server }) => usedLogKb(server) / megabyteKb],
    ["log_truncation_holdup_reason", description, logReuseWait],
    [
      "log_backup_time",
      datetime,
      (d, context) =>
        d.copy === null ? null : localTime(lastLogBackupMs(context.server), context),
    ],
    ["log_since_last_log_backup_mb", float, (_, { server }) => usedLogKb(server) / megabyteKb],
  ],
});

export const dmDbLogSpaceUsage = defineView<CatalogContext>({
  name: "sys.dm_db_log_space_usage",
  access: "serverState",
  items: (context) => [context],
  cells: [
    ["database_id", smallint, currentDatabaseId],
    ["total_log_size_in_bytes", bigint, ({ server }) => logSizeKb(server) * 1024],
    ["used_log_space_in_bytes", bigint, ({ server }) => usedLogKb(server) * 1024],
    [
      "used_log_space_in_percent",
      float,
      ({ server }) => (100 * usedLogKb(server)) / logSizeKb(server),
    ],
    ["log_space_in_bytes_since_last_backup", bigint, ({ server }) => usedLogKb(server) * 1024],
  ],
});

function currentDatabaseId({ state, server, asker }: CatalogContext): SqlValue {
  return findDatabase(state, server, asker.currentDatabase)?.id ?? null;
}

function sameId(id: number, argument: SqlValue | undefined): boolean {
  return argument !== undefined && argument !== null && Number(argument) === id;
}
