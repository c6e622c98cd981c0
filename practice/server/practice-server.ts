// One practice server on loopback: its TDS listeners over the host, cut and refused as the world's faults say.
import { createServer } from "node:net";
import type { TokenLogins } from "../entra/instance-logins.ts";
import type { Fault } from "../tds/connection.ts";
import type { WindowsHost } from "../tds/ntlm/messages.ts";
import { createTdsServer, type TdsServer } from "../tds/server.ts";
import { createTsqlEngine } from "../tsql/engine.ts";
import type { ServerKey, ServerState } from "../world/state.ts";
import type { World } from "../world/world.ts";
import { createApplicationLocks } from "./application-locks.ts";
import { createBackend, createGateway } from "./backend.ts";
import { createHost } from "./host.ts";
import { stateOf, type PracticeLogin, type ServerParts } from "./server-parts.ts";

/**
 * How the advertised port answers a login: `redirect` with the address of a second port that serves it (ROUTING, as a
 * managed instance does), `off` by serving it itself, `closedPort` with the address of a port nobody listens on.
 */
export type Routing = "redirect" | "off" | "closedPort";

export interface PracticeServerOptions {
  readonly world: World;
  readonly key: ServerKey;
  /** PEM texts of the certificate for the server's name and 127.0.0.1. */
  readonly tls: { readonly key: string; readonly cert: string };
  readonly encryption: "optional" | "required";
  readonly logins: readonly PracticeLogin[];
  /** The server's place in a Windows domain; absent: it takes no Windows login. */
  readonly windows?: WindowsHost | undefined;
  /** Who can log in by a token of Microsoft Entra; absent: nobody. */
  readonly tokenLogins?: TokenLogins | undefined;
  readonly routing: Routing;
}

export interface PracticeServer {
  /** The advertised port. */
  readonly port: number;
  /** Cuts all connections and stops listening. */
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/** Starts the server on free ports. */
export async function startPracticeServer(options: PracticeServerOptions): Promise<PracticeServer> {
  const { world, key, routing } = options;
  const parts: ServerParts = {
    world,
    key,
    logins: options.logins,
    windows: options.windows,
    tokenLogins: options.tokenLogins,
    clients: new Map(),
    locks: createApplicationLocks((ms, signal) => world.wait(ms, signal)),
    port: 0,
  };
  const backend = createBackend(parts, await createTsqlEngine(createHost(parts)));
  const listener = (behind: typeof backend): TdsServer =>
    createTdsServer({
      backend: behind,
      tls: options.tls,
      encryption: options.encryption,
      fault: () => faultOf(stateOf(parts)),
    });

  const serving = listener(backend);
  const servers = [serving];
  let port = await serving.listen(0, host);
  if (routing !== "off") {
    const to = { host, port: routing === "redirect" ? port : await closedPort() };
    const gateway = listener(createGateway(backend, () => to));
    servers.push(gateway);
    port = await gateway.listen(0, host);
  }
  parts.port = port;

  const stopListening = world.onFault((fault) => {
    const cuts = fault.kind === "restart" || fault.kind === "dropConnections";
    const cutsOff = fault.kind === "unreachable" && fault.on;
    if ((cuts || cutsOff) && fault.server === key) {
      for (const server of servers) server.dropAllConnections();
    }
    if (fault.kind === "unreachable" && fault.server === key) {
      for (const server of servers) server.setListening(!fault.on || fault.how !== "refused");
    }
    if (fault.kind === "connectionLost" && fault.server === key) {
      const what = fault.how === "cut" ? "drop" : "hang";
      for (const server of servers) server.strike(fault.sessionId, what);
    }
  });
  return {
    port,
    stop: async () => {
      stopListening();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/**
 * A server that is down or cut off takes the connection, on loopback, and lets it fall (`reachable` of the state says the
 * same, one step of the world later); one in a black hole takes it and is never heard of.
 */
function faultOf({ isCutOff, downUntilMs, isBlackhole }: ServerState): Fault {
  if (isCutOff || downUntilMs !== null) return "drop";
  return isBlackhole ? "hang" : "none";
}

/** A port that was free a moment ago and that nobody listens on. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}
