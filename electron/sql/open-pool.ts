// Opens an mssql pool and logs in once to prove that it works; remembers why a login was refused.
import type { Connection, ConnectionPool, config } from "mssql";
import { abortable } from "./abortable.ts";
import { loginMessage } from "./driver-error.ts";
import type { LoginRefusal } from "./failure.ts";
import { connectFailure } from "./failure.ts";
import type { Mssql } from "./load-mssql.ts";

/** A pool that is open, and the server's last words to a login of it. */
export interface OpenPool {
  readonly mssql: Mssql;
  readonly pool: ConnectionPool;
  readonly address: string;
  lastRefusal(): LoginRefusal | undefined;
}

export interface Opening {
  readonly mssql: Mssql;
  readonly configuration: config;
  readonly address: string;
  readonly signal: AbortSignal | undefined;
  /** Called with every physical connection before it connects; may throw to forbid it. */
  readonly onConnection?: (connection: Connection) => void;
}

/** Throws AppError by the error tables, or the signal's reason. */
export async function openPool(opening: Opening): Promise<OpenPool> {
  const { mssql, address, signal } = opening;
  let refusal: LoginRefusal | undefined;
  let newest: Connection | undefined;
  const pool = new mssql.ConnectionPool({
    ...opening.configuration,
    beforeConnect(connection) {
      opening.onConnection?.(connection);
      newest = connection;
      const listen = (message: unknown) => {
        refusal = loginMessage(message) ?? refusal;
      };
      connection.on("errorMessage", listen);
      connection.once("connect", () => connection.off("errorMessage", listen));
    },
  });
  // Every call reports its own failure; without a listener a dropped idle connection would end the process.
  pool.on("error", () => undefined);
  try {
    // A pool cannot be closed while it connects; its connection can.
    await abortable(pool.connect(), signal, () => newest?.close());
  } catch (error) {
    signal?.throwIfAborted();
    throw connectFailure(error, address, refusal);
  }
  return { mssql, pool, address, lastRefusal: () => refusal };
}
