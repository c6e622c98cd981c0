// What an error of msnodesqlv8 means: SQLSTATE says whose it is, the server's own numbers go through the tables.
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromDriverError } from "../../shared/errors/driver-errors.ts";
import type { DriverPhase } from "../../shared/errors/driver-errors.ts";
import { problemFromSqlError } from "../../shared/errors/sql-errors.ts";

/** "[Microsoft][ODBC Driver 18 for SQL Server][SQL Server]" before the message itself. */
const components = /^(?:\[[^\]]*\])+/u;

/** Native errors of a connect (SQLSTATE 08001): Windows sockets and schannel, by the code that Node gives the same. */
const nativeCodes: ReadonlyMap<number, string> = new Map([
  [10060, "ETIMEDOUT"],
  [258, "ETIMEDOUT"],
  [10061, "ECONNREFUSED"],
  [11001, "ENOTFOUND"],
  // SEC_E_UNTRUSTED_ROOT, SEC_E_WRONG_PRINCIPAL, SEC_E_CERT_EXPIRED
  [-2146893019, "CERT_UNTRUSTED"],
  [-2146893022, "ERR_TLS_CERT_ALTNAME_INVALID"],
  [-2146893016, "CERT_HAS_EXPIRED"],
]);

export function odbcFailure(error: unknown, address: string, phase: DriverPhase): AppError {
  if (error instanceof AppError) return error;
  const { message, sqlstate, code } = parts(error);
  if (sqlstate === "IM002") return new AppError(noOdbc(message), error);
  // Class 08 is the connection, HY the driver itself: a native number there is not one of the server's.
  const isServers = !/^(08|HY|IM)/u.test(sqlstate);
  if (isServers && code !== undefined && code > 0) {
    return new AppError(problemFromSqlError(code, message, address), error);
  }
  const sign = sqlstate.startsWith("HYT") ? "ETIMEOUT" : nativeCodes.get(code ?? 0);
  const lost = sqlstate.startsWith("08") && phase === "request" ? "ECONNRESET" : undefined;
  return new AppError(problemFromDriverError(sign ?? lost ?? "", message, address, phase), error);
}

/** The connection is gone, or may be in any state: it is not used again. */
export function endsConnection(error: unknown): boolean {
  return /^(08|HY)/u.test(parts(error).sqlstate);
}

function parts(error: unknown): {
  readonly message: string;
  readonly sqlstate: string;
  readonly code: number | undefined;
} {
  // An object has properties; what they hold stays unknown.
  const of = (typeof error === "object" && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const { message, sqlstate, code } = of;
  return {
    message: typeof message === "string" ? message.replace(components, "") : String(error),
    sqlstate: typeof sqlstate === "string" ? sqlstate.toUpperCase() : "",
    code: typeof code === "number" ? code : undefined,
  };
}

function noOdbc(detail: string) {
  return {
    code: "odbcDriverMissing",
    class: "block",
    summary: "Single sign-on needs Microsoft ODBC Driver 18 for SQL Server on this computer.",
    detail,
    remedy: "Install it, or choose Windows Authentication (NTLM) and type the password.",
  } as const;
}
