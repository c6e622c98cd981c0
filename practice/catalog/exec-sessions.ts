// sys.dm_exec_sessions: connections of clients over TDS, and the application's and system's sessions of the world.
import type { ServerState, WorkloadSession } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { databasesOf, findDatabase } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { bigint, bit, datetime, int, nvarchar, smallint, sysname, varbinary } from "./types.ts";
import { defineView } from "./view.ts";
import { loginSid, windowsName } from "./windows-names.ts";

/** One row of the session DMVs, wherever the session comes from. */
export interface SessionFacts {
  readonly sessionId: number;
  readonly login: string;
  readonly host: string | null;
  readonly program: string | null;
  readonly hostProcessId: number | null;
  readonly clientLibrary: string | null;
  readonly loginTimeMs: number;
  readonly lastRequestStartMs: number;
  readonly lastRequestEndMs: number | null;
  readonly status: "running" | "sleeping" | "background";
  readonly isUserProcess: boolean;
  readonly databaseId: number;
  readonly openTransactions: number;
}

/** All sessions of the server the asker may see: every one, or its own alone. */
export function sessionFacts(context: CatalogContext): readonly SessionFacts[] {
  const all = [...workload(context), ...clients(context)];
  const visible = context.seesAllSessions
    ? all
    : all.filter((session) => session.sessionId === context.asker.sessionId);
  return [...visible].sort((a, b) => a.sessionId - b.sessionId);
}

function clients(context: CatalogContext): SessionFacts[] {
  return context.clients.map((client) => ({
    sessionId: client.sessionId,
    login: client.login,
    host: client.host,
    program: client.program,
    hostProcessId: client.hostProcessId,
    clientLibrary: client.clientLibrary,
    loginTimeMs: client.loginTimeMs,
    lastRequestStartMs: client.lastRequestStartMs,
    lastRequestEndMs: client.lastRequestEndMs,
    status: client.request === null ? "sleeping" : "running",
    isUserProcess: true,
    databaseId: findDatabase(context.state, context.server, client.currentDatabase)?.id ?? 1,
    openTransactions: 0,
  }));
}

function workload({ state, server }: CatalogContext): SessionFacts[] {
  const linked = databasesOf(state, server).find((database) => database.copy !== null);
  return server.sessions.map((session) => ({
    sessionId: session.sessionId,
    login: session.login,
    host: session.isUserProcess ? session.host : null,
    program: session.isUserProcess ? session.program : null,
    hostProcessId: session.isUserProcess ? session.hostProcessId : null,
    clientLibrary: session.isUserProcess ? "Core Microsoft SqlClient Data Provider" : null,
    loginTimeMs: session.loginTimeMs,
    lastRequestStartMs: session.openTransaction?.beganMs ?? session.loginTimeMs,
    lastRequestEndMs: session.openTransaction?.beganMs ?? session.loginTimeMs,
    status: statusOf(session),
    isUserProcess: session.isUserProcess,
    databaseId: linked?.id ?? 1,
    openTransactions: session.openTransaction === null ? 0 : 1,
  }));
}

function statusOf({ isUserProcess, rollingBack }: WorkloadSession): SessionFacts["status"] {
  if (!isUserProcess) return "background";
  return rollingBack === null ? "sleeping" : "running";
}

/** Client connections count from here, so that they never meet a session_id that the world gives to its own. */
export const firstClientSessionId = 51;

export const dmExecSessions = defineView<SessionFacts>({
  name: "sys.dm_exec_sessions",
  access: "ownSession",
  items: sessionFacts,
  cells: [
    ["session_id", smallint, (s) => s.sessionId],
    ["login_time", datetime, (s, context) => localTime(s.loginTimeMs, context)],
    ["host_name", sysname, (s) => s.host],
    ["program_name", sysname, (s) => s.program],
    ["host_process_id", int, (s) => s.hostProcessId],
    ["client_version", int, (s) => (s.isUserProcess ? 7 : null)],
    ["client_interface_name", nvarchar(32), (s) => s.clientLibrary?.slice(0, 32) ?? null],
    ["security_id", varbinary(85), (s) => loginSid(s.login)],
    ["login_name", sysname, (s) => s.login],
    ["nt_domain", sysname, (s) => windowsName(s.login)?.domain ?? null],
    ["nt_user_name", sysname, (s) => windowsName(s.login)?.user ?? null],
    ["status", nvarchar(30), (s) => s.status],
    ["cpu_time", int, () => 0],
    ["memory_usage", int, () => 4],
    ["total_elapsed_time", int, () => 0],
    ["endpoint_id", int, (s) => (s.isUserProcess ? 4 : 0)],
    ["last_request_start_time", datetime, (s, context) => localTime(s.lastRequestStartMs, context)],
    ["last_request_end_time", datetime, (s, context) => localTime(s.lastRequestEndMs, context)],
    ["reads", bigint, () => 0],
    ["writes", bigint, () => 0],
    ["logical_reads", bigint, () => 0],
    ["is_user_process", bit, (s) => s.isUserProcess],
    ["transaction_isolation_level", smallint, () => 2],
    ["lock_timeout", int, () => -1],
    ["row_count", bigint, () => 0],
    ["prev_error", int, () => 0],
    ["original_login_name", sysname, (s) => s.login],
    ["database_id", smallint, (s) => s.databaseId],
    ["authenticating_database_id", int, (s) => (s.isUserProcess ? 1 : null)],
    ["open_transaction_count", int, (s) => s.openTransactions],
  ],
});

/** The lowest free session_id for a new client connection; 1 to 50 are the system's. */
export function nextSessionId(server: ServerState, taken: Iterable<number>): number {
  const used = new Set([...taken, ...server.sessions.map((session) => session.sessionId)]);
  let id = firstClientSessionId;
  while (used.has(id)) id += 1;
  return id;
}
