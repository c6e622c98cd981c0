// The newest full backup of every database that is no copy-only one, beside the server's own clock.
import { z } from "zod";
import type { Query } from "./query.ts";

export interface FullBackupRow {
  readonly now: string;
  readonly databaseName: string | null;
  readonly finishedAt: string | null;
}

/** One row at least: the clock. backup_finish_date is in the server's own zone, as GETDATE() is. */
export const fullBackupsQuery: Query<FullBackupRow> = {
  name: "full backups",
  text: `
SELECT
  CONVERT(varchar(33), GETDATE(), 126) AS now,
  b.database_name AS databaseName,
  CONVERT(varchar(33), MAX(b.backup_finish_date), 126) AS finishedAt
FROM (SELECT 1 AS one) AS clock
LEFT JOIN msdb.dbo.backupset AS b ON b.type = 'D' AND b.is_copy_only = 0
GROUP BY b.database_name;`,
  row: z.object({
    now: z.string(),
    databaseName: z.string().nullable(),
    finishedAt: z.string().nullable(),
  }),
};
