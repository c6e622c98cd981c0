// Disables logins and remembers which, and enables exactly those again: for script files.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./guard.ts";
import { guardLines } from "./guard.ts";
import { quoteName, scriptString } from "./quote.ts";

export interface Reopening {
  /** The server role whose members are the logins that were disabled; it grants nothing and outlives a restart. */
  readonly role: string;
  /** Keeps the variables of the guard apart from others. */
  readonly guard: string;
  readonly checks: readonly Check[];
}

export interface Closing extends Reopening {
  readonly serverName: string;
  /** Lines that put the names of the logins into @logins. */
  readonly find: readonly string[];
}

/**
 * The end of a query over sys.server_principals AS p. Left alone: sysadmin, also where that is not known, who runs it, what is
 * disabled already, and groups.
 */
export const mayBeDisabled: readonly string[] = [
  "WHERE p.type IN ('S', 'U', 'E') AND p.is_disabled = 0",
  "AND p.name <> ORIGINAL_LOGIN() AND p.name <> SUSER_SNAME()",
  "AND ISNULL(IS_SRVROLEMEMBER(N'sysadmin', p.name), 1) = 0",
];

/** Of characters that need no escape. */
export function roleFor(what: "closed" | "kept-out", groupId: string): string {
  return `mi-link-${what}-${groupId.replaceAll(/[^0-9a-fA-F]/g, "").toLowerCase()}`;
}

export function disableLoginsBatch({ serverName, role, guard, checks, find }: Closing): string {
  return [
    ...guardLines(checks, guard),
    "DECLARE @logins TABLE (name sysname NOT NULL);",
    ...find,
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
    `PRINT ${scriptString(visibleText(`Remembered as the members of the server role ${role} on ${serverName}. End their sessions, which stay open:`))};`,
    "SELECT s.session_id, s.login_name, s.host_name, s.program_name",
    "FROM sys.dm_exec_sessions AS s",
    `WHERE s.is_user_process = 1 AND s.login_name IN (${members("p.name", role)});`,
  ].join("\n");
}

/** Enables the members of that role, takes them out of it, and drops it. A second run changes nothing. */
export function enableLoginsBatch({ role, guard, checks }: Reopening): string {
  return [
    ...guardLines(checks, guard),
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

function members(what: string, role: string): string {
  return `SELECT ${what} FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = ${scriptString(role)}`;
}
