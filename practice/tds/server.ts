// The TDS server: listens on loopback, keeps its connections, and closes them.
import { createServer, isIPv4 } from "node:net";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import type { Backend } from "./backend.ts";
import { serveConnection } from "./connection.ts";
import type { Connection, Fault, FaultPhase } from "./connection.ts";

export interface TdsServerOptions {
  readonly backend: Backend;
  /** PEM texts of the server's own certificate. */
  readonly tls: { readonly key: string; readonly cert: string };
  readonly encryption: "optional" | "required";
  /** Asked each time a client reaches a phase, so that faults can be switched on and off while the server runs. */
  readonly fault?: (phase: FaultPhase) => Fault;
}

export interface TdsServer {
  /** Resolves to the port; `port` 0 lets the system choose. Rejects when the port is taken or `host` is not loopback. */
  readonly listen: (port?: number, host?: string) => Promise<number>;
  /** Cuts every connection, as a server that dies; new ones are taken. */
  readonly dropAllConnections: () => void;
  /** Off: nobody listens on the port any more, and a client is refused at once; open connections stay. On again: the same port. */
  readonly setListening: (on: boolean) => void;
  /** Lets a fault strike the connection of one session, if it is here. */
  readonly strike: (sessionId: number, what: "drop" | "hang") => void;
  /** Takes no more connections, cuts the open ones, and resolves when the backend has let go of all of them. */
  readonly close: () => Promise<void>;
  readonly connectionCount: () => number;
}

export function createTdsServer(options: TdsServerOptions): TdsServer {
  const { backend, tls, encryption, fault = () => "none" } = options;
  const contexts = {
    tds7: createSecureContext({ ...tls, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }),
    tds8: createSecureContext({ ...tls, minVersion: "TLSv1.2" }),
  };
  const open = new Set<Connection>();
  let place: AddressInfo | undefined;

  const server = createServer({ noDelay: true }, (socket) => {
    const connection = serveConnection(socket, { backend, contexts, encryption, fault });
    open.add(connection);
    void connection.gone.then(() => open.delete(connection));
  });
  // A failed accept (out of descriptors) concerns one client; without a listener it would end the process.
  server.on("error", () => undefined);

  const dropAllConnections = (): void => {
    for (const connection of open) connection.strike("drop");
  };

  return {
    listen: (port = 0, host = "127.0.0.1") => {
      if (!isLoopback(host)) {
        return Promise.reject(
          new RangeError(`The practice server listens on loopback, not on ${host}.`),
        );
      }
      return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          // A listening TCP server has an address with a port.
          place = server.address() as AddressInfo;
          resolve(place.port);
        });
      });
    },
    setListening: (on) => {
      if (on === server.listening || place === undefined) return;
      if (on) server.listen(place.port, place.address);
      else server.close();
    },
    dropAllConnections,
    strike: (sessionId, what) => {
      for (const connection of open) {
        if (connection.sessionId() === sessionId) connection.strike(what);
      }
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      const gone = [...open].map((connection) => connection.gone);
      dropAllConnections();
      await Promise.all([closed, ...gone]);
    },
    connectionCount: () => open.size,
  };
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
