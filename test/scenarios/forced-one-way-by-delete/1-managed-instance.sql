-- PRODUCTION. MI Link Failover: forced failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan beda492207d5cf7ca06a3fe6f68e564fe65a8971babf9693eaac0e370b5b31b9
--
-- The link DAG_AdatumBooks is ended by deleting it in Azure: sqlmi1.0123456789ab.database.windows.net's copy of AdatumBooks opens for writing as an independent database, and there is no way back. Data can be lost: AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example's own clock, with the zone that it had when it was last read.
--
-- In this order:
-- 1. Make sure that sqlbox01.adatum.example is gone and stays away. What is lost stands above.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It looks whether log still arrives, and changes nothing.
-- 3. Delete the link in Azure, which no T-SQL can do: bash failover.sh, or .\failover.ps1. They look once more, and want the link's name typed.
-- 4. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written.
-- 5. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
-- 6. It was forced: sqlbox01.adatum.example keeps a copy of its own, and still takes itself for the primary of the deleted link when it comes back.
--
-- DATA CAN BE LOST.
-- AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example's own clock, with the zone that it had when it was last read.
-- AdatumBooks: sqlbox01.adatum.example was last read at 2026-11-21 22:00:00.0 +02:00 = 2026-11-21 20:00:00.0 UTC. sqlmi1.0123456789ab.database.windows.net has everything that it had committed then (last_commit_lsn 40000000127200003).
--
-- This file changes nothing: it looks whether log still arrives. No T-SQL deletes a link.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 3, 1-look-before-force: Look once more whether sqlbox01.adatum.example is alive
-- Done when: For 10 s nothing arrives on sqlmi1.0123456789ab.database.windows.net, and it is not connected.
DECLARE @lookSeen nvarchar(4000), @lookRefusal nvarchar(2048);
SET @lookSeen = NULL;
SET @lookSeen = DB_NAME();
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'master')
BEGIN
    SET @lookRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @lookRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @lookRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @lookRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @lookRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST((SELECT COUNT(*)
    FROM sys.databases AS b
    LEFT JOIN sys.dm_hadr_database_replica_states AS d ON d.database_id = b.database_id AND (d.is_local = 1 OR d.is_primary_replica = 1)
    WHERE b.database_id IN (DB_ID(N'AdatumBooks'))
      AND (b.state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.database_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.synchronization_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING'))) AS nvarchar(10));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0')
BEGIN
    SET @lookRefusal = N'Refused: the number of databases that are RESTORING or INITIALIZING or REVERTING must be 0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Forced now, such a database could not be started as primary.';
    THROW 50009, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id IN (DB_ID(N'AdatumBooks')) AND d.is_suspended = 1) AS nvarchar(10));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0')
BEGIN
    SET @lookRefusal = N'Refused: the number of databases whose data movement is suspended must be 0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. More than usual may be missing: plan it anew, with a reason.';
    THROW 50007, @lookRefusal, 1;
END;
DECLARE @alive nvarchar(2048) = N'Refused: the primary is alive, sqlmi1.0123456789ab.database.windows.net is still receiving its log. Forcing now makes two primaries. Nothing was changed. Fail over planned, on the primary.';
DECLARE @lsnBefore0 numeric(25, 0), @lsnAfter0 numeric(25, 0), @timeBefore0 datetime, @timeAfter0 datetime;
SET @lsnBefore0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeBefore0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
WAITFOR DELAY '00:00:10';
SET @lsnAfter0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeAfter0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
IF ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1), N'not told') = N'CONNECTED' OR @lsnAfter0 <> @lsnBefore0 OR @timeAfter0 <> @timeBefore0
    THROW 50008, @alive, 1;
GO

-- Step 2 of 3, 2-remove-link: End replication on SQL Managed Instance (delete the link)
-- Done when: Azure does not know the link any more (404), sqlmi1.0123456789ab.database.windows.net does not show it, and AdatumBooks is READ_WRITE there.
-- Nothing to do here: it runs on Azure.
GO
