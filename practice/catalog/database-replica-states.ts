// sys.dm_hadr_database_replica_states: positions, queues and health of the linked database's replicas.
import type { SqlValue } from "../sql-types.ts";
import { replicaRows } from "../world/positions.ts";
import type { ReplicaRow } from "../world/replica-row.ts";
import { isSynchronous } from "../world/sides.ts";
import { healthOf, ownSynchronization, partnerSynchronization } from "../world/synchronization.ts";
import type { SynchronizationHealth } from "../world/synchronization.ts";
import { bystanderReplicaRows } from "./bystander-rows.ts";
import type { CatalogContext } from "./context.ts";
import { linkedDatabaseId } from "./databases.ts";
import { localTime } from "./local-time.ts";
import {
  bigint,
  bit,
  datetime,
  description,
  int,
  lsn,
  tinyint,
  uniqueidentifier,
} from "./types.ts";
import { defineView, type Cell } from "./view.ts";

const synchronizationCodes = {
  "NOT SYNCHRONIZING": 0,
  SYNCHRONIZING: 1,
  SYNCHRONIZED: 2,
} as const;
export const healthCodes = { NOT_HEALTHY: 0, PARTIALLY_HEALTHY: 1, HEALTHY: 2 } as const;
const databaseStateCodes = { ONLINE: 0, RESTORING: 1, RECOVERING: 2 } as const;
const suspendReasons = [
  "SUSPEND_FROM_USER",
  "SUSPEND_FROM_PARTNER",
  "SUSPEND_FROM_REDO",
  "SUSPEND_FROM_CAPTURE",
  "SUSPEND_FROM_APPLY",
  "SUSPEND_FROM_RESTART",
  "SUSPEND_FROM_UNDO",
  "SUSPEND_FROM_REVALIDATION",
  "SUSPEND_FROM_XRF_UPDATE",
];

/** Health of the link as this server sees it: on the primary the worse of its own and the other side's. */
export function linkHealth({
  state,
  server,
}: Pick<CatalogContext, "state" | "server">): SynchronizationHealth {
  const own = ownSynchronization(state, server.key);
  const partner = server.linkRole === "PRIMARY" ? partnerSynchronization(state, server.key) : own;
  const worse = synchronizationCodes[partner] < synchronizationCodes[own] ? partner : own;
  return healthOf(worse, isSynchronous(state));
}

/** A position and when it was reached, by this node's clock. */
const reached = (
  name: string,
  position: (row: ReplicaRow) => SqlValue,
  atMs: (row: ReplicaRow) => number | null,
): readonly Cell<ReplicaRow>[] => [
  [`${name}_lsn`, lsn, position],
  [`${name}_time`, datetime, (row, context) => localTime(atMs(row), context)],
];

export const dmHadrDatabaseReplicaStates = defineView<ReplicaRow>({
  name: "sys.dm_hadr_database_replica_states",
  access: "serverState",
  items: ({ state, server }) => [
    ...replicaRows(state, server.key),
    ...bystanderReplicaRows(server),
  ],
  cells: [
    ["database_id", int, (r) => r.databaseId ?? linkedDatabaseId],
    ["group_id", uniqueidentifier, (r) => r.groupId],
    ["replica_id", uniqueidentifier, (r) => r.replicaId],
    ["group_database_id", uniqueidentifier, (r) => r.groupDatabaseId],
    ["is_local", bit, (r) => r.isLocal],
    ["is_primary_replica", bit, (r) => r.isPrimaryReplica],
    ["synchronization_state", tinyint, (r) => synchronizationCodes[r.synchronizationStateDesc]],
    ["synchronization_state_desc", description, (r) => r.synchronizationStateDesc],
    ["is_commit_participant", bit, (r) => r.isCommitParticipant],
    ["synchronization_health", tinyint, (r) => healthCodes[r.synchronizationHealthDesc]],
    ["synchronization_health_desc", description, (r) => r.synchronizationHealthDesc],
    [
      "database_state",
      tinyint,
      (r) => (r.databaseStateDesc === null ? null : databaseStateCodes[r.databaseStateDesc]),
    ],
    ["database_state_desc", description, (r) => r.databaseStateDesc],
    ["is_suspended", bit, (r) => r.isSuspended],
    ["suspend_reason", tinyint, (r) => r.suspendReason],
    [
      "suspend_reason_desc",
      description,
      (r) => (r.suspendReason === null ? null : (suspendReasons[r.suspendReason] ?? null)),
    ],
    ["recovery_lsn", lsn, (r) => r.recoveryLsn],
    ["truncation_lsn", lsn, (r) => r.truncationLsn],
    ...reached(
      "last_sent",
      (r) => r.lastSentLsn,
      (r) => r.lastSentMs,
    ),
    ...reached(
      "last_received",
      (r) => r.lastReceivedLsn,
      (r) => r.lastReceivedMs,
    ),
    ...reached(
      "last_hardened",
      (r) => r.lastHardenedLsn,
      (r) => r.lastHardenedMs,
    ),
    ...reached(
      "last_redone",
      (r) => r.lastRedoneLsn,
      (r) => r.lastRedoneMs,
    ),
    ["log_send_queue_size", bigint, (r) => wholeKb(r.logSendQueueKb)],
    ["log_send_rate", bigint, (r) => wholeKb(r.logSendRateKbPerSecond)],
    ["redo_queue_size", bigint, (r) => wholeKb(r.redoQueueKb)],
    ["redo_rate", bigint, (r) => wholeKb(r.redoRateKbPerSecond)],
    ["filestream_send_rate", bigint, () => null],
    ["end_of_log_lsn", lsn, (r) => r.endOfLogLsn],
    ["last_commit_lsn", lsn, (r) => r.lastCommitLsn],
    // Written by the clock of the primary and replicated as it is.
    [
      "last_commit_time",
      datetime,
      (r, { state }) => localTime(r.lastCommitMs, { server: state[r.commitClock] }),
    ],
    ["low_water_mark_for_ghosts", bigint, () => null],
    ["secondary_lag_seconds", bigint, (r) => r.secondaryLagSeconds],
    ["quorum_commit_lsn", lsn, () => null, 2019],
    ["quorum_commit_time", datetime, () => null, 2019],
    ["is_internal", bit, () => false, 2025],
  ],
});

function wholeKb(value: number | null): number | null {
  return value === null ? null : Math.ceil(value);
}
