-- TEST. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 17.0.4035.6, SQL Azure).
-- Plan 9177e87b1e472be02c40c9d68f79a509a38cd05f6151d803dcb1504ee7fa0198
--
-- AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net; it only reads.
-- 2. Run 1-sql-server.sql on SQLBOX01. It commits synchronously and waits at the gate as far as this server sees it; it moves nothing.
-- 3. Delete the link in Azure, which no T-SQL can do: bash failover.sh remove-link, or .\failover.ps1 -RemoveLink. It reads the gate on both servers directly before, and sends nothing while that is shut. It waits for the end.
-- 4. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written.
-- 5. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
-- 6. Run 3-sql-server-after.sql on SQLBOX01: it drops what is left of the link there and looks at the old copy.
-- 7. Run 4-close-old-copy.sql on SQLBOX01: it keeps the old copy from being written. 4-reopen-old-copy.sql undoes that.
--
-- This file changes nothing. Run it in two parts:
-- 'Before' (step 3) when the workload has stopped, then 1-sql-server.sql on SQLBOX01,
-- and what comes then stands below.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 8, 1-set-commit-mode: Alter SQL Server link replication mode to Synchronous
-- Done when: SQLBOX01 shows SYNCHRONOUS_COMMIT for AG_AdatumBooks and AG_AdatumBooks_MI.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 2 of 8, 2-set-replication-mode: Alter SQL Managed Instance link replication mode to Synchronous
-- Done when: Azure shows replicationMode Sync for the link.
-- Nothing to do here: it runs on Azure.

-- Step 3 of 8, 3-wait-for-gate: Wait until both sides hold the same log
-- Done when: sqlmi1.0123456789ab.database.windows.net holds the last commit of SQLBOX01, unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to AdatumBooks.
-- Before: run it when the workload has stopped, before the script of SQLBOX01. Changes nothing.
DECLARE @beforeSeen nvarchar(4000), @beforeRefusal nvarchar(2048);
SET @beforeSeen = NULL;
SET @beforeSeen = DB_NAME();
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'master')
BEGIN
    SET @beforeRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @beforeRefusal, 1;
END;
SET @beforeSeen = NULL;
SET @beforeSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @beforeRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @beforeRefusal, 1;
END;
SET @beforeSeen = NULL;
SET @beforeSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'SECONDARY', N'PRIMARY')
BEGIN
    SET @beforeRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or PRIMARY, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @beforeRefusal, 1;
END;
IF @beforeSeen = N'PRIMARY'
    PRINT N'sqlmi1.0123456789ab.database.windows.net is PRIMARY already: the failover has happened. Go on with the part ''After''.';
DECLARE @own0 numeric(25, 0);
SET @own0 = (SELECT MIN(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
PRINT N'Own last_commit_lsn of AdatumBooks: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
GO

-- Step 4 of 8, 4-remove-link: End replication on SQL Managed Instance (delete the link)
-- Done when: Azure does not know the link any more (404), sqlmi1.0123456789ab.database.windows.net does not show it, and AdatumBooks is READ_WRITE there.
-- Nothing to do here: it runs on Azure.
GO
