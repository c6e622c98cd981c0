// Scalar subqueries about one link on the server that runs them, for guards and script files.
import type { PlannedLink } from "../plan/plan.ts";
import { scriptString } from "./quote.ts";

/** The ids of the link's databases on this server, for an IN list. */
export function databaseIds(link: PlannedLink): string {
  return link.databases.map((database) => `DB_ID(${scriptString(database)})`).join(", ");
}

/** The group_id of the distributed group, as nvarchar in upper case. */
export function linkGroupId(link: PlannedLink): string {
  return `(SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ${isLink(link)})`;
}

/** A column of sys.dm_hadr_availability_replica_states (alias `rs`) of this side in the link. */
export function ownLinkState(column: string, link: PlannedLink): string {
  return replicaState(column, `${isLink(link)} AND rs.is_local = 1`);
}

/** The same of the other side; only the primary shows that row. */
export function remoteLinkState(column: string, link: PlannedLink): string {
  return replicaState(column, `${isLink(link)} AND rs.is_local = 0`);
}

/** The same of this node in SQL Server's local availability group. */
export function localGroupState(column: string, link: PlannedLink): string {
  const group = scriptString(link.boxGroup);
  return replicaState(column, `ag.is_distributed = 0 AND ag.name = ${group} AND rs.is_local = 1`);
}

/** ALLOW_CONNECTIONS of the secondary role of one replica of SQL Server's local group. */
export function secondaryConnections(group: string, replica: string): string {
  return `(SELECT ar.secondary_role_allow_connections_desc
    FROM sys.availability_replicas AS ar
    JOIN sys.availability_groups AS ag ON ag.group_id = ar.group_id
    WHERE ag.is_distributed = 0 AND ag.name = ${scriptString(group)}
      AND ar.replica_server_name = ${scriptString(replica)})`;
}

/** Copies of the link's databases that are suspended or do not say, here and as the other side last reported. */
export function suspendedCopies(link: PlannedLink): string {
  return `(SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (${isLink(link)}))
      AND d.database_id IN (${databaseIds(link)})
      AND ISNULL(d.is_suspended, 1) = 1)`;
}

/** Databases of the link that sys.databases or the own copies show in one of these states. */
export function copiesInState(link: PlannedLink, states: readonly string[]): string {
  const among = states.map((state) => scriptString(state)).join(", ");
  return `(SELECT COUNT(*)
    FROM sys.databases AS b
    LEFT JOIN sys.dm_hadr_database_replica_states AS d ON d.database_id = b.database_id AND (d.is_local = 1 OR d.is_primary_replica = 1)
    WHERE b.database_id IN (${databaseIds(link)})
      AND (b.state_desc IN (${among}) OR d.database_state_desc IN (${among}) OR d.synchronization_state_desc IN (${among})))`;
}

/** Suspended copies of this side alone; one that does not say is not counted. */
export function ownSuspendedCopies(link: PlannedLink): string {
  return `(SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id IN (${databaseIds(link)}) AND d.is_suspended = 1)`;
}

/** KB of log that have arrived on this side and are not redone; NULL where nobody tells. */
export function ownRedoQueue(link: PlannedLink): string {
  return `(SELECT MAX(d.redo_queue_size)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id IN (${databaseIds(link)}))`;
}

/** Transactions that have written, except those proved to be the system's own; a distributed one may have no session. */
export function writingTransactions(link: PlannedLink): string {
  return `(SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (${databaseIds(link)})
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1)`;
}

/**
 * This side's own last_commit_lsn: of several rows the highest (MAX) counts on the primary, the lowest (MIN) on the secondary.
 * A Business Critical instance may show its own copy only as the primary replica of its inner group.
 */
export function ownCommitLsn(which: "MIN" | "MAX", database: string): string {
  return `(SELECT ${which}(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(${scriptString(database)}))`;
}

/** How far log has arrived on this secondary, by its own rows. */
export function ownReceived(
  column: "last_received_lsn" | "last_received_time",
  database: string,
): string {
  return `(SELECT MAX(d.${column})
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(${scriptString(database)}))`;
}

/** A value over the rows (alias `d`) of sys.dm_hadr_database_replica_states in which the other side was last reported. */
export function reportedByRemote(value: string, link: PlannedLink, database: string): string {
  return `(SELECT ${value}
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE ${isLink(link)}
      AND d.is_local = 0 AND d.database_id = DB_ID(${scriptString(database)}))`;
}

/** How many distributed groups of this server stand on one local group. */
export function distributedGroupsOver(group: string): string {
  return `(SELECT COUNT(*)
    FROM sys.availability_replicas AS ar
    JOIN sys.availability_groups AS ag ON ag.group_id = ar.group_id
    WHERE ag.is_distributed = 1 AND ar.replica_server_name = ${scriptString(group)})`;
}

/** `ONLINE`, `RESTORING` and so on; `in an availability group` while it is a member of one. */
export function databaseStanding(database: string): string {
  return `(SELECT CASE WHEN d.group_database_id IS NULL THEN d.state_desc ELSE N'in an availability group' END
    FROM sys.databases AS d
    WHERE d.name = ${scriptString(database)})`;
}

/** `READ_WRITE` or `READ_ONLY`; NULL while the database is not ONLINE, and where it is not visible. */
export function updateability(database: string): string {
  return `CAST(DATABASEPROPERTYEX(${scriptString(database)}, N'Updateability') AS nvarchar(128))`;
}

function isLink(link: PlannedLink): string {
  return `ag.is_distributed = 1 AND ag.name = ${scriptString(link.name)}`;
}

function replicaState(column: string, where: string): string {
  return `(SELECT ${column}
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ${where})`;
}
