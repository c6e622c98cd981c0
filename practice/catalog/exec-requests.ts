// sys.dm_exec_requests: the batches that run now, and the rollbacks that KILL began.
import type { CatalogContext, ClientSession } from "./context.ts";
import { rollbackProgress } from "../world/rollback.ts";
import type { WorkloadSession } from "../world/state.ts";
import { findDatabase, linkedDatabaseId } from "./databases.ts";
import { localTime } from "./local-time.ts";
import {
  bigint,
  datetime,
  int,
  float,
  nvarchar,
  smallint,
  uniqueidentifier,
  varbinary,
} from "./types.ts";
import { stableBytes } from "./stable-id.ts";
import { defineView } from "./view.ts";

/** What a connection has sent, or the rollback of a killed session of the application. */
interface RunningRequest {
  readonly sessionId: number;
  readonly connectionId: string | null;
  /** Null: the linked one. */
  readonly database: string | null;
  readonly status: "running" | "rollback";
  readonly command: string;
  readonly handle: string;
  readonly startedMs: number;
  readonly percentComplete: number;
  readonly estimatedMs: number;
}

export const dmExecRequests = defineView<RunningRequest>({
  name: "sys.dm_exec_requests",
  access: "ownSession",
  items: running,
  cells: [
    ["session_id", smallint, (r) => r.sessionId],
    ["request_id", int, () => 0],
    ["start_time", datetime, (r, context) => localTime(r.startedMs, context)],
    ["status", nvarchar(30), (r) => r.status],
    ["command", nvarchar(32), (r) => r.command],
    ["sql_handle", varbinary(64), (r) => stableBytes(r.handle, 32)],
    [
      "database_id",
      smallint,
      (r, { state, server }) =>
        r.database === null ? linkedDatabaseId : (findDatabase(state, server, r.database)?.id ?? 1),
    ],
    ["connection_id", uniqueidentifier, (r) => r.connectionId],
    ["blocking_session_id", smallint, () => 0],
    ["wait_type", nvarchar(60), () => null],
    ["wait_time", int, () => 0],
    ["last_wait_type", nvarchar(60), () => "MISCELLANEOUS"],
    ["open_transaction_count", int, () => 0],
    ["percent_complete", float, (r) => r.percentComplete],
    ["estimated_completion_time", bigint, (r) => r.estimatedMs],
    ["cpu_time", int, () => 0],
    ["total_elapsed_time", int, (r, { state }) => Math.round(state.nowMs - r.startedMs)],
    ["reads", bigint, () => 0],
    ["writes", bigint, () => 0],
  ],
});

function running(context: CatalogContext): RunningRequest[] {
  const { clients, server, state, seesAllSessions, asker } = context;
  const sent = clients.flatMap((client) =>
    client.request === null ? [] : [sentBy(client, client.request)],
  );
  const undone = server.sessions.flatMap((session) => rollbackOf(session, state.nowMs));
  return [...sent, ...undone].filter(
    ({ sessionId }) => seesAllSessions || sessionId === asker.sessionId,
  );
}

function sentBy(
  { sessionId, connectionId, currentDatabase }: ClientSession,
  { text, startedMs }: NonNullable<ClientSession["request"]>,
): RunningRequest {
  return {
    sessionId,
    connectionId,
    database: currentDatabase,
    status: "running",
    command: commandOf(text),
    handle: text,
    startedMs,
    percentComplete: 0,
    estimatedMs: 0,
  };
}

/** percent_complete and estimated_completion_time are filled for ROLLBACK ("sys.dm_exec_requests"). */
function rollbackOf(session: WorkloadSession, nowMs: number): readonly RunningRequest[] {
  const progress = rollbackProgress(session, nowMs);
  if (session.rollingBack === null || progress === undefined) return [];
  const { beganMs, endsMs } = session.rollingBack;
  return [
    {
      sessionId: session.sessionId,
      connectionId: null,
      database: null,
      status: "rollback",
      command: "KILLED/ROLLBACK",
      handle: "",
      startedMs: beganMs,
      percentComplete: progress.percent,
      estimatedMs: Math.max(0, endsMs - nowMs),
    },
  ];
}

/** The `command` column: the statement's first words, as far as SQL Server tells them apart. */
function commandOf(text: string): string {
  const words = text.trim().toUpperCase().split(/\s+/);
  return words[0] === "ALTER" || words[0] === "DROP" || words[0] === "BACKUP"
    ? words.slice(0, 2).join(" ").slice(0, 32)
    : (words[0] ?? "").replace(/[^A-Z].*$/, "").slice(0, 32) || "SELECT";
}
