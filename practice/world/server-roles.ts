// CREATE, ALTER and DROP SERVER ROLE, once the server has let them pass: roles somebody made, and their members.
import type { ServerStatement } from "../tsql/host.ts";
import { sameName } from "./groups.ts";
import type { ServerRole, ServerState } from "./state.ts";

/** Ids of logins lie below. */
const firstRoleId = 1000;

/** The role of that name that somebody made. */
export function findServerRole(server: ServerState, name: string): ServerRole | undefined {
  return server.serverRoles.find((role) => sameName(role.name, name));
}

export function createServerRole(server: ServerState, name: string, owner: string): void {
  const ids = server.serverRoles.map(({ principalId }) => principalId);
  const principalId = Math.max(firstRoleId, ...ids) + 1;
  server.serverRoles = [...server.serverRoles, { name, principalId, owner, members: [] }];
}

export function dropServerRole(server: ServerState, name: string): void {
  server.serverRoles = server.serverRoles.filter((role) => !sameName(role.name, name));
}

/** A member that is added again, and one dropped that is none, change nothing. */
export function alterServerRole(
  server: ServerState,
  { role: name, action, member }: Extract<ServerStatement, { kind: "alterServerRole" }>,
): void {
  const role = findServerRole(server, name);
  if (role === undefined) return;
  const others = role.members.filter((other) => !sameName(other, member));
  role.members = action === "ADD" ? [...others, member] : others;
}
