// Whether CREATE, ALTER or DROP SERVER ROLE may be carried out, and IS_SRVROLEMEMBER.
import { allPrincipals, membershipsOf } from "../catalog/principals.ts";
import { SqlError } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import { sameName } from "../world/groups.ts";
import { findServerRole } from "../world/server-roles.ts";
import { absentOrDenied, permissionsOf } from "./permissions.ts";
import { catalogContext, stateOf, type ServerParts } from "./server-parts.ts";

type RoleStatement = Extract<
  ServerStatement,
  { kind: "createServerRole" | "dropServerRole" | "alterServerRole" }
>;

/** Throws what SQL Server refuses: 15025, 15144, 15150, 15151, 15247, 15405. Who made a role owns it and may change it. */
export function checkServerRole(
  parts: ServerParts,
  statement: RoleStatement,
  session: SessionContext,
): void {
  const server = stateOf(parts);
  const permissions = permissionsOf(server);
  const principal = findPrincipal(parts, session, statement.role);
  if (statement.kind === "createServerRole") {
    if (permissions.server("CREATE SERVER ROLE") !== 1) {
      throw new SqlError(15247, "User does not have permission to perform this action.");
    }
    if (principal !== undefined) {
      throw new SqlError(15025, `The server principal '${statement.role}' already exists.`);
    }
    return;
  }
  const verb = statement.kind === "dropServerRole" ? "drop" : "alter";
  const role = findServerRole(server, statement.role);
  if (role === undefined && principal?.kind === "role") throw fixed(verb, principal.name);
  const isOwner = role !== undefined && sameName(role.owner, session.login);
  const isAllowed = isOwner || permissions.server("ALTER ANY SERVER ROLE") === 1;
  if (role === undefined || !isAllowed) throw absentOrDenied(verb, "server role", statement.role);
  if (statement.kind === "alterServerRole") checkMember(parts, statement, session);
  else if (role.members.length > 0) {
    throw new SqlError(15144, "The role has members. It must be empty before it can be dropped.");
  }
}

function checkMember(
  parts: ServerParts,
  { action, member }: Extract<RoleStatement, { kind: "alterServerRole" }>,
  session: SessionContext,
): void {
  const principal = findPrincipal(parts, session, member);
  if (principal === undefined) {
    throw absentOrDenied(action === "ADD" ? "add" : "drop", "principal", member);
  }
  if (principal.name === "sa") {
    throw new SqlError(15405, "Cannot use the special principal 'sa'.");
  }
  if (principal.kind === "role") throw notImplemented("a server role as a member of another");
}

function fixed(verb: "alter" | "drop", role: string): SqlError {
  return verb === "drop"
    ? new SqlError(15150, `Cannot drop the server role '${role}'.`)
    : notImplemented("ALTER SERVER ROLE of a fixed role");
}

function notImplemented(what: string): SqlError {
  return new SqlError(
    40517,
    `Keyword or statement option '${what}' is not implemented in the practice estate.`,
  );
}

function findPrincipal(parts: ServerParts, session: SessionContext, name: string) {
  return allPrincipals(catalogContext(parts, session)).find((one) => sameName(one.name, name));
}

/** IS_SRVROLEMEMBER: null for a role or login that there is not, and for another login without VIEW ANY DEFINITION. */
export function isServerRoleMember(
  parts: ServerParts,
  session: SessionContext,
  role: string,
  login: string = session.login,
): 0 | 1 | null {
  const context = catalogContext(parts, session);
  const find = (name: string, isRole: boolean) =>
    allPrincipals(context).find(
      (one) => sameName(one.name, name) && (one.kind === "role") === isRole,
    );
  const [of, member] = [find(role, true), find(login, false)];
  if (of === undefined || member === undefined) return null;
  if (!context.seesDefinitions && !sameName(login, session.login)) return null;
  const isIn = membershipsOf(context).some((one) => one.role === of.id && one.member === member.id);
  return isIn || of.name === "public" ? 1 : 0;
}
