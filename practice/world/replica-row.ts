// One row of sys.dm_hadr_database_replica_states as data (domain.md 5.1).
import type { SynchronizationHealth, SynchronizationState } from "./synchronization.ts";
import type { DatabaseCopy, ServerKey } from "./state.ts";

/** LSNs are strings of digits (numeric(25,0)), times world ms UTC, queues KB, rates KB/s; null is SQL NULL. */
export interface ReplicaRow {
  /** The distributed group (the link) or the local group of this side. */
  readonly group: "distributed" | "local";
  readonly groupId: string;
  readonly replicaId: string;
  readonly groupDatabaseId: string;
  readonly databaseName: string;
  /** Of a bystander; absent: the linked database's. */
  readonly databaseId?: number;
  readonly isLocal: boolean;
  readonly isPrimaryReplica: boolean;
  readonly synchronizationStateDesc: SynchronizationState;
  readonly synchronizationHealthDesc: SynchronizationHealth;
  readonly isCommitParticipant: boolean;
  readonly databaseStateDesc: DatabaseCopy["state"] | null;
  readonly isSuspended: boolean;
  /** 0 SUSPEND_FROM_USER, 1 SUSPEND_FROM_PARTNER; null while not suspended. */
  readonly suspendReason: number | null;
  readonly recoveryLsn: string | null;
  readonly truncationLsn: string | null;
  readonly lastSentLsn: string | null;
  readonly lastSentMs: number | null;
  readonly lastReceivedLsn: string | null;
  readonly lastReceivedMs: number | null;
  readonly lastHardenedLsn: string | null;
  readonly lastHardenedMs: number | null;
  readonly lastRedoneLsn: string | null;
  readonly lastRedoneMs: number | null;
  readonly endOfLogLsn: string | null;
  readonly lastCommitLsn: string | null;
  readonly lastCommitMs: number | null;
  /** Whose wall clock last_commit_time shows: format it with that server's `offsetMinutes`. All other times: this node's. */
  readonly commitClock: ServerKey;
  readonly logSendQueueKb: number | null;
  readonly logSendRateKbPerSecond: number | null;
  readonly redoQueueKb: number | null;
  readonly redoRateKbPerSecond: number | null;
  readonly secondaryLagSeconds: number | null;
}
