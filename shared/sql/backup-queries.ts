// The questions for a database's full backups that the service took on an instance.
import { scriptString } from "./quote.ts";

const serviceOwn = "b.type = 'D' AND b.is_copy_only = 0";

/** One row per backup, the newest first: database_name, backup_finish_date (datetime in the instance's own zone). */
export function fullBackups(databases: readonly string[]): string {
  const names = databases.map((name) => scriptString(name)).join(", ");
  return [
    "SELECT b.database_name, b.backup_finish_date",
    "FROM msdb.dbo.backupset AS b",
    `WHERE ${serviceOwn} AND b.database_name IN (${names})`,
    "ORDER BY b.backup_finish_date DESC;",
  ].join("\n");
}

/** How many there are of one database since a T-SQL expression of the instance's own clock. */
export function fullBackupsSince(database: string, since: string): string {
  return `(SELECT COUNT(*)
    FROM msdb.dbo.backupset AS b
    WHERE ${serviceOwn} AND b.database_name = ${scriptString(database)}
      AND b.backup_finish_date > ${since})`;
}
