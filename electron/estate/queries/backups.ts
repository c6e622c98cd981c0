// The last backup of each database and type in the server's own history.
import { z } from "zod";
import type { LastBackup } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** How far back the history is read: msdb of a busy server holds millions of rows, and older ones answer no question here. */
export const backupHistoryDays = 30;

/** backup_finish_date is in the server's own zone, as GETDATE() is. Needs SELECT on msdb.dbo.backupset. */
export const backupsQuery: Query<LastBackup> = {
  name: "backup history",
  text: `
SELECT
  b.database_name AS databaseName,
  b.type AS type,
  b.is_copy_only AS isCopyOnly,
  CONVERT(varchar(33), MAX(b.backup_finish_date), 126) AS finishedAt,
  DATEDIFF(second, MAX(b.backup_finish_date), GETDATE()) AS ageSeconds
FROM msdb.dbo.backupset AS b
WHERE b.type IN ('D', 'I', 'L')
  AND b.backup_finish_date >= DATEADD(day, -${backupHistoryDays}, GETDATE())
GROUP BY b.database_name, b.type, b.is_copy_only
ORDER BY b.database_name, b.type, b.is_copy_only;`,
  row: z.object({
    databaseName: z.string(),
    type: z.enum(["D", "I", "L"]),
    isCopyOnly: bit,
    finishedAt: z.string(),
    ageSeconds: z.number(),
  }),
};
