-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 918c0fd927165b79439c4ca6eff7e586525904396164ffd77961eeb1b9a93af1
--
-- AdatumBooks moves from sqlmi1.0123456789ab.database.windows.net to SQLBOX01. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-sql-server.sql on SQLBOX01; it only reads.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-sql-server.sql on SQLBOX01: it proves that SQLBOX01 is PRIMARY and writable.
-- 4. Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group.
-- 5. Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.
-- 6. Delete the link in Azure, which no T-SQL can do: bash failover.sh remove-link, or .\failover.ps1 -RemoveLink. It reads both servers directly before, and sends nothing unless the roles are as planned. It waits for the end.
-- 7. Nothing is dropped before failover.sh or failover.ps1 has said that the link is gone.
-- 8. Run 3-sql-server-after.sql on SQLBOX01: it drops what is left of the link there.
-- 9. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it looks at the old copy.
-- 10. Run 4-close-old-copy.sql on sqlmi1.0123456789ab.database.windows.net: it keeps the old copy from being written. 4-reopen-old-copy.sql undoes that.
--
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 5 of 7, 5-drop-distributed-group: Drop distributed availability group (database 'AdatumBooks')
-- Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 6 of 7, 6-look-at-old-copy: Look for writes on the old copy (SQL Managed Instance)
-- Done when: The last commit of AdatumBooks on sqlmi1.0123456789ab.database.windows.net has not moved since the 5 s of this look, and no session writes there.
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
IF @oldSeen IS NULL OR @oldSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @oldRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@oldSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @oldRefusal, 1;
END;
DECLARE @own0 numeric(25, 0);
SET @own0 = (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
PRINT N'Own last_commit_lsn of AdatumBooks: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
DECLARE @looks int = 0, @writers int, @refusal nvarchar(2048) = N'Loss at risk: somebody writes to the old copy on sqlmi1.0123456789ab.database.windows.net, and it is on no other server. Nothing more is dropped.';
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
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
GO

-- Step 7 of 7, 7-verify-removed: Verify that the link is gone on both sides
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
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @removedRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link DAG_AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on sqlmi1.0123456789ab.database.windows.net: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
GO
