// What a copy shows before it is saved: forks and the end of its log, and its backups since the newest full one.
import { z } from "zod";
import type { BackupSet } from "../../../shared/repair/copy-to-save.ts";
import { quoteString } from "../../../shared/sql/quote.ts";
import { lsnOfHexGroups } from "../../../shared/sql/lsn.ts";
import type { Query } from "./query.ts";
import { bit, lsn } from "./query.ts";

export interface RecoveryRow {
  readonly name: string;
  readonly databaseGuid: string | null;
  readonly recoveryForkGuid: string | null;
  readonly lastLogBackupLsn: string | null;
  readonly logEndLsn: string | null;
}

/** sys.dm_db_log_stats: SQL Server 2016 SP2 and later, and an instance. */
export function recoveryQuery(databases: readonly string[]): Query<RecoveryRow> {
  return {
    name: "recovery status",
    text: `
SELECT
  d.name AS name,
  CAST(r.database_guid AS nvarchar(36)) AS databaseGuid,
  CAST(r.recovery_fork_guid AS nvarchar(36)) AS recoveryForkGuid,
  CAST(r.last_log_backup_lsn AS varchar(30)) AS lastLogBackupLsn,
  l.log_end_lsn AS logEndLsn
FROM sys.databases AS d
LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
OUTER APPLY sys.dm_db_log_stats(d.database_id) AS l
WHERE d.name IN (${listed(databases)});`,
    row: z.object({
      name: z.string(),
      databaseGuid: z.string().nullable(),
      recoveryForkGuid: z.string().nullable(),
      lastLogBackupLsn: lsn,
      logEndLsn: z
        .string()
        .nullable()
        .transform((text) => (text === null ? null : (lsnOfHexGroups(text) ?? null))),
    }),
  };
}

export type BackupSetRow = BackupSet & { readonly databaseName: string };

/** Needs SELECT on msdb.dbo.backupset and msdb.dbo.backupmediafamily. */
export function backupSetsQuery(databases: readonly string[]): Query<BackupSetRow> {
  return {
    name: "backup sets",
    text: `
SELECT
  b.database_name AS databaseName,
  b.type AS type,
  b.is_copy_only AS isCopyOnly,
  CAST(b.first_lsn AS varchar(30)) AS firstLsn,
  CAST(b.last_lsn AS varchar(30)) AS lastLsn,
  CAST(b.database_guid AS nvarchar(36)) AS databaseGuid,
  CAST(b.last_recovery_fork_guid AS nvarchar(36)) AS recoveryForkGuid,
  b.is_damaged AS isDamaged,
  m.physical_device_name AS path,
  b.position AS position
FROM msdb.dbo.backupset AS b
INNER JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
WHERE b.database_name IN (${listed(databases)})
  AND b.type IN ('D', 'I', 'L')
  AND m.family_sequence_number = 1
  AND b.backup_set_id >= ISNULL((
    SELECT MAX(f.backup_set_id)
    FROM msdb.dbo.backupset AS f
    WHERE f.database_name = b.database_name AND f.type = 'D' AND f.is_copy_only = 0), 0)
ORDER BY b.backup_set_id;`,
    row: z.object({
      databaseName: z.string(),
      type: z.enum(["D", "I", "L"]),
      isCopyOnly: bit.nullable().transform((value) => value ?? true),
      firstLsn: lsn,
      lastLsn: lsn,
      databaseGuid: z.string().nullable(),
      recoveryForkGuid: z.string().nullable(),
      // What is not told proves nothing.
      isDamaged: bit.nullable().transform((value) => value ?? true),
      path: z
        .string()
        .nullable()
        .transform((value) => value ?? ""),
      position: z
        .number()
        .nullable()
        .transform((value) => value ?? 1),
    }),
  };
}

function listed(databases: readonly string[]): string {
  return databases.map(quoteString).join(", ");
}
