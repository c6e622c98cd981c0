// The queries Microsoft publishes for watching a link, as they stand, with the names of the practice scenario filled in.

/** "Fail over link": groups with the commit mode of each member. */
export const groupOverview = `
-- Run on SQL Server
-- Verifies the state of the distributed availability group
SELECT
    ag.name, ag.is_distributed, ar.replica_server_name,
    ar.availability_mode_desc, ars.connected_state_desc, ars.role_desc,
    ars.operational_state_desc, ars.synchronization_health_desc
FROM
    sys.availability_groups ag
    join sys.availability_replicas ar
    on ag.group_id=ar.group_id
    left join sys.dm_hadr_availability_replica_states ars
    on ars.replica_id=ar.replica_id
WHERE
    ag.is_distributed=1
`;

/** "Fail over link": positions on SQL Server. */
export const positionsOnSqlServer = `
-- Run on SQL Server
-- Obtain the last hardened LSN for the database on SQL Server.
SELECT
    ag.name AS [Replication group],
    db.name AS [Database name],
    drs.database_id AS [Database ID],
    drs.group_id,
    drs.replica_id,
    drs.synchronization_state_desc AS [Sync state],
    drs.end_of_log_lsn AS [End of log LSN],
    drs.last_hardened_lsn AS [Last hardened LSN]
FROM
    sys.dm_hadr_database_replica_states drs
    inner join sys.databases db on db.database_id = drs.database_id
    inner join sys.availability_groups ag on drs.group_id = ag.group_id
WHERE
    ag.is_distributed = 1 and db.name = 'Adatum'
`;

/** "Fail over link": positions on the instance; Business Critical takes the last line too. */
export const positionsOnInstance = (tier: "GeneralPurpose" | "BusinessCritical") => `
-- Run on SQL managed instance
-- Obtain the LSN for the database on SQL Managed Instance.
SELECT
    db.name AS [Database name],
    drs.database_id AS [Database ID],
    drs.group_id,
    drs.replica_id,
    drs.synchronization_state_desc AS [Sync state],
    drs.end_of_log_lsn AS [End of log LSN],
    drs.last_hardened_lsn AS [Last hardened LSN]
FROM
    sys.dm_hadr_database_replica_states drs
    inner join sys.databases db on db.database_id = drs.database_id
WHERE
    db.name = 'Adatum'
    -- for Business Critical, add the following as well
    ${tier === "BusinessCritical" ? "" : "-- "}AND drs.is_primary_replica = 1
`;

/** "Troubleshoot link": the role of each side. */
export const linkRole = `
-- Execute on SQL Server and SQL Managed Instance
USE master
DECLARE @link_name varchar(max) = 'LINK_Adatum'
SELECT
   ag.name [Link name],
   rs.role_desc [Link role]
FROM
   sys.availability_groups ag
   JOIN sys.dm_hadr_availability_replica_states rs
   ON ag.group_id = rs.group_id
WHERE
   rs.is_local = 1 AND ag.is_distributed = 1 AND ag.name = @link_name
`;

/** "Managed Instance link best practices": replication lag. */
export const replicationLag = `
-- Execute on SQL Server and SQL Managed Instance
USE master
DECLARE @link_name varchar(max) = 'LINK_Adatum'
SELECT
   ag.name [Link name],
   ars1.role_desc [Link role],
   ars2.connected_state_desc [Link connected state],
   ars2.synchronization_health_desc [Link sync health],
   drs.secondary_lag_seconds [Link replication latency (seconds)]
FROM
   sys.availability_groups ag
   JOIN sys.dm_hadr_availability_replica_states ars1
   ON ag.group_id = ars1.group_id
   JOIN sys.dm_hadr_availability_replica_states ars2
   ON ag.group_id = ars2.group_id
   JOIN sys.dm_hadr_database_replica_states drs
   ON ars2.replica_id = drs.replica_id
WHERE
   ag.is_distributed = 1 AND ag.name = @link_name AND ars1.is_local = 1 AND ars2.is_local = 0
`;

/** "Troubleshoot link": health. */
export const linkHealth = `
DECLARE @link_name varchar(max) = 'LINK_Adatum'
SELECT
   rs.synchronization_health_desc [Link sync health]
FROM
   sys.availability_groups ag
   join sys.dm_hadr_availability_replica_states rs
   on ag.group_id = rs.group_id
WHERE
   rs.is_local = 1 and ag.is_distributed = 1 and ag.name = @link_name
`;

/** "Troubleshoot link": seeding progress. */
export const seedingProgress = `
SELECT
    ag.local_database_name AS 'Local database name',
    ar.current_state AS 'Current state',
    ar.is_source AS 'Is source',
    ag.internal_state_desc AS 'Internal state desc',
    ag.database_size_bytes / 1024 / 1024 AS 'Database size MB',
    ag.transferred_size_bytes / 1024 / 1024 AS 'Transferred MB',
    ag.transfer_rate_bytes_per_second / 1024 / 1024 AS 'Transfer rate MB/s',
    ag.total_disk_io_wait_time_ms / 1000 AS 'Total Disk IO wait (sec)',
    ag.total_network_wait_time_ms / 1000 AS 'Total Network wait (sec)',
    ag.is_compression_enabled AS 'Compression',
    ag.start_time_utc AS 'Start time UTC',
    ag.estimate_time_complete_utc as 'Estimated time complete UTC',
    ar.completion_time AS 'Completion time',
    ar.number_of_attempts AS 'Attempt No'
FROM sys.dm_hadr_physical_seeding_stats AS ag
    INNER JOIN sys.dm_hadr_automatic_seeding AS ar
    ON local_physical_seeding_id = operation_id
`;

/** "Managed Instance link best practices": when the endpoint's certificate expires. */
export const certificateExpiry = `
USE MASTER
SELECT * FROM sys.certificates WHERE pvt_key_encryption_type = 'MK'
`;
