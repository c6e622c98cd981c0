// sys.dm_exec_requests: the batches that run now.
import type { CatalogContext, ClientSession } from "./context.ts";
import { findDatabase } from "./databases.ts";
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

interface RunningRequest {
  readonly client: ClientSession;
  readonly text: string;
  readonly startedMs: number;
}

export const dmExecRequests = defineView<RunningRequest>({
  name: "sys.dm_exec_requests",
  access: "ownSession",
  items: running,
  cells: [
    ["session_id", smallint, (r) => r.client.sessionId],
    ["request_id", int, () => 0],
    ["start_time", datetime, (r, context) => localTime(r.startedMs, context)],
    ["status", nvarchar(30), () => "running"],
    ["command", nvarchar(32), (r) => commandOf(r.text)],
    ["sql_handle", varbinary(64), (r) => stableBytes(r.text, 32)],
    [
      "database_id",
      smallint,
      (r, { state, server }) => findDatabase(state, server, r.client.currentDatabase)?.id ?? 1,
    ],
    ["connection_id", uniqueidentifier, (r) => r.client.connectionId],
    ["blocking_session_id", smallint, () => 0],
    ["wait_type", nvarchar(60), () => null],
    ["wait_time", int, () => 0],
    ["last_wait_type", nvarchar(60), () => "MISCELLANEOUS"],
    ["open_transaction_count", int, () => 0],
    ["percent_complete", float, () => 0],
    ["cpu_time", int, () => 0],
    ["total_elapsed_time", int, (r, { state }) => Math.round(state.nowMs - r.startedMs)],
    ["reads", bigint, () => 0],
    ["writes", bigint, () => 0],
  ],
});

function running({ clients, seesAllSessions, asker }: CatalogContext): RunningRequest[] {
  return clients.flatMap((client) =>
    client.request === null || !(seesAllSessions || client.sessionId === asker.sessionId)
      ? []
      : [{ client, ...client.request }],
  );
}

/** The `command` column: the statement's first words, as far as SQL Server tells them apart. */
function commandOf(text: string): string {
  const words = text.trim().toUpperCase().split(/\s+/);
  return words[0] === "ALTER" || words[0] === "DROP" || words[0] === "BACKUP"
    ? words.slice(0, 2).join(" ").slice(0, 32)
    : (words[0] ?? "").replace(/[^A-Z].*$/, "").slice(0, 32) || "SELECT";
}
