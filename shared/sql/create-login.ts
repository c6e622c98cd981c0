// T-SQL that creates a login on the side that lacks it: for script files. It holds no password and does nothing before one is typed.
import type { Check } from "./guard.ts";
import { contextChecks, executeLines, guardLines, guardNumbers } from "./guard.ts";
import { quoteName, scriptString } from "./quote.ts";

/** What stands where a person must type. */
export const placeholders = {
  password: "<type the password>",
  entraName: "<type the name in Microsoft Entra>",
} as const;

export interface NewLogin {
  /** Where it is created. */
  readonly serverName: string;
  readonly name: string;
  /** As T-SQL writes it. */
  readonly sid: string;
}

/** With the SID of the databases' users, so that they are its own. */
export function createSqlLogin(login: NewLogin): string {
  return [
    ...guard(login, isFree(login)),
    ...typed("@password", placeholders.password, `the password of ${login.name}`),
    `DECLARE @statement nvarchar(max) = ${scriptString(`CREATE LOGIN ${quoteName(login.name)} WITH PASSWORD = N`)}`,
    `    + QUOTENAME(@password, N'''') + ${scriptString(`, SID = ${login.sid};`)};`,
    "EXEC (@statement);",
    created(login.name),
  ].join("\n");
}

/** `from`: who vouches for it. Its SID follows from that. */
export function createLoginFrom(login: NewLogin, from: "EXTERNAL PROVIDER" | "WINDOWS"): string {
  return [
    ...guard(login, isFree(login)),
    ...executeLines(`CREATE LOGIN ${quoteName(login.name)} FROM ${from};`),
    created(login.name),
  ].join("\n");
}

/** A Windows login on an instance: what it is called in Microsoft Entra is not written anywhere here. */
export function createEntraLogin(login: NewLogin): string {
  return [
    ...guard(login),
    ...typed("@entraName", placeholders.entraName, `the Microsoft Entra name of ${login.name}`),
    "DECLARE @statement nvarchar(max) = N'CREATE LOGIN ' + QUOTENAME(@entraName) + N' FROM EXTERNAL PROVIDER;';",
    "EXEC (@statement);",
    "PRINT N'Created: ' + @entraName;",
  ].join("\n");
}

/** For a comment: nobody but its administrator knows what else it owns. */
export function dropLogin(name: string): string {
  return `DROP LOGIN ${quoteName(name)};`;
}

/** For a comment: once the database can be written on the instance. */
export function mapUser(database: string, user: string): string {
  return `USE ${quoteName(database)}; ALTER USER ${quoteName(user)} WITH LOGIN = [the name in Microsoft Entra];`;
}

function guard({ serverName }: NewLogin, ...more: readonly Check[]): string[] {
  return guardLines([...contextChecks({ server: { serverName } }), ...more], "guard");
}

/** A second run, and a login that somebody made by name alone, end here. */
function isFree({ serverName, name, sid }: NewLogin): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `CASE WHEN EXISTS (SELECT 1 FROM sys.server_principals AS p WHERE p.sid = ${sid}) THEN N'there with the SID of the users'
    WHEN EXISTS (SELECT 1 FROM sys.server_principals AS p WHERE p.name = ${scriptString(name)}) THEN N'there with another SID'
    ELSE N'not there' END`,
    wanted: ["not there"],
    what: `the login ${name} on ${serverName}`,
    remedy: "Nothing was changed.",
  };
}

/** sysname: 128 units, as many as QUOTENAME takes. */
function typed(variable: string, placeholder: string, what: string): string[] {
  return [
    `DECLARE ${variable} nvarchar(128) = ${scriptString(placeholder)};`,
    `IF ISNULL(${variable}, N'') IN (N'', ${scriptString(placeholder)})`,
    "BEGIN",
    `    DECLARE @refusal nvarchar(2048) = ${scriptString(`Refused: type ${what} into this batch first. Nothing was changed.`)};`,
    `    THROW ${guardNumbers.action}, @refusal, 1;`,
    "END;",
  ];
}

function created(name: string): string {
  return `PRINT N'Created: ' + ${scriptString(name)};`;
}
