-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 17.0.4035.6, SQL Azure).
-- Plan 92ae7a84159cb8030ba5e9b1c7b31113a11b5eaa774bd2d8884fe8ba43e72856
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
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 3, 1-wait-for-gate: Wait until both sides hold the same log
-- Done when: SQLBOX01 holds the last commit of sqlmi1.0123456789ab.database.windows.net, unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to AdatumBooks.
-- This server sees only its own rows and what SQLBOX01 last reported to it.
-- It cannot see SQLBOX01's own last_commit_lsn. Before you run this, run the part 'Before' of
-- the script for SQLBOX01: the number printed there must not be lower than the one printed here.
DECLARE @firstSeen nvarchar(4000), @firstRefusal nvarchar(2048);
SET @firstSeen = NULL;
SET @firstSeen = DB_NAME();
IF @firstSeen IS NULL OR @firstSeen NOT IN (N'master')
BEGIN
    SET @firstRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@firstSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @firstRefusal, 1;
END;
SET @firstSeen = NULL;
SET @firstSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @firstSeen IS NULL OR @firstSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @firstRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@firstSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @firstRefusal, 1;
END;
SET @firstSeen = NULL;
SET @firstSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @firstSeen IS NULL OR @firstSeen NOT IN (N'PRIMARY')
BEGIN
    SET @firstRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@firstSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @firstRefusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @held int = 0, @readings int = 0, @problem nvarchar(1000), @refusal nvarchar(2048);
DECLARE @connected nvarchar(60), @suspended int, @writers int;
DECLARE @own0 numeric(25, 0), @before0 numeric(25, 0), @remote0 numeric(25, 0), @queueKb0 bigint;
WHILE @held < 5
BEGIN
    IF @readings >= 35 AND @problem IS NOT NULL
    BEGIN
        SET @refusal = N'Not ready on sqlmi1.0123456789ab.database.windows.net: ' + @problem + N' Nothing was changed. Correct it and run the script again.';
        THROW 50010, @refusal, 1;
    END;
    IF @readings > 0 WAITFOR DELAY '00:00:02';
    SET @readings = @readings + 1;
    SET @connected = NULL; SET @suspended = NULL; SET @writers = NULL;
    SET @connected = (SELECT rs.connected_state_desc
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
    SET @suspended = (SELECT COUNT(*)
        FROM sys.dm_hadr_database_replica_states AS d
        JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
        WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
          AND d.database_id IN (DB_ID(N'AdatumBooks'))
          AND ISNULL(d.is_suspended, 1) = 1);
    SET @writers = (SELECT COUNT(*)
        FROM sys.dm_tran_database_transactions AS dt
        LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
        LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
        LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
        WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
          AND dt.database_transaction_begin_lsn IS NOT NULL
          AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1);
    SET @own0 = NULL; SET @remote0 = NULL; SET @queueKb0 = NULL;
    SET @own0 = (SELECT MAX(d.last_commit_lsn)
        FROM sys.dm_hadr_database_replica_states AS d
        WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
          AND d.database_id = DB_ID(N'AdatumBooks'));
    SET @remote0 = (SELECT MIN(d.last_commit_lsn)
        FROM sys.dm_hadr_database_replica_states AS d
        JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'
          AND d.is_local = 0 AND d.database_id = DB_ID(N'AdatumBooks'));
    SET @queueKb0 = (SELECT MAX(ISNULL(d.log_send_queue_size, 0) + ISNULL(d.redo_queue_size, 0))
        FROM sys.dm_hadr_database_replica_states AS d
        JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'
          AND d.is_local = 0 AND d.database_id = DB_ID(N'AdatumBooks'));
    SET @problem = CASE
        WHEN @connected IS NULL OR @connected <> N'CONNECTED' THEN N'the other side is not connected, or this login may not see it.'
        WHEN @suspended IS NULL OR @suspended > 0 THEN N'data movement is suspended, or this login may not see it.'
        WHEN @writers IS NULL OR @writers > 0 THEN N'sessions are still writing, or this login may not see them. Stop the workload.'
        WHEN @own0 IS NULL OR @own0 = 0 THEN N'the own last_commit_lsn of AdatumBooks is not known here; use MI Link Failover, which sees both sides.'
        WHEN @own0 <> @before0 THEN N'something still commits in AdatumBooks.'
        WHEN @remote0 IS NULL OR @remote0 < @own0 THEN N'the other side has not reported the last commit of AdatumBooks.'
        WHEN @queueKb0 IS NULL OR @queueKb0 > 0 THEN N'log of AdatumBooks still waits to be sent or redone.'
        END;
    SET @held = CASE WHEN @problem IS NULL THEN @held + 1 ELSE 0 END;
    SET @before0 = @own0;
END;
PRINT N'Own last_commit_lsn of AdatumBooks: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
PRINT N'Not seen from here: SQLBOX01''s own last_commit_lsn. Its own script prints it.';

-- Step 2 of 3, 2-failover: Perform planned failover to SQL Server
-- Done when: The statement returned without error, sqlmi1.0123456789ab.database.windows.net shows SECONDARY and SQLBOX01 shows PRIMARY.
-- Acts only on sqlmi1.0123456789ab.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
DECLARE @guardSeen nvarchar(4000), @guardRefusal nvarchar(2048);
SET @guardSeen = NULL;
SET @guardSeen = DB_NAME();
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'master')
BEGIN
    SET @guardRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.4035.6')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.4035.6, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
      AND d.database_id IN (DB_ID(N'AdatumBooks'))
      AND ISNULL(d.is_suspended, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of suspended database copies must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Bring the link back to health first.';
    THROW 50007, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'CONNECTED')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be CONNECTED, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Bring the link back to health first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] FAILOVER;');
GO

-- Step 3 of 3, 3-verify-roles: Verify the roles on both sides
-- Done when: sqlmi1.0123456789ab.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and AdatumBooks is READ_WRITE on SQLBOX01.
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
    IF @verifySeen IN (N'SECONDARY, HEALTHY') BREAK;
    IF @verifySeen LIKE N'PRIMARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SECONDARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.0123456789ab.database.windows.net: DAG_AdatumBooks is SECONDARY, HEALTHY.';
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
GO
