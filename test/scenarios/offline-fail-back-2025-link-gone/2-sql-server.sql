-- PRODUCTION. MI Link Failover: offline fail back of AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 17.0.1000.7, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan dfdc6c24cadba8f59b25a1b91da552aabe46dbd42b1d59617df3c6daf2baa572
--
-- AdatumBooks is backed up on sqlmi1.0123456789ab.database.windows.net and restored on SQLBOX01 as Books [back] of '26. Nothing may be written on sqlmi1.0123456789ab.database.windows.net from now on: it would be missing. The copy there stays. There is no link any more.
--
-- In this order:
-- 1. Stop every writer of sqlmi1.0123456789ab.database.windows.net, and let none back before the end.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It waits until nobody writes, backs up, and names the backup that is proved to hold everything.
-- 3. In 2-sql-server.sql on SQLBOX01, put that file in place of NULL, and run it: it restores a new database and reads it back.
-- 4. Run the last step of 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net once more. Where it is not proved, what was restored is stale: drop it and begin again.
-- 5. Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group. The database is Books [back] of '26 there.
-- 6. Take a full backup of Books [back] of '26 on SQLBOX01 at once, and resume its log backups: it begins without a chain of its own.
-- 7. Make the logins and other server objects of AdatumBooks on SQLBOX01: no backup brings them along.
-- 8. Run DBCC CHECKDB on Books [back] of '26. Error 8992 is known of a database that comes from a managed instance, after an index was dropped.
-- 9. The copy of AdatumBooks on sqlmi1.0123456789ab.database.windows.net was left as it is: let nobody write to it, and drop it when it is not needed any more. The backup is in https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak and https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak, in one of them or in both.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 6, 1-wait-for-no-writers: Wait until nobody writes on sqlmi1.0123456789ab.database.windows.net
-- Done when: For 10 s no session has an open transaction that has written to AdatumBooks on sqlmi1.0123456789ab.database.windows.net.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 2 of 6, 2-save-copy-instance: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net
-- Done when: msdb on sqlmi1.0123456789ab.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 3 of 6, 3-save-copy-instance-again: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net, once more where the log has moved
-- Done when: The same, or the first backup held everything.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 4 of 6, 4-restore-copy: Restore AdatumBooks as Books [back] of '26 on SQLBOX01
-- Done when: SQLBOX01 shows Books [back] of '26 ONLINE, with its files at E:\SQLData\Books__back__of__26_data_0.mdf, E:\SQLData\Books__back__of__26_log.ldf and E:\SQLData\Books__back__of__26_XTP, and nobody has written on sqlmi1.0123456789ab.database.windows.net since its backup.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN DB_ID(N'Books [back] of ''26') IS NULL THEN N'free' ELSE N'taken' END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'free')
BEGIN
    SET @guardRefusal = N'Refused: the name Books [back] of ''26 must be free, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Rename or drop that database yourself, or restore under another name.';
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
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak' THEN N'RESTORE DATABASE [Books [back]] of ''26] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\Books__back__of__26_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\Books__back__of__26_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\Books__back__of__26_XTP'';'
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak' THEN N'RESTORE DATABASE [Books [back]] of ''26] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\Books__back__of__26_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\Books__back__of__26_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\Books__back__of__26_XTP'';'
    END;
EXEC (@statement);
GO

-- Step 5 of 6, 5-check-migration: Look at what does not come along with a backup
-- Done when: SQLBOX01 has told the compatibility level of Books [back] of '26 and the users that have no login there.
-- Changes nothing. model shows the level that a new database gets here.
SELECT d.name, d.compatibility_level
FROM sys.databases AS d
WHERE d.name IN (N'Books [back] of ''26', N'model')
ORDER BY d.database_id;
-- Users of Books [back] of '26 without a login here.
DECLARE @users0 nvarchar(max) = N'SELECT p.name, p.type_desc, p.sid' + NCHAR(10) + N'FROM [Books [back]] of ''26].sys.database_principals AS p' + NCHAR(10) + N'WHERE p.principal_id > 4 AND p.type IN (''S'', ''U'', ''E'', ''X'')' + NCHAR(10) + N'  AND p.authentication_type_desc IN (N''INSTANCE'', N''WINDOWS'')' + NCHAR(10) + N'  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)' + NCHAR(10) + N'ORDER BY p.name;';
EXEC (@users0);
GO

-- Step 6 of 6, 6-verify-restored: Verify Books [back] of '26 on SQLBOX01, and that nothing was written on sqlmi1.0123456789ab.database.windows.net
-- Done when: Books [back] of '26 is ONLINE and READ_WRITE on SQLBOX01, and on sqlmi1.0123456789ab.database.windows.net the log of AdatumBooks stands where its backup left it, with nobody writing.
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
WHILE @restoredLooks < 12 AND ISNULL((SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'Books [back] of ''26', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'Books [back] of ''26'), N'') <> N'ONLINE, READ_WRITE'
BEGIN
    WAITFOR DELAY '00:00:05';
    SET @restoredLooks = @restoredLooks + 1;
END;
DECLARE @restoredSeen nvarchar(4000), @restoredRefusal nvarchar(2048);
SET @restoredSeen = NULL;
SET @restoredSeen = (SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'Books [back] of ''26', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'Books [back] of ''26');
IF @restoredSeen IS NULL OR @restoredSeen NOT IN (N'ONLINE, READ_WRITE')
BEGIN
    SET @restoredRefusal = N'Not proved: Books [back] of ''26 must be ONLINE, READ_WRITE, and it is ' + ISNULL(@restoredSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @restoredRefusal, 1;
END;
PRINT N'Read back: Books [back] of ''26 is ONLINE, READ_WRITE.';
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockOwner = N'Session';
GO
