-- PRACTICE. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan e409455810d099f67d415ffeeaae01dce461b2b32cf2b1e053f7079c2ae4ddc6
--
-- AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link stays, and you can come back online.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net; it only reads.
-- 2. Run 1-sql-server.sql on SQLBOX01. It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net is PRIMARY and writable.
-- 4. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
--
-- This file changes nothing. Run it in two parts:
-- 'Before' (step 1) when the workload has stopped, then 1-sql-server.sql on SQLBOX01,
-- 'After' (every step behind it) when that has ended.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 4, 1-wait-for-gate: Wait until both sides hold the same log
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

-- Step 2 of 4, 2-failover: Perform planned failover to SQL Managed Instance
-- Done when: The statement returned without error, SQLBOX01 shows SECONDARY and sqlmi1.0123456789ab.database.windows.net shows PRIMARY.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 3 of 4, 3-verify-roles: Verify the roles on both sides
-- Done when: SQLBOX01 shows SECONDARY and HEALTHY, sqlmi1.0123456789ab.database.windows.net shows PRIMARY and HEALTHY, and AdatumBooks is READ_WRITE on sqlmi1.0123456789ab.database.windows.net.
-- After: run it when the script of SQLBOX01 has ended. Changes nothing.
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
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
    SET @verifyRefusal = N'Not proved: sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.0123456789ab.database.windows.net: DAG_AdatumBooks is PRIMARY, HEALTHY, READ_WRITE.';
GO

-- Step 4 of 4, 4-allow-secondary-connections: Enable SQL Server to allow connections for Secondary role
-- Done when: SQLBOX01 shows ALLOW_CONNECTIONS = ALL for the secondary role of SQLBOX01.
-- Nothing to do here: it runs on SQLBOX01.
GO
