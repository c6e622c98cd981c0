// One physical connection that is never replaced: for the lock, and for each changing statement.
import type { Connection, ConnectionPool, Request } from "mssql";
import { AppError } from "../../shared/errors/app-error.ts";
import { ownSessionRow, ownSessionSql } from "../estate/queries/own-session.ts";
import { executeFailure } from "./failure.ts";
import type { Mssql } from "./load-mssql.ts";
import type { OpenPool } from "./open-pool.ts";
import { poolSession } from "./pool-session.ts";
import type { PinnedSession, SqlSession } from "./session.ts";
import type { Side } from "../../shared/estate/estate.ts";

/** The pool's probe is the first connection, the session's own the second; there must never be a third. */
const ownConnection = 2;

/** Watches the connections of a pool of one. */
export interface Pin {
  isOpen(): boolean;
  end(): void;
  readonly onConnection: (connection: Connection) => void;
}

/** mssql's pool would put a new connection in the place of a dead one, and with it lose the session's lock without a word. */
export function pinTo(address: string): Pin {
  let isOpen = true;
  let opened = 0;
  const end = () => {
    isOpen = false;
  };
  return {
    isOpen: () => isOpen,
    end,
    onConnection(connection) {
      opened += 1;
      if (opened === ownConnection) connection.on("end", end);
      if (opened <= ownConnection) return;
      end();
      connection.close();
      throw connectionGone(address);
    },
  };
}

/** Opens the one connection and asks it who it is. Throws AppError by the error tables. */
export async function pinnedSession(
  open: OpenPool,
  pin: Pin,
  side: Side,
  signal: AbortSignal | undefined,
): Promise<PinnedSession> {
  const session = poolSession(open, side);
  const own = await whoAmI(session, signal);
  const ifOpen = () => {
    if (!pin.isOpen()) throw connectionGone(open.address);
  };
  let isExecuting = false;
  return {
    side,
    address: open.address,
    ...own,
    get isOpen() {
      return pin.isOpen();
    },
    async read(text, parameters, abort) {
      ifOpen();
      return session.read(text, parameters, abort);
    },
    async execute(statement, onMessage) {
      ifOpen();
      isExecuting = true;
      try {
        await executeOn(open, statement, onMessage);
      } finally {
        isExecuting = false;
      }
    },
    async close() {
      pin.end();
      if (!isExecuting) await session.close();
    },
  };
}

async function executeOn(
  open: OpenPool,
  statement: string,
  onMessage: ((text: string) => void) | undefined,
): Promise<void> {
  const request = withoutTimeout(open.mssql, open.pool);
  request.on("info", (info: { readonly message: string }) => onMessage?.(info.message));
  try {
    await request.batch(statement);
  } catch (error) {
    throw executeFailure(error, open.address, open.lastRefusal());
  }
}

/** A time-out would send an attention and so cancel a running role change. mssql 12 takes the option; its types do not know it. */
function withoutTimeout(mssql: Mssql, pool: ConnectionPool): Request {
  const RequestWithOptions = mssql.Request as unknown as new (
    pool: ConnectionPool,
    options: { readonly requestTimeout: number },
  ) => Request;
  return new RequestWithOptions(pool, { requestTimeout: 0 });
}

async function whoAmI(session: SqlSession, signal: AbortSignal | undefined) {
  try {
    const [rows] = await session.read(ownSessionSql, {}, signal);
    return ownSessionRow.parse(rows?.[0]);
  } catch (error) {
    await session.close();
    throw error;
  }
}

function connectionGone(address: string): AppError {
  return new AppError({
    code: "connectionGone",
    class: "fatal",
    summary: `A connection to ${address} that may not be replaced has ended.`,
    remedy: "Nothing more is sent on it. Read both sides before anything else.",
  });
}
