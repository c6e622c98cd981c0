-- PRODUCTION. MI Link Failover: offline fail back of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 72cb13c6755cf19208a254e0edb120c2ca32fecdf1b9661d7bf91d2c767afd8f
--
-- AdatumBooks is backed up on sqlmi1.0123456789ab.database.windows.net and restored on SQLBOX01 as AdatumBooks_failback. Nothing may be written on sqlmi1.0123456789ab.database.windows.net from now on: it would be missing. The copy there stays. The link DAG_AdatumBooks stays as it is.
--
-- In this order:
-- 1. Stop every writer of sqlmi1.0123456789ab.database.windows.net, and let none back before the end. Run step 1 of 2-sql-server.sql on SQLBOX01; it only reads.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It waits until nobody writes, backs up, and names the backup that is proved to hold everything.
-- 3. In 2-sql-server.sql on SQLBOX01, put that file in place of NULL, and run it from step 2 on: it restores a new database and reads it back.
-- 4. Run the last step of 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net once more. Where it is not proved, what was restored is stale: drop it and begin again.
-- 5. Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group. The database is AdatumBooks_failback there.
-- 6. Take a full backup of AdatumBooks_failback on SQLBOX01 at once, and resume its log backups: it begins without a chain of its own.
-- 7. Make the logins and other server objects of AdatumBooks on SQLBOX01: no backup brings them along.
-- 8. Run DBCC CHECKDB on AdatumBooks_failback. Error 8992 is known of a database that comes from a managed instance, after an index was dropped.
-- 9. The copy of AdatumBooks on sqlmi1.0123456789ab.database.windows.net was left as it is: let nobody write to it, and drop it when it is not needed any more. The backup is in https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak and https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak, in one of them or in both.
-- 10. The link DAG_AdatumBooks was left as it is: remove it when nobody goes back to sqlmi1.0123456789ab.database.windows.net.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 7, 1-wait-for-gate: Wait until both sides hold the same log
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

-- Step 2 of 7, 2-wait-for-no-writers: Wait until nobody writes on sqlmi1.0123456789ab.database.windows.net
-- Done when: For 10 s no session has an open transaction that has written to AdatumBooks on sqlmi1.0123456789ab.database.windows.net.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 3 of 7, 3-save-copy-instance: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net
-- Done when: msdb on sqlmi1.0123456789ab.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 4 of 7, 4-save-copy-instance-again: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net, once more where the log has moved
-- Done when: The same, or the first backup held everything.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 5 of 7, 5-restore-copy: Restore AdatumBooks as AdatumBooks_failback on SQLBOX01
-- Done when: SQLBOX01 shows AdatumBooks_failback ONLINE, with its files at E:\SQLData\AdatumBooks_failback_data_0.mdf, E:\SQLData\AdatumBooks_failback_log.ldf and E:\SQLData\AdatumBooks_failback_XTP, and nobody has written on sqlmi1.0123456789ab.database.windows.net since its backup.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- In place of NULL put the file, as N'...', that the file of sqlmi1.0123456789ab.database.windows.net named: one of
--   https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak
--   https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak
DECLARE @backup nvarchar(4000) = NULL;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4125.3')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4125.3, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN DB_ID(N'AdatumBooks_failback') IS NULL THEN N'free' ELSE N'taken' END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'free')
BEGIN
    SET @guardRefusal = N'Refused: the name AdatumBooks_failback must be free, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Rename or drop that database yourself, or restore under another name.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL(@backup, N'not named');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak', N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')
BEGIN
    SET @guardRefusal = N'Refused: the backup of AdatumBooks must be https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak or https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Name the one that is proved on the managed instance.';
    THROW 50009, @guardRefusal, 1;
END;
DECLARE @statement nvarchar(max) = CASE @backup
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak' THEN N'RESTORE DATABASE [AdatumBooks_failback] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\AdatumBooks_failback_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\AdatumBooks_failback_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\AdatumBooks_failback_XTP'';'
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak' THEN N'RESTORE DATABASE [AdatumBooks_failback] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\AdatumBooks_failback_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\AdatumBooks_failback_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\AdatumBooks_failback_XTP'';'
    END;
EXEC (@statement);
GO

-- Step 6 of 7, 6-check-migration: Look at what does not come along with a backup
-- Done when: SQLBOX01 has told the compatibility level of AdatumBooks_failback and the users that have no login there.
-- Changes nothing. model shows the level that a new database gets here.
SELECT d.name, d.compatibility_level
FROM sys.databases AS d
WHERE d.name IN (N'AdatumBooks_failback', N'model')
ORDER BY d.database_id;
-- Users of AdatumBooks_failback without a login here.
DECLARE @users0 nvarchar(max) = N'SELECT p.name, p.type_desc, p.sid' + NCHAR(10) + N'FROM [AdatumBooks_failback].sys.database_principals AS p' + NCHAR(10) + N'WHERE p.principal_id > 4 AND p.type IN (''S'', ''U'', ''E'', ''X'')' + NCHAR(10) + N'  AND p.authentication_type_desc IN (N''INSTANCE'', N''WINDOWS'')' + NCHAR(10) + N'  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)' + NCHAR(10) + N'ORDER BY p.name;';
EXEC (@users0);
GO

-- Step 7 of 7, 7-verify-restored: Verify AdatumBooks_failback on SQLBOX01, and that nothing was written on sqlmi1.0123456789ab.database.windows.net
-- Done when: AdatumBooks_failback is ONLINE and READ_WRITE on SQLBOX01, and on sqlmi1.0123456789ab.database.windows.net the log of AdatumBooks stands where its backup left it, with nobody writing.
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
DECLARE @restoredLooks int = 0;
WHILE @restoredLooks < 12 AND ISNULL((SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'AdatumBooks_failback', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'AdatumBooks_failback'), N'') <> N'ONLINE, READ_WRITE'
BEGIN
    WAITFOR DELAY '00:00:05';
    SET @restoredLooks = @restoredLooks + 1;
END;
DECLARE @restoredSeen nvarchar(4000), @restoredRefusal nvarchar(2048);
SET @restoredSeen = NULL;
SET @restoredSeen = (SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'AdatumBooks_failback', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'AdatumBooks_failback');
IF @restoredSeen IS NULL OR @restoredSeen NOT IN (N'ONLINE, READ_WRITE')
BEGIN
    SET @restoredRefusal = N'Not proved: AdatumBooks_failback must be ONLINE, READ_WRITE, and it is ' + ISNULL(@restoredSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @restoredRefusal, 1;
END;
PRINT N'Read back: AdatumBooks_failback is ONLINE, READ_WRITE.';
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
GO
