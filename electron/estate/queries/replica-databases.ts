// How far each database is on each replica: positions in the log, queues, suspension.
import { z } from "zod";
import type { ReplicaDatabase } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit, count, lsn } from "./query.ts";

/** LSNs are numeric(25,0), of which the driver loses digits: cast to text. Needs VIEW SERVER STATE and VIEW ANY DATABASE. */
export const replicaDatabasesQuery: Query<ReplicaDatabase> = {
  name: "replica databases",
  text: `
SELECT
  drs.database_id AS databaseId,
  d.name AS databaseName,
  drs.group_id AS groupId,
  drs.replica_id AS replicaId,
  drs.is_local AS isLocal,
  drs.is_primary_replica AS isPrimaryReplica,
  drs.synchronization_state_desc AS synchronizationState,
  drs.synchronization_health_desc AS synchronizationHealth,
  drs.database_state_desc AS databaseState,
  drs.is_suspended AS isSuspended,
  drs.suspend_reason_desc AS suspendReason,
  CAST(drs.end_of_log_lsn AS varchar(30)) AS endOfLogLsn,
  CAST(drs.last_hardened_lsn AS varchar(30)) AS lastHardenedLsn,
  CAST(drs.last_received_lsn AS varchar(30)) AS lastReceivedLsn,
  CAST(drs.last_commit_lsn AS varchar(30)) AS lastCommitLsn,
  CAST(drs.last_redone_lsn AS varchar(30)) AS lastRedoneLsn,
  drs.log_send_queue_size AS logSendQueueKb,
  drs.redo_queue_size AS redoQueueKb,
  drs.log_send_rate AS logSendRateKbPerSecond,
  drs.redo_rate AS redoRateKbPerSecond,
  drs.secondary_lag_seconds AS secondaryLagSeconds,
  CONVERT(varchar(33), drs.last_received_time, 126) AS lastReceivedTime,
  CONVERT(varchar(33), drs.last_commit_time, 126) AS lastCommitTime
FROM sys.dm_hadr_database_replica_states AS drs
INNER JOIN sys.databases AS d ON d.database_id = drs.database_id
ORDER BY d.name, drs.group_id, drs.replica_id;`,
  row: z.object({
    databaseId: z.number(),
    databaseName: z.string(),
    groupId: z.string(),
    replicaId: z.string(),
    isLocal: bit,
    isPrimaryReplica: bit.nullable(),
    synchronizationState: z.string().nullable(),
    synchronizationHealth: z.string().nullable(),
    databaseState: z.string().nullable(),
    isSuspended: bit.nullable(),
    suspendReason: z.string().nullable(),
    endOfLogLsn: lsn,
    lastHardenedLsn: lsn,
    lastReceivedLsn: lsn,
    lastCommitLsn: lsn,
    lastRedoneLsn: lsn,
    logSendQueueKb: count,
    redoQueueKb: count,
    logSendRateKbPerSecond: count,
    redoRateKbPerSecond: count,
    secondaryLagSeconds: count,
    lastReceivedTime: z.string().nullable(),
    lastCommitTime: z.string().nullable(),
  }),
};
