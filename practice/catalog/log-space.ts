// sys.dm_db_log_stats() and sys.dm_db_log_space_usage: how full the log is and why it cannot be cut.
import type { SqlValue } from "../sql-types.ts";
import type { LogBlock, ServerState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { chainHead } from "../world/log-chain.ts";
import { lsn } from "../world/log.ts";
import { databaseRole } from "../world/sides.ts";
import { databasesOf, findDatabase, isInGroup, type Database } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { logReuseWait, recoveryModel } from "./sys-databases.ts";
import { bigint, datetime, description, float, int, nvarchar, smallint } from "./types.ts";
import { defineView, type Cell } from "./view.ts";

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

/** `00000025:00000a68:0003`, as the log functions write the LSN whose 25 digits are 10 + 10 + 5 of the same three numbers. */
export function hexLsn(digits: string): string {
  const hex = (from: number, to: number, width: number) =>
    BigInt(digits.slice(from, to)).toString(16).padStart(width, "0");
  return `${hex(0, 10, 8)}:${hex(10, 20, 8)}:${hex(20, 25, 4)}`;
}

/** The last record of a block: its commit, where it has one. */
function lastRecord(block: LogBlock | undefined): string | null {
  return block === undefined ? null : hexLsn(lsn(block, block.commits.at(-1)?.slot ?? 1));
}

/** NULL and DEFAULT mean the current database. A database that is not started has no row. */
function databaseAsked(
  { state, server, asker }: CatalogContext,
  argument: SqlValue | undefined,
): readonly Database[] {
  const found =
    argument === null || argument === undefined
      ? findDatabase(state, server, asker.currentDatabase)
      : databasesOf(state, server).find(({ id }) => id === Number(argument));
  return found === undefined || (found.copy?.state ?? "ONLINE") !== "ONLINE" ? [] : [found];
}

type LogCell = Cell<Database>[2];

/** "sys.dm_db_log_stats", Remarks: of a secondary copy all but three columns are NULL. */
const ownLog =
  (value: LogCell): LogCell =>
  (database, context) => {
    const { state, server } = context;
    const isSecondary =
      database.copy !== null && isInGroup(server) && databaseRole(state, server) !== "PRIMARY";
    return isSecondary ? null : value(database, context);
  };

const vlfMb = virtualLogFileKb / megabyteKb;
const usedMb: LogCell = (_, { server }) => usedLogKb(server) / megabyteKb;
const firstLsn: LogCell = ({ copy }) => lastRecord(copy?.log.at(0));

/** Of the linked database alone; a system database saves no log. */
const ofLogBackup =
  (value: (context: CatalogContext) => SqlValue): LogCell =>
  ({ copy }, context) =>
    copy === null ? null : value(context);

export const dmDbLogStats = defineView<Database>({
  name: "sys.dm_db_log_stats",
  access: "serverState",
  argumentCount: 1,
  items: (context, [databaseId]) => databaseAsked(context, databaseId),
  cells: [
    ["database_id", int, (d) => d.id],
    ["recovery_model", description, recoveryModel],
    ["log_min_lsn", nvarchar(24), ownLog(firstLsn)],
    ["log_end_lsn", nvarchar(24), ownLog(({ copy }) => lastRecord(copy?.log.at(-1)))],
    [
      "current_vlf_sequence_number",
      bigint,
      ownLog(({ copy }) => copy?.log.at(-1)?.virtualLogFile ?? 1),
    ],
    ["current_vlf_size_mb", float, ownLog(() => vlfMb)],
    ["total_vlf_count", bigint, ownLog((_, { server }) => logSizeKb(server) / virtualLogFileKb)],
    ["total_log_size_mb", float, ownLog((_, { server }) => logSizeKb(server) / megabyteKb)],
    [
      "active_vlf_count",
      bigint,
      ownLog((_, { server }) => Math.floor(usedLogKb(server) / virtualLogFileKb) + 1),
    ],
    ["active_log_size_mb", float, ownLog(usedMb)],
    ["log_truncation_holdup_reason", description, ownLog(logReuseWait)],
    [
      "log_backup_time",
      datetime,
      ofLogBackup((context) => localTime(lastLogBackupMs(context.server), context)),
    ],
    [
      "log_backup_lsn",
      nvarchar(24),
      ownLog(
        ofLogBackup(({ state, server }) => {
          const head = chainHead(state, server.key);
          return head === null ? null : hexLsn(head);
        }),
      ),
    ],
    ["log_since_last_log_backup_mb", float, ownLog(usedMb)],
    ["log_checkpoint_lsn", nvarchar(24), ownLog(firstLsn)],
    ["log_since_last_checkpoint_mb", float, ownLog(usedMb)],
    ["log_recovery_lsn", nvarchar(24), ownLog(firstLsn)],
    ["log_recovery_size_mb", float, ownLog(usedMb)],
    ["recovery_vlf_count", bigint, ownLog(() => 1)],
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
