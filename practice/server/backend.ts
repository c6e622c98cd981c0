// The brain behind one TDS server: logins become sessions, batches go to the T-SQL front end, KILL ends them.
import type { SqlMessage, SqlOutput } from "../sql-types.ts";
import type { Backend, BackendSession } from "../tds/backend.ts";
import type { TsqlEngine } from "../tsql/engine.ts";
import type { SessionContext } from "../tsql/host.ts";
import { logIn } from "./login.ts";
import { actionDenied } from "./permissions.ts";
import type { ServerParts } from "./server-parts.ts";
import { stateOf } from "./server-parts.ts";
import { moveTo, type Client } from "./sessions.ts";
import { withoutSecrets } from "../world/without-secrets.ts";

/** Msg 596: the connection of a killed session answers its next or running request with this and closes. */
const killState: SqlMessage = {
  number: 596,
  severity: 21,
  state: 1,
  text: "Cannot continue the execution because the session is in the kill state.",
};

export function createBackend(parts: ServerParts, engine: TsqlEngine): Backend {
  const { world, locks, clients } = parts;
  const server = stateOf(parts);
  /** The sessions handed out, each its own client also when KILL has taken it off the list. */
  const own = new WeakMap<BackendSession, Client>();

  const clientOf = (session: BackendSession): Client => {
    const client = own.get(session);
    if (client === undefined) throw new Error(`no session ${session.sessionId}`);
    return client;
  };

  const forget = (client: Client): void => {
    if (clients.get(client.sessionId) !== client) return;
    clients.delete(client.sessionId);
    locks.releaseAll(client.sessionId);
    engine.closeSession(client);
  };

  /** One request: what runs shows in sys.dm_exec_requests, USE moves the session, KILL ends it. */
  async function* serve(
    client: Client,
    text: string,
    run: (signal: AbortSignal) => AsyncIterable<SqlOutput>,
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput> {
    const startedMs = world.state.nowMs;
    const isKilled = () => client.killed.aborted;
    client.request = { text: withoutSecrets(text), startedMs };
    client.lastRequestStartMs = startedMs;
    try {
      if (!isKilled()) {
        for await (const output of run(AbortSignal.any([signal, client.killed]))) {
          if (isKilled()) break;
          if (output.kind === "database") moveTo(client, output.to);
          yield output;
          if (output.kind === "error") yield* afterError(output.message);
        }
      }
    } finally {
      client.request = null;
      client.lastRequestEndMs = world.state.nowMs;
    }
    if (isKilled()) yield { kind: "error", message: killState };
  }

  return {
    serverName: server.name,
    version: versionOf(server.productVersion),
    windows: parts.windows,
    login: (request) => {
      const answer = logIn(parts, request);
      if (answer.kind === "accepted") {
        own.set(answer.session, answer.session);
        engine.openSession(contextOf(answer.session));
      }
      return Promise.resolve(answer);
    },
    execute: (session, text, parameters, signal) => {
      const client = clientOf(session);
      const run = (until: AbortSignal) =>
        engine.execute(contextOf(client), text, parameters, until);
      return serve(client, text, run, signal);
    },
    call: (session, procedure, parameters, signal) => {
      const client = clientOf(session);
      const run = (until: AbortSignal) =>
        engine.call(contextOf(client), procedure, parameters, until);
      return serve(client, `EXEC ${procedure}`, run, signal);
    },
    reset: (session) => {
      const client = clientOf(session);
      moveTo(client, client.loginDatabase);
      locks.releaseAll(client.sessionId);
      engine.resetSession(contextOf(client));
    },
    closed: (session) => {
      forget(clientOf(session));
    },
  };
}

/** Where the session stands now, as a value: the front end keeps it while the session moves on. */
function contextOf({ sessionId, login, currentDatabase, host, program }: Client): SessionContext {
  return { sessionId, login, currentDatabase, hostName: host, programName: program };
}

/**
 * FreeTDS (tsql, pymssql) keeps the first connection's TLS session when it follows ROUTING and never gets an answer, seen with
 * 1.3.17. It names itself in LOGIN7 by these libraries and is served where it knocked, so that any client can connect.
 */
const cannotFollowRouting: readonly string[] = ["TDS-Library", "CT-Library", "DB-Library"];

/** A backend that sends logins on to `address`, as the gateway of a managed instance does. */
export function createGateway(
  behind: Backend,
  address: () => { readonly host: string; readonly port: number },
): Backend {
  return {
    ...behind,
    login: (request) =>
      cannotFollowRouting.includes(request.clientLibrary)
        ? behind.login(request)
        : Promise.resolve({ kind: "routed", ...address() }),
  };
}

function* afterError({ number }: SqlMessage): Iterable<SqlOutput> {
  if (number === 300) yield { kind: "error", message: actionDenied };
}

function versionOf(productVersion: string): readonly [number, number, number] {
  const [major = 0, minor = 0, build = 0] = productVersion.split(".").map(Number);
  return [major, minor, build];
}
