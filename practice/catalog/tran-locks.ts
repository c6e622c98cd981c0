// sys.dm_tran_locks: the application locks of sp_getapplock, and the lock every session holds on its database.
import type { CatalogContext, LockMode } from "./context.ts";
import { findDatabase } from "./databases.ts";
import { sessionFacts } from "./exec-sessions.ts";
import { stableBytes } from "./stable-id.ts";
import { bigint, description, int, nvarchar, smallint } from "./types.ts";
import { defineView } from "./view.ts";

interface LockRow {
  readonly type: "APPLICATION" | "DATABASE";
  readonly databaseId: number;
  readonly description: string;
  readonly mode: string;
  readonly status: "GRANT" | "WAIT";
  readonly count: number;
  readonly sessionId: number;
  readonly ownerType: "SESSION" | "SHARED_TRANSACTION_WORKSPACE";
}

const shortModes: Record<LockMode, string> = {
  Shared: "S",
  Update: "U",
  Exclusive: "X",
  IntentShared: "IS",
  IntentExclusive: "IX",
};

export const dmTranLocks = defineView<LockRow>({
  name: "sys.dm_tran_locks",
  access: "serverState",
  items: (context) => [...databaseLocks(context), ...applicationLocks(context)],
  cells: [
    ["resource_type", description, (l) => l.type],
    ["resource_subtype", description, () => ""],
    ["resource_database_id", int, (l) => l.databaseId],
    ["resource_description", nvarchar(256), (l) => l.description],
    ["resource_associated_entity_id", bigint, () => 0],
    ["resource_lock_partition", int, () => 0],
    ["request_mode", description, (l) => l.mode],
    ["request_type", description, () => "LOCK"],
    ["request_status", description, (l) => l.status],
    ["request_reference_count", smallint, (l) => l.count],
    ["request_lifetime", int, () => 0],
    ["request_session_id", int, (l) => l.sessionId],
    ["request_exec_context_id", int, () => 0],
    ["request_request_id", int, () => 0],
    ["request_owner_type", description, (l) => l.ownerType],
    ["request_owner_id", bigint, () => 0],
  ],
});

function applicationLocks({ state, server, locks }: CatalogContext): LockRow[] {
  return locks.map((lock) => ({
    type: "APPLICATION",
    databaseId: findDatabase(state, server, lock.database)?.id ?? 1,
    description: describeResource(lock.resource),
    mode: shortModes[lock.mode],
    status: lock.status,
    count: lock.count,
    sessionId: lock.sessionId,
    ownerType: "SESSION",
  }));
}

/**
 * `<database principal id>:[<first 32 characters>]:(<hash of the whole resource>)`, principal 0 being public
 * (sys.dm_tran_locks, resource_description of APPLICATION). Longer names differ in the hash alone.
 */
function describeResource(resource: string): string {
  const hash = Buffer.from(stableBytes(resource, 4)).toString("hex");
  return `0:[${resource.slice(0, 32)}]:(${hash})`;
}

/** A session shares its current database; in master and tempdb the server takes no such lock. */
function databaseLocks(context: CatalogContext): LockRow[] {
  return sessionFacts(context)
    .filter((session) => session.databaseId > 2)
    .map((session) => ({
      type: "DATABASE",
      databaseId: session.databaseId,
      description: "",
      mode: "S",
      status: "GRANT",
      count: 1,
      sessionId: session.sessionId,
      ownerType: "SHARED_TRANSACTION_WORKSPACE",
    }));
}
