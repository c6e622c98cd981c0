// What the TDS server needs to know of the thing behind it.
import type { SqlMessage, SqlOutput, SqlParameter } from "../sql-types.ts";
import type { WindowsProof } from "./ntlm/exchange.ts";
import type { WindowsHost } from "./ntlm/messages.ts";

/**
 * The LOGIN7 message, decoded. `token` is present when the client sent a FEDAUTH security token instead of a password,
 * `windows` when it proved itself by NTLM; `login` is then the account as the client wrote it.
 */
export interface LoginRequest {
  readonly login: string;
  readonly password: string;
  readonly token?: string;
  readonly windows?: WindowsProof;
  readonly database: string;
  readonly host: string;
  readonly program: string;
  readonly clientLibrary: string;
  readonly serverNameAsked: string;
  readonly readOnlyIntent: boolean;
  readonly clientProcessId: number;
  readonly encrypted: boolean;
}

/** One logged-in connection as the backend knows it. `database` is the current database and changes with USE. */
export interface BackendSession {
  readonly sessionId: number;
  readonly database: string;
}

export type LoginAnswer =
  | { readonly kind: "accepted"; readonly session: BackendSession }
  | { readonly kind: "refused"; readonly error: SqlMessage }
  /** ENVCHANGE type 20 (Routing): log in again at this address. */
  | { readonly kind: "routed"; readonly host: string; readonly port: number };

/** A server's brain. Every method may be called for several sessions at once; one session runs one request at a time. */
export interface Backend {
  readonly serverName: string;
  /** For PRELOGIN and LOGINACK: major, minor, build. */
  readonly version: readonly [number, number, number];
  /** Absent: no Windows login is taken. */
  readonly windows?: WindowsHost | undefined;
  login(request: LoginRequest): Promise<LoginAnswer>;
  /** Runs a SQL batch or sp_executesql text (`parameters` empty for a batch). Must end soon after `signal` aborts. */
  execute(
    session: BackendSession,
    text: string,
    parameters: readonly SqlParameter[],
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /** A stored procedure called by RPC other than sp_executesql. */
  call(
    session: BackendSession,
    procedure: string,
    parameters: readonly SqlParameter[],
    signal: AbortSignal,
  ): AsyncIterable<SqlOutput>;
  /** RESETCONNECTION: as sp_reset_connection. */
  reset(session: BackendSession): void;
  /** The connection is gone, for whatever reason. */
  closed(session: BackendSession): void;
}
