// What the front end remembers of one connection between two batches.
import type { SessionContext } from "../host.ts";

/** Mutable: USE, SET and transactions change it. */
export interface Session {
  context: SessionContext;
  noCount: boolean;
  xactAbort: boolean;
  quotedIdentifier: boolean;
  /** SET LOCK_TIMEOUT in milliseconds; -1 waits for ever. */
  lockTimeoutMs: number;
  transactionCount: number;
  rowCount: number;
  lastError: number;
}

/** A session as it is after login and after sp_reset_connection. */
export function newSession(context: SessionContext): Session {
  return {
    context,
    noCount: false,
    xactAbort: false,
    quotedIdentifier: true,
    lockTimeoutMs: -1,
    transactionCount: 0,
    rowCount: 0,
    lastError: 0,
  };
}
