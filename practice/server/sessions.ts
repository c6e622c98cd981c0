// The client connections of one server: who is logged in, where each stands, and how KILL ends one.
import { randomUUID } from "node:crypto";
import type { ClientSession } from "../catalog/context.ts";
import type { LoginRequest } from "../tds/backend.ts";

/** A logged-in connection. `database` is what the TDS server reads; `currentDatabase` is the same for T-SQL. */
export interface Client extends ClientSession {
  database: string;
  currentDatabase: string;
  /** Where a reset brings the connection back to. */
  readonly loginDatabase: string;
  lastRequestStartMs: number;
  lastRequestEndMs: number;
  request: { readonly text: string; readonly startedMs: number } | null;
  /** Aborts when KILL ends the session. */
  readonly killed: AbortSignal;
  readonly kill: () => void;
}

export interface NewClient {
  readonly sessionId: number;
  readonly login: string;
  readonly database: string;
  readonly nowMs: number;
  readonly request: LoginRequest;
}

/** A connection just logged in, in `database`. */
export function newClient({ sessionId, login, database, nowMs, request }: NewClient): Client {
  const ending = new AbortController();
  return {
    sessionId,
    login,
    database,
    currentDatabase: database,
    loginDatabase: database,
    connectionId: randomUUID().toUpperCase(),
    host: request.host,
    program: request.program,
    clientLibrary: request.clientLibrary,
    hostProcessId: request.clientProcessId,
    loginTimeMs: nowMs,
    encrypted: request.encrypted,
    readOnlyIntent: request.readOnlyIntent,
    lastRequestStartMs: nowMs,
    lastRequestEndMs: nowMs,
    request: null,
    killed: ending.signal,
    kill: () => {
      ending.abort();
    },
  };
}

/** The database a session works in from now on. */
export function moveTo(client: Client, database: string): void {
  client.database = database;
  client.currentDatabase = database;
}
