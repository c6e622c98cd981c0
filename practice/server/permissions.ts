// What the practice login may do: everything, less what the scenario takes away; and the refusals SQL Server words for it.
import { SqlError } from "../sql-types.ts";
import type { ServerState } from "../world/state.ts";
import { releaseOf } from "../world/versions.ts";

/** A permission and those that include it ("Database Engine permissions", GRANT server permissions). */
const includedIn: Readonly<Record<string, readonly string[]>> = {
  "VIEW SERVER PERFORMANCE STATE": ["VIEW SERVER STATE"],
  "VIEW SERVER SECURITY STATE": ["VIEW SERVER STATE"],
  "VIEW SERVER STATE": ["ALTER SERVER STATE"],
  "VIEW ANY DEFINITION": ["CONTROL SERVER"],
  "ALTER SERVER STATE": ["CONTROL SERVER"],
  "ALTER ANY AVAILABILITY GROUP": ["CONTROL SERVER"],
  "ALTER ANY DATABASE": ["CONTROL SERVER"],
  "CREATE ANY DATABASE": ["ALTER ANY DATABASE"],
  "ALTER ANY CREDENTIAL": ["CONTROL SERVER"],
  "ALTER ANY CONNECTION": ["CONTROL SERVER"],
  "ALTER ANY ENDPOINT": ["CONTROL SERVER"],
  "ALTER ANY LINKED SERVER": ["CONTROL SERVER"],
  "ALTER ANY LOGIN": ["CONTROL SERVER"],
  "ALTER ANY SERVER ROLE": ["CONTROL SERVER"],
  "CREATE SERVER ROLE": ["ALTER ANY SERVER ROLE"],
  "VIEW ANY DATABASE": ["CONTROL SERVER"],
  "CONNECT SQL": ["CONTROL SERVER"],
  "CREATE AVAILABILITY GROUP": ["ALTER ANY AVAILABILITY GROUP"],
  "CONTROL SERVER": [],
};

/** Whether `deniedPermissions` can name it: a server permission, or one on a database with the database's name behind it. */
export function isPermission(name: string): boolean {
  return Object.hasOwn(includedIn, name.toUpperCase()) || onDatabases.test(name);
}

const onDatabases = /^(CONNECT|SELECT|BACKUP DATABASE|BACKUP LOG) ./iu;

/** Permissions that came with SQL Server 2022 and its managed instance. */
const since2022: ReadonlySet<string> = new Set([
  "VIEW SERVER PERFORMANCE STATE",
  "VIEW SERVER SECURITY STATE",
]);

export interface Permissions {
  readonly isSysadmin: boolean;
  /** A server permission: null when the version does not know it. */
  server(permission: string): 0 | 1 | null;
  /** ALTER, CONTROL, VIEW DEFINITION or TAKE OWNERSHIP on an availability group. */
  onGroup(permission: string): 0 | 1 | null;
  /** A permission on a database, such as BACKUP LOG or SELECT. */
  onDatabase(database: string, permission: string): 0 | 1;
  readonly seesDefinitions: boolean;
  /** The server state the performance views ask for. */
  readonly seesServerState: boolean;
  readonly serverStatePermission: "VIEW SERVER STATE" | "VIEW SERVER PERFORMANCE STATE";
  /** CONNECT to the database: 916 without it. */
  mayOpen(database: string): boolean;
}

/**
 * Reads `deniedPermissions`: names of server permissions, or `<PERMISSION> <database>` for one in a database, as
 * `CONNECT msdb` and `SELECT msdb`. A scenario that denies nothing makes the login sysadmin.
 */
export function permissionsOf(server: ServerState): Permissions {
  const denied = new Set(server.deniedPermissions.map((name) => name.toUpperCase()));
  const newViews = releaseOf(server).year >= 2022;
  // DENY on a permission denies all that it includes.
  const holds = (permission: string): boolean =>
    !denied.has(permission) && (includedIn[permission] ?? []).every(holds);
  const serverStatePermission = newViews ? "VIEW SERVER PERFORMANCE STATE" : "VIEW SERVER STATE";
  const isSysadmin = denied.size === 0;
  const onServer = (permission: string): 0 | 1 | null => {
    const name = permission.toUpperCase();
    if (!(name in includedIn) || (since2022.has(name) && !newViews)) return null;
    // CONTROL SERVER includes all others, so a login that lacks one does not have it.
    return (name === "CONTROL SERVER" ? isSysadmin : holds(name)) ? 1 : 0;
  };
  return {
    isSysadmin,
    server: onServer,
    onGroup: (permission) => onGroup(permission.toUpperCase(), holds),
    onDatabase: (database, permission) =>
      denied.has(`${permission} ${database}`.toUpperCase()) ||
      denied.has(`CONNECT ${database}`.toUpperCase())
        ? 0
        : 1,
    seesDefinitions: holds("VIEW ANY DEFINITION"),
    seesServerState: holds(serverStatePermission),
    serverStatePermission,
    mayOpen: (database) => !denied.has(`CONNECT ${database}`.toUpperCase()),
  };
}

function onGroup(permission: string, holds: (name: string) => boolean): 0 | 1 | null {
  switch (permission) {
    case "ALTER":
    case "CONTROL":
    case "TAKE OWNERSHIP":
      return holds("ALTER ANY AVAILABILITY GROUP") ? 1 : 0;
    case "VIEW DEFINITION":
      return holds("VIEW ANY DEFINITION") ? 1 : 0;
    default:
      return null;
  }
}

/** Msg 300; the server sends 297 after it (see `afterwards`). */
export function serverStateDenied(permission: string): SqlError {
  return new SqlError(
    300,
    `${permission} permission was denied on object 'server', database 'master'.`,
    { severity: 14 },
  );
}

/** Msg 297, which follows 300. */
export const actionDenied = {
  number: 297,
  severity: 16,
  state: 1,
  text: "The user does not have permission to perform this action.",
} as const;

/** Msg 229. */
export function selectDenied(object: string, database: string): SqlError {
  return new SqlError(
    229,
    `The SELECT permission was denied on the object '${object}', database '${database}', schema 'dbo'.`,
    { severity: 14, state: 5 },
  );
}

/** Msg 916. */
export function databaseDenied(login: string, database: string): SqlError {
  return new SqlError(
    916,
    `The server principal "${login}" is not able to access the database "${database}" under the current security context.`,
    { severity: 14, state: 2 },
  );
}

/** Msg 15151: the server does not tell a missing thing from a missing permission. */
export function absentOrDenied(
  verb: "alter" | "drop" | "add",
  thing: string,
  name: string,
): SqlError {
  return new SqlError(
    15151,
    `Cannot ${verb} the ${thing} '${name}', because it does not exist or you do not have permission.`,
  );
}

/** Msg 2571: TRACEON and TRACEOFF are for sysadmin. */
export function dbccDenied(login: string, command: string): SqlError {
  return new SqlError(2571, `User '${login}' does not have permission to run DBCC ${command}.`, {
    severity: 14,
    state: 3,
  });
}
