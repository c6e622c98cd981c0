// The port to one server: what estate, gate, lock and runner use of a connection. Contract; mssql, or ODBC, is behind it.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";

export type SqlParameters = Readonly<Record<string, string | number | boolean | null>>;

export interface SqlSession {
  readonly side: Side;
  /** As the operator gave it, host and port, for sentences. */
  readonly address: string;
  /** Why nothing may be changed by this login; absent: it may. Asked before a run begins and before a session is ended. */
  readonly readsOnly?: Problem;
  /**
   * Runs reading SQL (text from electron/estate/queries or shared/sql) and answers every result set as rows still to be parsed.
   * Has the session's ordinary time-out. Throws AppError with class by the error tables; never retries.
   */
  read(
    text: string,
    parameters?: SqlParameters,
    signal?: AbortSignal,
  ): Promise<readonly (readonly unknown[])[]>;
  /** Never interrupts an `execute` in flight: leaves its connection alone. */
  close(): Promise<void>;
}

/**
 * One dedicated, unpooled connection, for the advisory lock and for each changing statement: if it dies that is an error, and
 * nothing ever reconnects silently (behind a listener the next connection may reach another node).
 */
export interface PinnedSession extends SqlSession {
  readonly isOpen: boolean;
  /** @@SPID and sys.dm_exec_sessions.login_time as text, read when it was opened. */
  readonly sessionId: number;
  readonly loginTime: string;
  /**
   * Sends one guarded, changing batch of a plan, without any client time-out (a time-out would cancel it on the server).
   * Resolves when the server answered without error. Throws AppError: class `ambiguous` when the answer was lost. With several
   * errors the first known number decides.
   */
  execute(statement: string, onMessage?: (text: string) => void): Promise<void>;
}

/** Throws AppError with the session's reason. */
export function refuseReadsOnly({ readsOnly }: Pick<SqlSession, "readsOnly">): void {
  if (readsOnly !== undefined) throw new AppError(readsOnly);
}

/**
 * Every session logs in with database `master` (sp_getapplock is per database; a link database stops answering during a role
 * change). Everything needed to open sessions to one server; the password comes from where the operator gave it and is never written. */
export interface ServerLogin {
  readonly side: Side;
  readonly host: string;
  readonly port: number | undefined;
  readonly instanceName: string | undefined;
  readonly login: string;
  readonly password: string;
  /** NTLM with this domain; absent: a login of SQL Server's own. */
  readonly domain?: string;
  /** The account of the Windows session that this program runs in; login and password are empty. */
  readonly isWindowsSession?: true;
  /** Instead of the password: the newest Entra token, asked for again at each physical connection. */
  readonly accessToken?: () => string;
  readonly encrypt: "strict" | "mandatory" | "optional";
  /** PEM of a certificate authority, or of the server's very own certificate, to trust for this server alone; undefined: the system's. */
  readonly caCertificatePem: string | undefined;
  /** Name to check in the certificate when it differs from `host`. */
  readonly certificateName: string | undefined;
}

export interface Connector {
  /** Logs in and answers a pooled session. Throws AppError: each failure its own sentence. */
  connect(login: ServerLogin, signal?: AbortSignal): Promise<SqlSession>;
  connectPinned(login: ServerLogin, signal?: AbortSignal): Promise<PinnedSession>;
}
