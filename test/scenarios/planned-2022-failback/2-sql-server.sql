-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 50fb69dd277154f4b69788ddb0eec6322497cba110fab2addf17114159586c96
--
-- AdatumBooks moves from sqlmi1.0123456789ab.database.windows.net to SQLBOX01. No committed data is given up. The link stays, and you can fail over again.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-sql-server.sql on SQLBOX01; it only reads.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-sql-server.sql on SQLBOX01: it proves that SQLBOX01 is PRIMARY and writable.
-- 4. Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group.
-- 5. Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.
--
-- This file changes nothing. Run it in two parts:
-- 'Before' (step 1) when the workload has stopped, then 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net,
-- 'After' (every step behind it) when that has ended.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 3, 1-wait-for-gate: Wait until both sides hold the same log
-- Done when: SQLBOX01 holds the last commit of sqlmi1.0123456789ab.database.windows.net, unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to AdatumBooks.
-- Before: run it when the workload has stopped, before the script of sqlmi1.0123456789ab.database.windows.net. Changes nothing.
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
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @beforeRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @beforeRefusal, 1;
END;
SET @beforeSeen = NULL;
SET @beforeSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'PRIMARY')
BEGIN
    SET @beforeRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @beforeRefusal, 1;
END;
SET @beforeSeen = NULL;
SET @beforeSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'SECONDARY', N'PRIMARY')
BEGIN
    SET @beforeRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be SECONDARY or PRIMARY, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @beforeRefusal, 1;
END;
IF @beforeSeen = N'PRIMARY'
    PRINT N'SQLBOX01 is PRIMARY already: the failover has happened. Go on with the part ''After''.';
DECLARE @own0 numeric(25, 0);
SET @own0 = (SELECT MIN(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
PRINT N'Own last_commit_lsn of AdatumBooks: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
GO

-- Step 2 of 3, 2-failover: Perform planned failover to SQL Server
-- Done when: The statement returned without error, sqlmi1.0123456789ab.database.windows.net shows SECONDARY and SQLBOX01 shows PRIMARY.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 3 of 3, 3-verify-roles: Verify the roles on both sides
-- Done when: sqlmi1.0123456789ab.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and AdatumBooks is READ_WRITE on SQLBOX01.
-- After: run it when the script of sqlmi1.0123456789ab.database.windows.net has ended. Changes nothing.
DECLARE @verifySeen nvarchar(4000), @verifyRefusal nvarchar(2048);
SET @verifySeen = NULL;
SET @verifySeen = DB_NAME();
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'master')
BEGIN
    SET @verifyRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SQLBOX01')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of AdatumBooks on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: DAG_AdatumBooks is PRIMARY, HEALTHY, READ_WRITE.';
GO
