// The newest full backup of every database that is no copy-only one.
import { z } from "zod";
import type { Query } from "./query.ts";

export interface FullBackupRow {
  readonly databaseName: string;
  readonly finishedAt: string;
}

/** backup_finish_date is in the server's own zone, as GETDATE() is. Needs SELECT on msdb.dbo.backupset. */
export const fullBackupsQuery: Query<FullBackupRow> = {
  name: "full backups",
  text: `
SELECT
  b.database_name AS databaseName,
  CONVERT(varchar(33), MAX(b.backup_finish_date), 126) AS finishedAt
FROM msdb.dbo.backupset AS b
WHERE b.type = 'D' AND b.is_copy_only = 0
GROUP BY b.database_name;`,
  row: z.object({ databaseName: z.string(), finishedAt: z.string() }),
};
