// Whether a session may work in a database now, and what DATABASEPROPERTYEX says of it.
import { SqlError, type SqlValue } from "../sql-types.ts";
import { findDatabase, isInGroup, type Database } from "../catalog/databases.ts";
import { collation, recoveryModel, stateOf } from "../catalog/sys-databases.ts";
import type { SessionContext } from "../tsql/host.ts";
import { onlyStandsThere } from "../world/bystanders.ts";
import { databaseRole, shownUpdateability } from "../world/sides.ts";
import type { Role, ServerState } from "../world/state.ts";
import { databaseDenied, permissionsOf } from "./permissions.ts";
import type { ServerParts } from "./server-parts.ts";

/** Who wants to open a database. `hasReadIntent`: the connection string says ApplicationIntent=ReadOnly. */
export interface Opener {
  readonly login: string;
  readonly hasReadIntent: boolean;
}

/** A session as the opener of a database. */
export function openerOf(parts: ServerParts, { login, sessionId }: SessionContext): Opener {
  return { login, hasReadIntent: parts.clients.get(sessionId)?.readOnlyIntent ?? false };
}

/** The database's own spelling. Throws 911, 916, 922, 927, 976, 978 or 983. */
export function openDatabase(parts: ServerParts, name: string, opener: Opener): string {
  const { state } = parts.world;
  const server = state[parts.key];
  const database = findDatabase(state, server, name);
  if (database === undefined) {
    throw new SqlError(
      911,
      `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
    );
  }
  if (!permissionsOf(server).mayOpen(database.name)) {
    throw databaseDenied(opener.login, database.name);
  }
  const closed = whyClosed(database, { server, role: databaseRole(state, server) }, opener);
  if (closed !== undefined) throw closed;
  return database.name;
}

interface Holder {
  readonly server: ServerState;
  readonly role: Role;
}

function whyClosed(database: Database, holder: Holder, opener: Opener): SqlError | undefined {
  const { name } = database;
  if (database.bystander !== undefined) return onlyStandsThere(`the database '${name}'`);
  if (database.copy === null) return undefined;
  switch (stateOf(database)) {
    case "RESTORING":
      return refused(927, `Database '${name}' cannot be opened. It is in the middle of a restore.`);
    case "RECOVERING":
      return refused(
        922,
        `Database '${name}' is being recovered. Waiting until recovery is finished.`,
      );
    case "ONLINE":
      return isInGroup(holder.server) ? closedInRole(name, holder, opener) : undefined;
  }
}

/** A database in a group opens on the primary, and on a secondary as far as ALLOW_CONNECTIONS lets it. */
function closedInRole(
  name: string,
  { server, role }: Holder,
  { hasReadIntent }: Opener,
): SqlError | undefined {
  switch (role) {
    case "PRIMARY":
      return undefined;
    case "RESOLVING":
      return refused(
        983,
        `Unable to access availability database '${name}' because the database replica is not in the PRIMARY or SECONDARY role. Connections to an availability database is permitted only when the database replica is in the PRIMARY or SECONDARY role. Try the operation again later.`,
      );
    case "SECONDARY":
      if (server.secondaryAllowConnections === "NO") {
        return refused(
          976,
          `The target database, '${name}', is participating in an availability group and is currently not accessible for queries. Either data movement is suspended or the availability replica is not enabled for read access. To allow read-only access to this and other databases in the availability group, enable read access to one or more secondary availability replicas in the group.  For more information, see the ALTER AVAILABILITY GROUP statement in SQL Server Books Online.`,
        );
      }
      return server.secondaryAllowConnections === "READ_ONLY" && !hasReadIntent
        ? refused(
            978,
            `The target database ('${name}') is in an availability group and is currently accessible for connections when the application intent is set to read only. For more information about application intent, see SQL Server Books Online.`,
          )
        : undefined;
  }
}

function refused(number: number, text: string): SqlError {
  return new SqlError(number, text, { severity: 14 });
}

function updateabilityOf({ copy, bystander }: Database, server: ServerState): SqlValue {
  if (copy !== null) return shownUpdateability(server);
  return bystander?.link?.role === "SECONDARY" ? "READ_ONLY" : "READ_WRITE";
}

/** DATABASEPROPERTYEX: null for an unknown database or property. */
export function databaseProperty(parts: ServerParts, name: string, property: string): SqlValue {
  const { state } = parts.world;
  const server = state[parts.key];
  const database = findDatabase(state, server, name);
  if (database === undefined) return null;
  const values: Readonly<Record<string, SqlValue>> = {
    collation,
    isautoclose: 0,
    isautoshrink: 0,
    isinstandby: 0,
    isfulltextenabled: 0,
    recovery: recoveryModel(database),
    status: stateOf(database),
    updateability: updateabilityOf(database, server),
    useraccess: "MULTI_USER",
  };
  return values[property.toLowerCase()] ?? null;
}
