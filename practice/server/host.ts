// The server behind the T-SQL front end: its tables, properties, permissions and statements.
import { allViews, restoredViews } from "../catalog/all.ts";
import { findDatabase } from "../catalog/databases.ts";
import { groupsOf } from "../catalog/groups.ts";
import type { View } from "../catalog/view.ts";
import type { SessionContext, TableDefinition, TsqlHost } from "../tsql/host.ts";
import type { RestoredDatabase } from "../world/state.ts";
import { releaseOf } from "../world/versions.ts";
import { databaseProperty, openDatabase, openerOf } from "./databases.ts";
import { permissionsOf, selectDenied, serverStateDenied } from "./permissions.ts";
import { globalVariable, serverProperty } from "./server-properties.ts";
import { catalogContext, stateOf, type ServerParts } from "./server-parts.ts";
import { isServerRoleMember } from "./server-roles.ts";
import { runStatement } from "./statements.ts";

/** Answers for `parts.key`, always with the world as it is at that moment. */
export function createHost(parts: ServerParts): TsqlHost {
  const { world, key, locks } = parts;
  const own = stateOf(parts);
  const views = new Map(allViews(world.state, own).map((view) => [view.definition, view]));
  const fixed = [...views.keys()];
  let known: readonly RestoredDatabase[] = [];
  let restored: ReadonlyMap<TableDefinition, View> = new Map();
  /** Restored databases come and go; their tables stay the same objects while they are there. */
  const viewsOfRestored = (): ReadonlyMap<TableDefinition, View> => {
    const now = stateOf(parts).restored;
    if (now !== known) {
      known = now;
      restored = new Map(now.flatMap(restoredViews).map((view) => [view.definition, view]));
    }
    return restored;
  };
  return {
    serverName: world.state[key].name,
    get tables() {
      return [...fixed, ...viewsOfRestored().keys()];
    },
    unknownFunctions: new Set(releaseOf(own).unknownFunctions),
    rows: (table, session, args, used) => {
      const view = viewsOfRestored().get(table) ?? viewOf(views, table);
      checkView(parts, view, session);
      return isEmpty(parts, view) ? [] : view.rows(catalogContext(parts, session), args, used);
    },
    serverProperty: (name) => serverProperty(stateOf(parts), name),
    databaseProperty: (database, property) => databaseProperty(parts, database, property),
    hasPermission: (session, securable, securableClass, permission) =>
      hasPermission(parts, session, { securable, securableClass, permission }),
    isServerRoleMember: (session, role, login) => isServerRoleMember(parts, session, role, login),
    applicationLockMode: (session, resource) =>
      locks.modeOf({ database: session.currentDatabase, resource }, session.sessionId) ?? "NoLock",
    globalVariable: (name, session) => globalVariable(stateOf(parts), name, session),
    now: () => ({ utcMs: world.state.nowMs, offsetMinutes: stateOf(parts).offsetMinutes }),
    openDatabase: (name, session) => openDatabase(parts, name, openerOf(parts, session)),
    run: (statement, session, signal) => runStatement(parts, statement, session, signal),
    wait: (delayMs, signal) => world.wait(delayMs, signal),
    received: (text, session) => world.received(key, text, session),
  };
}

function viewOf(views: ReadonlyMap<TableDefinition, View>, table: TableDefinition): View {
  const view = views.get(table);
  if (view === undefined) throw new Error(`no view ${table.schema}.${table.name}`);
  return view;
}

/** A catalog view shows nothing to whoever may not see definitions. */
function isEmpty(parts: ServerParts, { access }: View): boolean {
  return access === "definition" && !permissionsOf(stateOf(parts)).seesDefinitions;
}

/** Throws 300, 229 or 916 for a missing permission, and what opening the table's database throws. */
function checkView(parts: ServerParts, view: View, session: SessionContext): void {
  const permissions = permissionsOf(stateOf(parts));
  const { database, name } = view.definition;
  switch (view.access) {
    case "serverState":
      if (!permissions.seesServerState) throw serverStateDenied(permissions.serverStatePermission);
      break;
    case "database":
      openDatabase(parts, database, openerOf(parts, session));
      if (permissions.onDatabase(database, "SELECT") === 0) throw selectDenied(name, database);
      break;
    case "anyone":
    case "definition":
    case "ownSession":
  }
}

interface PermissionQuestion {
  readonly securable: string | null;
  readonly securableClass: string | null;
  readonly permission: string;
}

/** HAS_PERMS_BY_NAME: null for a class, permission or securable it does not know. */
function hasPermission(
  parts: ServerParts,
  session: SessionContext,
  { securable, securableClass, permission }: PermissionQuestion,
): 0 | 1 | null {
  const permissions = permissionsOf(stateOf(parts));
  switch (securableClass?.toUpperCase() ?? "SERVER") {
    case "SERVER":
      return permissions.server(permission);
    case "AVAILABILITY GROUP":
      return groupExists(parts, session, securable) ? permissions.onGroup(permission) : null;
    case "DATABASE": {
      const name = securable ?? session.currentDatabase;
      const { state } = parts.world;
      const found = findDatabase(state, state[parts.key], name);
      return found === undefined
        ? null
        : permissions.onDatabase(found.name, permission.toUpperCase());
    }
    case "OBJECT":
      return permissions.onDatabase(
        databaseOf(securable) ?? session.currentDatabase,
        permission.toUpperCase(),
      );
    default:
      return null;
  }
}

function groupExists(parts: ServerParts, session: SessionContext, name: string | null): boolean {
  const wanted = unquoted(name ?? "").toLowerCase();
  return groupsOf(catalogContext(parts, session)).some(
    (group) => group.name.toLowerCase() === wanted,
  );
}

/** `msdb` of `msdb.dbo.backupset`; null for a name of one or two parts. */
function databaseOf(securable: string | null): string | null {
  const parts = (securable ?? "").split(".");
  return parts.length === 3 ? unquoted(parts[0] ?? "") : null;
}

/** Securables may be quoted: `[a]]b]` is `a]b`. */
function unquoted(name: string): string {
  return name.startsWith("[") && name.endsWith("]")
    ? name.slice(1, -1).replaceAll("]]", "]")
    : name;
}
