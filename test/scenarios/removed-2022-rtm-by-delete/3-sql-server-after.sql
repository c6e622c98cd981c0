-- TEST. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.1000.6, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 1464a596cb1c59d3a9de0ae509516ec9cdb71e0262d1ea0e95d1744bf70436f6
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
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
-- A distributed group whose other side still answers is not dropped (error 50008). SQL Server may take a minute to
-- notice that it is gone: then run this file again.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 5 of 8, 5-drop-distributed-group: Drop distributed availability group (database 'AdatumBooks')
-- Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
-- Acts only on SQLBOX01 as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.1000.6')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.1000.6, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY', N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY or SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0), N'not shown');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'DISCONNECTED', N'not shown')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be DISCONNECTED or not shown, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Delete the link in Azure first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'DROP AVAILABILITY GROUP [DAG_AdatumBooks];');
GO

-- Step 6 of 8, 6-look-at-old-copy: Look for writes on the old copy (SQL Server)
-- Done when: The last commit of AdatumBooks on SQLBOX01 has not moved since the gate was last open, and no session writes there.
-- Changes nothing. A number that is higher than before the link was removed: loss at risk.
DECLARE @oldSeen nvarchar(4000), @oldRefusal nvarchar(2048);
SET @oldSeen = NULL;
SET @oldSeen = DB_NAME();
IF @oldSeen IS NULL OR @oldSeen NOT IN (N'master')
BEGIN
    SET @oldRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@oldSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @oldRefusal, 1;
END;
SET @oldSeen = NULL;
SET @oldSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @oldSeen IS NULL OR @oldSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @oldRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@oldSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @oldRefusal, 1;
END;
DECLARE @own0 numeric(25, 0);
SET @own0 = (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
PRINT N'Own last_commit_lsn of AdatumBooks: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
DECLARE @looks int = 0, @writers int, @refusal nvarchar(2048) = N'Loss at risk: somebody writes to the old copy on SQLBOX01, and it is on no other server. Nothing more is dropped.';
WHILE @looks < 5
BEGIN
    WAITFOR DELAY '00:00:01';
    SET @looks = @looks + 1;
    SET @writers = NULL;
    SET @writers = (SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1);
    IF @writers IS NULL OR @writers > 0 OR (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) > @own0
        THROW 50010, @refusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
GO

-- Step 7 of 8, 7-verify-removed: Verify that the link is gone on both sides
-- Done when: Azure answers 404 for the link, neither server shows it, AdatumBooks is READ_WRITE on sqlmi1.0123456789ab.database.windows.net, and AdatumBooks is SYNCHRONIZED in the availability group AG_AdatumBooks on SQLBOX01.
DECLARE @removedSeen nvarchar(4000), @removedRefusal nvarchar(2048);
SET @removedSeen = NULL;
SET @removedSeen = DB_NAME();
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'master')
BEGIN
    SET @removedRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @removedRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link DAG_AdatumBooks on SQLBOX01 must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on SQLBOX01: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO

-- Step 8 of 8, 8-check-migration: Look at what is left to do after the migration
-- Done when: sqlmi1.0123456789ab.database.windows.net has told the compatibility level of AdatumBooks and the users that have no login there.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
GO
