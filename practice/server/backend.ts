// The brain behind one TDS server: logins become sessions, batches go to the T-SQL front end, KILL ends them.
import type { SqlMessage, SqlOutput, SqlParameter } from "../sql-types.ts";
import { SqlError } from "../sql-types.ts";
import type { Backend, BackendSession } from "../tds/backend.ts";
import type { TsqlEngine } from "../tsql/engine.ts";
import type { TsqlHost } from "../tsql/host.ts";
import { logIn } from "./login.ts";
import { actionDenied } from "./permissions.ts";
import type { ServerParts } from "./server-parts.ts";
import { stateOf } from "./server-parts.ts";
import { moveTo, type Client } from "./sessions.ts";

/** Msg 596: the connection of a killed session answers its next or running request with this and closes. */
const killState: SqlMessage = {
  number: 596,
  severity: 21,
  state: 1,
  text: "Cannot continue the execution because the session is in the kill state.",
};

export function createBackend(parts: ServerParts, host: TsqlHost, engine: TsqlEngine): Backend {
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
    client.request = { text, startedMs };
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
    } catch (error) {
      if (!isKilled()) {
        if (!(error instanceof SqlError)) throw error;
        yield { kind: "error", message: error.sql };
        yield* afterError(error.sql);
      }
    } finally {
      client.request = null;
      client.lastRequestEndMs = world.state.nowMs;
    }
    if (isKilled()) yield { kind: "error", message: killState };
  }

  /** The front end logs the batches it runs; a procedure called by RPC does not pass it. */
  async function* logged(
    outputs: AsyncIterable<SqlOutput>,
    text: string,
    client: Client,
  ): AsyncIterable<SqlOutput> {
    const ended = host.received(text, client);
    try {
      yield* outputs;
      ended("done");
    } catch (error) {
      if (error instanceof SqlError) ended("error", error.sql.number);
      else ended("cancelled");
      throw error;
    }
  }

  return {
    serverName: server.name,
    version: versionOf(server.productVersion),
    login: (request) => {
      const answer = logIn(parts, request);
      if (answer.kind === "accepted") own.set(answer.session, answer.session);
      return Promise.resolve(answer);
    },
    execute: (session, text, parameters, signal) => {
      const client = clientOf(session);
      const run = (until: AbortSignal) => engine.execute(text, parameters, client, until);
      return serve(client, text, run, signal);
    },
    call: (session, procedure, parameters, signal) => {
      const client = clientOf(session);
      const text = `EXEC ${procedure}`;
      const statement = {
        kind: "procedure",
        name: procedure,
        arguments: argumentsOf(parameters),
      } as const;
      const run = (until: AbortSignal) => logged(host.run(statement, client, until), text, client);
      return serve(client, text, run, signal);
    },
    reset: (session) => {
      const client = clientOf(session);
      moveTo(client, client.loginDatabase);
      locks.releaseAll(client.sessionId);
    },
    closed: (session) => {
      forget(clientOf(session));
    },
  };
}

/** A backend that sends every login on to `address`, as the gateway of a managed instance does. */
export function createGateway(
  parts: ServerParts,
  address: () => { readonly host: string; readonly port: number },
): Backend {
  const server = stateOf(parts);
  const nobody = (): never => {
    throw new Error("a gateway has no sessions");
  };
  return {
    serverName: server.name,
    version: versionOf(server.productVersion),
    login: () => Promise.resolve({ kind: "routed", ...address() }),
    execute: nobody,
    call: nobody,
    reset: nobody,
    closed: nobody,
  };
}

function* afterError({ number }: SqlMessage): Iterable<SqlOutput> {
  if (number === 300) yield { kind: "error", message: actionDenied };
}

function argumentsOf(parameters: readonly SqlParameter[]) {
  return new Map(
    parameters.map(({ name, value }, index) => [name === "" ? `@${index + 1}` : name, value]),
  );
}

function versionOf(productVersion: string): readonly [number, number, number] {
  const [major = 0, minor = 0, build = 0] = productVersion.split(".").map(Number);
  return [major, minor, build];
}
