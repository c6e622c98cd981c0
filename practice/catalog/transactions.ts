// sys.dm_tran_active_transactions, _session_transactions and _database_transactions: who has a transaction open.
import type { CatalogContext } from "./context.ts";
import { databasesOf, findDatabase } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { bigint, bit, datetime, int, lsn, nvarchar, uniqueidentifier, varbinary } from "./types.ts";
import { defineView } from "./view.ts";

interface Transaction {
  readonly id: number;
  readonly sessionId: number;
  readonly isUserProcess: boolean;
  readonly beganMs: number;
  readonly databaseId: number;
  /** Null for a transaction that only reads: it has no log record. */
  readonly written: { readonly beginLsn: string; readonly logBytes: number } | null;
}

/** The transactions of the world's sessions, and the reading one of the request that asks. */
function transactions({ state, server, asker }: CatalogContext): Transaction[] {
  const linked = databasesOf(state, server).find((database) => database.copy !== null);
  const written = server.sessions.flatMap((session): Transaction[] => {
    const open = session.openTransaction;
    if (open === null) return [];
    return [
      {
        id: open.transactionId,
        sessionId: session.sessionId,
        isUserProcess: session.isUserProcess,
        beganMs: open.beganMs,
        databaseId: linked?.id ?? 1,
        written: open,
      },
    ];
  });
  const asking: Transaction = {
    id: 9_000_000 + asker.sessionId,
    sessionId: asker.sessionId,
    isUserProcess: true,
    beganMs: state.nowMs,
    databaseId: findDatabase(state, server, asker.currentDatabase)?.id ?? 1,
    written: null,
  };
  return [...written, asking];
}

/** 1 read/write, 2 read-only, 3 system. 4 (distributed) does not occur here. */
function typeOf(transaction: Transaction): number {
  if (!transaction.isUserProcess) return 3;
  return transaction.written === null ? 2 : 1;
}

export const dmTranActiveTransactions = defineView<Transaction>({
  name: "sys.dm_tran_active_transactions",
  access: "serverState",
  items: transactions,
  cells: [
    ["transaction_id", bigint, (t) => t.id],
    ["name", nvarchar(32), (t) => (t.written === null ? "SELECT" : "user_transaction")],
    ["transaction_begin_time", datetime, (t, context) => localTime(t.beganMs, context)],
    ["transaction_type", int, typeOf],
    ["transaction_uow", uniqueidentifier, () => null],
    ["transaction_state", int, () => 2],
    ["dtc_state", int, () => 0],
    ["dtc_isolation_level", int, () => -1],
  ],
});

export const dmTranSessionTransactions = defineView<Transaction>({
  name: "sys.dm_tran_session_transactions",
  access: "serverState",
  items: (context) => transactions(context).filter((t) => t.written !== null),
  cells: [
    ["session_id", int, (t) => t.sessionId],
    ["transaction_id", bigint, (t) => t.id],
    ["transaction_descriptor", varbinary(8), (t) => descriptorOf(t.id)],
    ["enlist_count", int, () => 0],
    ["is_user_transaction", bit, (t) => t.isUserProcess],
    ["is_local", bit, () => true],
    ["is_enlisted", bit, () => false],
    ["is_bound", bit, () => false],
    ["open_transaction_count", int, () => 1],
  ],
});

export const dmTranDatabaseTransactions = defineView<Transaction>({
  name: "sys.dm_tran_database_transactions",
  access: "serverState",
  items: transactions,
  cells: [
    ["transaction_id", bigint, (t) => t.id],
    ["database_id", int, (t) => t.databaseId],
    [
      "database_transaction_begin_time",
      datetime,
      (t, context) => (t.written === null ? null : localTime(t.beganMs, context)),
    ],
    ["database_transaction_type", int, typeOf],
    // 3: initialised, no log record yet; 4: has written log records.
    ["database_transaction_state", int, (t) => (t.written === null ? 3 : 4)],
    ["database_transaction_status", int, () => 0],
    ["database_transaction_log_record_count", bigint, (t) => (t.written === null ? 0 : 2)],
    ["database_transaction_log_bytes_used", bigint, (t) => t.written?.logBytes ?? 0],
    ["database_transaction_begin_lsn", lsn, (t) => t.written?.beginLsn ?? null],
    ["database_transaction_last_lsn", lsn, (t) => t.written?.beginLsn ?? null],
  ],
});

function descriptorOf(id: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(id), true);
  return bytes;
}
