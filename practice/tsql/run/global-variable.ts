// @@ROWCOUNT and its kin: those of the session here, all others from the server.
import { SqlError } from "../../sql-types.ts";
import type { SqlValue } from "../../sql-types.ts";
import type { Binder } from "../bind/binder.ts";
import { constant } from "../bind/binder.ts";
import type { Bound } from "../bind/bound.ts";
import type { StaticType } from "../types/static-type.ts";
import { int, nvarchar } from "../types/static-type.ts";
import type { Session } from "./session.ts";

const ofSession: Readonly<Record<string, (session: Session) => SqlValue>> = {
  ERROR: (session) => session.lastError,
  LOCK_TIMEOUT: (session) => session.lockTimeoutMs,
  ROWCOUNT: (session) => session.rowCount,
  SPID: (session) => session.context.sessionId,
  TRANCOUNT: (session) => session.transactionCount,
};

/** `name` upper case without @@. Error 137 for one the server does not have. */
export function globalVariable(binder: Binder, name: string, line: number): Bound {
  const { host, session } = binder.runtime;
  const own = Object.hasOwn(ofSession, name) ? ofSession[name] : undefined;
  const value = own === undefined ? host.globalVariable(name, session.context) : own(session);
  if (value === undefined) {
    throw new SqlError(137, `Must declare the scalar variable "@@${name}".`, {
      severity: 15,
      state: 2,
      line,
    });
  }
  return constant(binder, value, typeOf(value));
}

function typeOf(value: SqlValue): StaticType {
  if (typeof value === "string") return nvarchar(Math.max(128, value.length));
  return typeof value === "bigint" ? { name: "bigint" } : int;
}
