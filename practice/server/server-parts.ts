// What the parts of one practice server share: its world, its clients, its locks and its logins.
import { forgottenLogin, sideOfForgottenLogin } from "../catalog/database-principals.ts";
import type { CatalogContext, ServerLogin } from "../catalog/context.ts";
import { stableBytes } from "../catalog/stable-id.ts";
import { loginSid, windowsName } from "../catalog/windows-names.ts";
import type { TokenLogins } from "../entra/instance-logins.ts";
import type { WindowsHost } from "../tds/ntlm/messages.ts";
import type { SessionContext } from "../tsql/host.ts";
import { sameName } from "../world/groups.ts";
import { otherSide } from "../world/sides.ts";
import type { ServerKey, ServerState } from "../world/state.ts";
import type { World } from "../world/world.ts";
import type { ApplicationLocks } from "./application-locks.ts";
import { permissionsOf } from "./permissions.ts";
import type { Client } from "./sessions.ts";

/** A login that can connect, and its password; `DOMAIN\user` is a Windows account, and the password its domain's. */
export interface PracticeLogin {
  readonly login: string;
  readonly password: string;
}

export interface ServerParts {
  readonly world: World;
  readonly key: ServerKey;
  readonly locks: ApplicationLocks;
  readonly clients: Map<number, Client>;
  readonly logins: readonly PracticeLogin[];
  /** Absent on a server that takes no Windows login. */
  readonly windows?: WindowsHost | undefined;
  /** Absent on a server that knows no Microsoft Entra. */
  readonly tokenLogins?: TokenLogins | undefined;
  /** The port clients were told; known once the server listens. */
  port: number;
}

/** The server's state, brought up to its clock. */
export function stateOf({ world, key }: ServerParts): ServerState {
  return world.state[key];
}

/** The logins sys.server_principals lists: the practice logins, those of the application, and those of Entra. */
export function loginsOf({ world, key, logins, tokenLogins }: ServerParts): readonly ServerLogin[] {
  const { workload, [key]: server } = world.state;
  const { createdLogins, missingLogins, strangerLogins } = server.surroundings.objects;
  const names = [
    ...logins.map(({ login }) => login),
    ...workload.sessions.map(({ login }) => login),
    ...(key === sideOfForgottenLogin(world.state) ? [forgottenLogin] : []),
  ].filter((name) => !missingLogins.some((one) => sameName(one, name)));
  const login = (
    name: string,
    kind: ServerLogin["kind"],
    sid: string | null = null,
  ): ServerLogin => ({
    name,
    kind,
    isDisabled: server.disabledLogins.includes(name.toLowerCase()),
    sid: sid === null ? sidOf(name) : Buffer.from(sid.slice(2), "hex"),
  });
  const sidOf = (name: string) =>
    strangerLogins.includes(name) ? stableBytes(`${name} of ${server.name}`, 16) : loginSid(name);
  return [
    ...[...new Set(names)].map((name) =>
      login(name, windowsName(name) === null ? "sql" : "windows"),
    ),
    ...(tokenLogins?.names ?? []).map((name) => login(name, "external")),
    ...createdLogins.map(({ name, kind, sid }) => login(name, kind, sid)),
  ];
}

/** What the catalog views are read from when `asker` reads them now. */
export function catalogContext(parts: ServerParts, asker: SessionContext): CatalogContext {
  const { state } = parts.world;
  const server = state[parts.key];
  const permissions = permissionsOf(server);
  return {
    state,
    server,
    peer: state[otherSide(parts.key)],
    asker,
    seesDefinitions: permissions.seesDefinitions,
    seesDatabases: ["ALTER ANY DATABASE", "VIEW ANY DATABASE"].some(
      (permission) => permissions.server(permission) === 1,
    ),
    seesAllSessions: permissions.seesServerState,
    isSysadmin: permissions.isSysadmin,
    seesLinkedServers: ["ALTER ANY LINKED SERVER", "ALTER ANY LOGIN"].some(
      (permission) => permissions.server(permission) === 1,
    ),
    clients: [...parts.clients.values()],
    locks: parts.locks.list(),
    logins: loginsOf(parts),
    port: parts.port,
  };
}
