// Keeps an old copy from being written by disabling its applications' logins, and undoes exactly that: for script files.
import { visibleText } from "../visible-text.ts";
import type { Check, GuardedPlace } from "./guard.ts";
import { contextChecks, guardLines, guardNumbers } from "./guard.ts";
import { linkGroupId } from "./link-queries.ts";
import { quoteName, scriptString } from "./quote.ts";
import { groupIdOn } from "../plan/planned-server.ts";

/**
 * Disables every SQL, Windows and Entra login that has a user in one of the link's databases, but for sysadmin, the login that
 * runs it and those disabled already. Which ones: the members of a server role of its own ("CREATE SERVER ROLE"), which grants
 * nothing and outlives a restart.
 */
export function closeOldCopyBatch(place: GuardedPlace): string {
  const role = memoryRole(place);
  const { databases } = place.link;
  return [
    ...guardLines(
      [...contextChecks(place), linkIsGone(place), ...databases.map(isOnline)],
      "close",
    ),
    "DECLARE @logins TABLE (name sysname NOT NULL);",
    ...databases.flatMap((database, index) => [
      `DECLARE @query${index} nvarchar(max) = ${loginsOf(database)};`,
      `INSERT INTO @logins (name) EXEC (@query${index});`,
    ]),
    "DECLARE @login sysname, @command nvarchar(max);",
    ...upToFirstRefusal([
      `IF NOT ${exists(role)}`,
      `    EXEC (N'CREATE SERVER ROLE ${quoteName(role)};');`,
      "WHILE EXISTS (SELECT 1 FROM @logins)",
      "BEGIN",
      "    SET @login = (SELECT MIN(name) FROM @logins);",
      // The member first: a batch that breaks off between the two leaves nothing disabled that is not remembered.
      `    SET @command = N'ALTER SERVER ROLE ${quoteName(role)} ADD MEMBER ' + QUOTENAME(@login) + N';';`,
      "    EXEC (@command);",
      "    SET @command = N'ALTER LOGIN ' + QUOTENAME(@login) + N' DISABLE;';",
      "    EXEC (@command);",
      "    PRINT N'Disabled: ' + @login;",
      "    DELETE FROM @logins WHERE name = @login;",
      "END;",
    ]),
    `PRINT ${scriptString(visibleText(`Remembered as the members of the server role ${role} on ${place.server.serverName}. End their sessions, which stay open:`))};`,
    "SELECT s.session_id, s.login_name, s.host_name, s.program_name",
    "FROM sys.dm_exec_sessions AS s",
    `WHERE s.is_user_process = 1 AND s.login_name IN (${members("p.name", role)});`,
  ].join("\n");
}

/** Enables the members of that role, takes them out of it, and drops it. A second run changes nothing. */
export function reopenOldCopyBatch(place: GuardedPlace): string {
  const role = memoryRole(place);
  return [
    ...guardLines(contextChecks(place), "reopen"),
    "DECLARE @login sysname, @command nvarchar(max);",
    ...upToFirstRefusal([
      `SET @login = (${members("MIN(p.name)", role)});`,
      "WHILE @login IS NOT NULL",
      "BEGIN",
      // Enabled first: a batch that breaks off between the two still knows whom it owes it.
      "    SET @command = N'ALTER LOGIN ' + QUOTENAME(@login) + N' ENABLE;';",
      "    EXEC (@command);",
      `    SET @command = N'ALTER SERVER ROLE ${quoteName(role)} DROP MEMBER ' + QUOTENAME(@login) + N';';`,
      "    EXEC (@command);",
      "    PRINT N'Enabled: ' + @login;",
      `    SET @login = (${members("MIN(p.name)", role)});`,
      "END;",
      `IF ${exists(role)}`,
      `    EXEC (N'DROP SERVER ROLE ${quoteName(role)};');`,
    ]),
  ].join("\n");
}

/** A refused statement ends only itself outside TRY, and the next one would act on what it did not do. */
function upToFirstRefusal(lines: readonly string[]): readonly string[] {
  return ["BEGIN TRY", ...lines, "END TRY", "BEGIN CATCH", "    THROW;", "END CATCH;"];
}

/** Of the role: SUSER_ID is documented for logins alone. */
function exists(role: string): string {
  return `EXISTS (SELECT 1 FROM sys.server_principals AS r WHERE r.type = 'R' AND r.name = ${scriptString(role)})`;
}

/** Its own for each link and side, of characters that need no escape. */
function memoryRole({ link, side }: GuardedPlace): string {
  return `mi-link-closed-${groupIdOn(link, side)
    .replaceAll(/[^0-9a-fA-F]/g, "")
    .toLowerCase()}`;
}

/** While the link is there the old copy may be the one that everybody works with. */
function linkIsGone({ link, server }: GuardedPlace): Check {
  return {
    number: guardNumbers.linkIdentity,
    verdict: "Refused",
    seen: `ISNULL(${linkGroupId(link)}, N'gone')`,
    wanted: ["gone"],
    what: `the link ${link.name} on ${server.serverName}`,
    remedy: "Nothing was changed. Remove the link first.",
  };
}

function isOnline(database: string): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `(SELECT d.state_desc FROM sys.databases AS d WHERE d.name = ${scriptString(database)})`,
    wanted: ["ONLINE"],
    what: `the state of ${database}`,
    remedy:
      "Nothing was changed. A copy that is not ONLINE cannot be written; there is nothing to close.",
  };
}

/**
 * A query as text, sent only after the guard: a database that cannot be opened would end the whole batch. A login whose
 * membership in sysadmin is not known is left alone.
 */
function loginsOf(database: string): string {
  const query = [
    "SELECT DISTINCT p.name FROM sys.server_principals AS p",
    `JOIN ${quoteName(database)}.sys.database_principals AS u ON u.sid = p.sid`,
    "WHERE p.type IN ('S', 'U', 'E') AND p.is_disabled = 0",
    "AND p.name <> ORIGINAL_LOGIN() AND p.name <> SUSER_SNAME()",
    "AND ISNULL(IS_SRVROLEMEMBER(N'sysadmin', p.name), 1) = 0",
  ].join(" ");
  return scriptString(query);
}

function members(what: string, role: string): string {
  return `SELECT ${what} FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = ${scriptString(role)}`;
}
