// The connector for single sign-on: reads by ODBC with the account of the Windows session, and sends nothing that changes a server.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { DriverPhase } from "../../shared/errors/driver-errors.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { abortable } from "./abortable.ts";
import type { OdbcAnswer, OdbcConnection, OdbcPlace } from "./odbc-driver.ts";
import { loadOdbc } from "./odbc-driver.ts";
import { endsConnection, odbcFailure } from "./odbc-failure.ts";
import { odbcString } from "./odbc-string.ts";
import { addressOf } from "./pool-config.ts";
import type { Connector, ServerLogin, SqlSession } from "./session.ts";

const connectSeconds = 10;
const readSeconds = 15;

/** Every failure its own sentence (AppError). */
export function odbcConnector(place: OdbcPlace): Connector {
  return {
    async connect(login, signal) {
      const driver = loadOdbc(place);
      refuseOwnTrust(login);
      const how = { conn_str: odbcString(login), conn_timeout: connectSeconds };
      const line = lineOf(addressOf(login), () => driver.promises.open(how));
      await line.use(signal, () => Promise.resolve());
      return sessionOn(line, login);
    },
    /**
     * A run rests on telling a refused statement from a lost answer and on a connection that is never replaced. How this
     * driver does either was never tried on a server, so none is given.
     */
    connectPinned: (login) => Promise.reject(new AppError(readsOnly(addressOf(login)))),
  };
}

function sessionOn(line: Line, login: ServerLogin): SqlSession {
  return {
    side: login.side,
    address: line.address,
    readsOnly: readsOnly(line.address),
    async read(text, parameters = {}, signal) {
      // Values are sent by the statements of a run alone, and those do not come this way.
      if (Object.keys(parameters).length > 0) throw new AppError(readsOnly(line.address));
      const what = { query_str: text, query_timeout: readSeconds };
      return line.use(signal, async (connection) => rowsOf(await connection.promises.query(what)));
    },
    close: () => line.close(),
  };
}

/** One connection, opened when it is needed; one that failed, or that somebody still waits on, is left for a new one. */
interface Line {
  readonly address: string;
  use<T>(
    signal: AbortSignal | undefined,
    work: (connection: OdbcConnection) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

function lineOf(address: string, open: () => Promise<OdbcConnection>): Line {
  let current: Promise<OdbcConnection> | undefined;
  let isClosed = false;
  const connected = (): Promise<OdbcConnection> => {
    current ??= open().then((connection) => {
      connection.setUseBigIntAsNative(true);
      return connection;
    });
    return current;
  };
  /** Never waits: a statement that is still running there cannot be cancelled. */
  const leave = (connection: Promise<OdbcConnection>): void => {
    if (current === connection) current = undefined;
    connection.then((it) => it.promises.close()).catch(() => undefined);
  };
  return {
    address,
    async use(signal, work) {
      signal?.throwIfAborted();
      if (isClosed) throw odbcFailure({ sqlstate: "08003", message: "closed" }, address, "connect");
      const own = connected();
      const at: { phase: DriverPhase } = { phase: "connect" };
      const working = own.then((connection) => {
        at.phase = "request";
        return work(connection);
      });
      try {
        return await abortable(working, signal, () => {
          leave(own);
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (at.phase === "connect" || endsConnection(error)) leave(own);
        throw odbcFailure(error, address, at.phase);
      }
    },
    async close() {
      isClosed = true;
      await current?.then((it) => it.promises.close()).catch(() => undefined);
    },
  };
}

/** As the other driver gives them: a bigint as text, a uniqueidentifier in capitals, no result without columns. */
function rowsOf({ meta, results }: OdbcAnswer): readonly (readonly unknown[])[] {
  return meta.flatMap((columns, place) => {
    if (columns.length === 0) return [];
    const ids = columns.flatMap(({ name, sqlType }) =>
      sqlType === "uniqueidentifier" ? [name] : [],
    );
    const value = (name: string, given: unknown): unknown => {
      if (typeof given === "bigint") return String(given);
      return typeof given === "string" && ids.includes(name) ? given.toUpperCase() : given;
    };
    const rows = (results[place] ?? []).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, given]) => [name, value(name, given)])),
    );
    return [rows];
  });
}

/** ODBC checks certificates by what Windows trusts, and for SQL Server alone is it claimed to log in. */
function refuseOwnTrust(login: ServerLogin): void {
  const server = visibleText(addressOf(login));
  if (login.side === "instance") {
    throw new AppError({
      code: "singleSignOnBoxOnly",
      class: "block",
      summary: `Single sign-on with the Windows session is for SQL Server alone, and ${server} is to be an instance.`,
      remedy: "Connect to it with Microsoft Entra or a SQL Server login.",
    });
  }
  if (login.caCertificatePem === undefined) return;
  throw new AppError({
    code: "singleSignOnTrust",
    class: "block",
    summary: `Single sign-on trusts the certificates that Windows trusts; that of ${server} is trusted in this program alone.`,
    remedy:
      "Have the authority that signed it trusted by Windows, or choose Windows Authentication (NTLM).",
  });
}

function readsOnly(address: string): Problem {
  return {
    code: "singleSignOnReadsOnly",
    class: "block",
    summary: `Nothing is changed over the single sign-on connection to ${visibleText(address)}: it only reads.`,
    remedy: "Connect there again with Windows Authentication (NTLM) or a SQL Server login.",
  };
}
