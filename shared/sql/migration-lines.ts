// T-SQL about a database that has just moved to an instance: what a script reads there, and what its administrator may do next.
import type { UserWithoutLogin } from "../run/migration-seen.ts";
import { quoteName, scriptComment, scriptString } from "./quote.ts";

/** The users of one database whose login this server does not have: name, type, sid. `columns` is the select list. */
export function usersWithoutLogin(database: string, columns: string): string {
  return [
    `SELECT ${columns}`,
    `FROM ${quoteName(database)}.sys.database_principals AS p`,
    // 1 to 4 are dbo, guest, INFORMATION_SCHEMA and sys. INSTANCE and WINDOWS: users that stand on a login of the server.
    "WHERE p.principal_id > 4 AND p.type IN ('S', 'U', 'E', 'X')",
    "  AND p.authentication_type_desc IN (N'INSTANCE', N'WINDOWS')",
    "  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)",
    "ORDER BY p.name;",
  ].join("\n");
}

/** For script files: the compatibility levels beside model's, and the users without a login. Changes nothing. */
export function migrationLines(databases: readonly string[]): string[] {
  const names = databases.map(scriptString).join(", ");
  return [
    `-- ${scriptComment("Changes nothing. model shows the level that a new database gets here.")}`,
    "SELECT d.name, d.compatibility_level",
    "FROM sys.databases AS d",
    `WHERE d.name IN (${names}, N'model')`,
    "ORDER BY d.database_id;",
    ...databases.flatMap((database, index) => [
      `-- ${scriptComment(`Users of ${database} without a login here.`)}`,
      // By EXEC: the name stands in it as an identifier, and a script holds no name literally that sqlcmd could read.
      `DECLARE @users${index} nvarchar(max) = ${scriptString(usersWithoutLogin(database, "p.name, p.type_desc, p.sid"))};`,
      `EXEC (@users${index});`,
    ]),
  ];
}

/** Shown, never sent. */
export function raiseCompatibilityLevel(database: string, level: number): string {
  return `ALTER DATABASE ${quoteName(database)} SET COMPATIBILITY_LEVEL = ${String(level)};`;
}

/** Shown, never sent. */
export function updateStatistics(database: string): string {
  return `EXEC ${quoteName(database)}.sys.sp_updatestats;`;
}

/** Shown, never sent: a login with the same SID makes the user work as it is. It holds no password and does not run without one. */
export function loginFor({ name, type, sid }: UserWithoutLogin): string {
  const login = `CREATE LOGIN ${quoteName(name)}`;
  return type === "S"
    ? `${login} WITH PASSWORD = /* your own */, SID = ${sid};`
    : `${login} FROM EXTERNAL PROVIDER;`;
}
