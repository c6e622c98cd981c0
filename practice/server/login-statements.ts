// Whether CREATE or DROP LOGIN may be carried out.
import { SqlError } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import { allPrincipals, sidOf } from "../catalog/principals.ts";
import { sameName } from "../world/groups.ts";
import { absentOrDenied } from "./permissions.ts";
import { catalogContext, type ServerParts } from "./server-parts.ts";

type LoginStatement = Extract<ServerStatement, { kind: "createLogin" | "dropLogin" }>;

/** Throws 15025 for a name and 15433 for a SID that is taken, 15151 for a login that is not there, 15434 while it is connected. */
export function checkLogin(
  parts: ServerParts,
  statement: LoginStatement,
  session: SessionContext,
): void {
  const principals = allPrincipals(catalogContext(parts, session));
  const found = principals.find(({ name }) => sameName(name, statement.login));
  if (statement.kind === "dropLogin") {
    if (found === undefined || found.kind === "role") {
      throw absentOrDenied("drop", "login", statement.login);
    }
    if (isConnected(parts, found.name)) {
      throw new SqlError(
        15434,
        `Could not drop login '${found.name}' as the user is currently logged in.`,
      );
    }
    return;
  }
  if (found !== undefined) {
    throw new SqlError(15025, `The server principal '${statement.login}' already exists.`);
  }
  const { sid } = statement;
  if (sid === null) return;
  if (principals.some((one) => hexOf(sidOf(one)) === sid)) {
    throw new SqlError(15433, "Supplied parameter sid is in use.");
  }
}

function hexOf(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex").toUpperCase()}`;
}

function isConnected({ world, key, clients }: ServerParts, login: string): boolean {
  return [...clients.values(), ...world.state[key].sessions].some((one) =>
    sameName(one.login, login),
  );
}
