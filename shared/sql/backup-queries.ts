// The question for a database's full backups that the service took on an instance.
import { scriptString } from "./quote.ts";

/**
 * One row per backup: database_name, backup_finish_date (datetime in the instance's own zone). `since` is a T-SQL expression
 * of the instance's own clock; undefined leaves the time to the reader.
 */
export function fullBackupSince(databases: readonly string[], since: string | undefined): string {
  const names = databases.map((name) => scriptString(name)).join(", ");
  return [
    "SELECT b.database_name, b.backup_finish_date",
    "FROM msdb.dbo.backupset AS b",
    `WHERE b.type = 'D' AND b.is_copy_only = 0 AND b.database_name IN (${names})`,
    ...(since === undefined ? [] : [`  AND b.backup_finish_date > ${since}`]),
    "ORDER BY b.backup_finish_date DESC;",
  ].join("\n");
}
