// sys.database_principals of the linked database and of a copy restored beside it: its owner, the application's users, and one whose login stayed behind.
import type { ServerKey, WorldState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { localTime } from "./local-time.ts";
import { stableBytes } from "./stable-id.ts";
import { bit, datetime, description, int, sysname, varbinary, varchar } from "./types.ts";
import { defineView, type View } from "./view.ts";

interface DatabasePrincipal {
  readonly id: number;
  readonly name: string;
  readonly kind: "user" | "role";
  /** The login it stands on; null for one that stands on none. */
  readonly login: string | null;
}

const firstUserId = 5;
/** database_principals.principal_id of db_owner, "Database-level roles". */
const ownerRoleId = 16_384;

/** The login of a user of the database that was made on one server alone, as people forget it. */
export const forgottenLogin = "adatum_report";

/** The side whose server has the login that stayed behind: the one on which the database was made. */
export function sideOfForgottenLogin(state: WorldState): ServerKey {
  return state.link.firstPrimary;
}

/** The users come with the database: the same on both sides, whatever logins a server has. */
function principalsOf({ workload }: WorldState): readonly DatabasePrincipal[] {
  const logins = [...new Set(workload.sessions.map(({ login }) => login)), forgottenLogin];
  const users = [
    ...logins.map((login) => ({ name: login, login })),
    { name: "orders_signer", login: null },
  ];
  return [
    { id: 0, name: "public", kind: "role", login: null },
    { id: 1, name: "dbo", kind: "user", login: "sa" },
    { id: 2, name: "guest", kind: "user", login: null },
    { id: 3, name: "INFORMATION_SCHEMA", kind: "user", login: null },
    { id: 4, name: "sys", kind: "user", login: null },
    ...users.map((user, index) => ({ ...user, id: firstUserId + index, kind: "user" as const })),
    { id: ownerRoleId, name: "db_owner", kind: "role", login: null },
  ];
}

/** Without VIEW ANY DEFINITION only the roles, dbo and the system's own users show ("Metadata visibility"). */
function visiblePrincipals({
  state,
  seesDefinitions,
}: CatalogContext): readonly DatabasePrincipal[] {
  return principalsOf(state).filter(
    ({ id, kind }) => seesDefinitions || kind === "role" || id < firstUserId,
  );
}

/** `sys` of a database of that name: the linked one, or one that a backup of it was restored as. */
export function databasePrincipals(database: string): View {
  return defineView<DatabasePrincipal>({
    name: "sys.database_principals",
    database,
    access: "database",
    items: visiblePrincipals,
    cells: [
      ["name", sysname, (p) => p.name],
      ["principal_id", int, (p) => p.id],
      ["type", varchar(1), (p) => (p.kind === "role" ? "R" : "S")],
      ["type_desc", description, (p) => (p.kind === "role" ? "DATABASE_ROLE" : "SQL_USER")],
      ["default_schema_name", sysname, (p) => (p.kind === "role" ? null : "dbo")],
      ["create_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
      ["modify_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
      ["owning_principal_id", int, (p) => (p.kind === "role" ? 1 : null)],
      ["sid", varbinary(85), sidOf],
      ["is_fixed_role", bit, (p) => p.id >= ownerRoleId],
      ["authentication_type", int, (p) => (p.login === null ? 0 : 1)],
      ["authentication_type_desc", description, (p) => (p.login === null ? "NONE" : "INSTANCE")],
    ],
  });
}

/** A user WITHOUT LOGIN has a SID of its own; INFORMATION_SCHEMA and sys have none. */
function sidOf({ id, name, login }: DatabasePrincipal): Uint8Array | null {
  if (id === 3 || id === 4) return null;
  return login === null ? stableBytes(`${name} without login`, 28) : stableBytes(login, 16);
}
