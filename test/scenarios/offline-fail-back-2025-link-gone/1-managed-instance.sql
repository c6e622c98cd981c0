-- PRODUCTION. MI Link Failover: offline fail back of AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 17.0.1000.7, SQL Azure).
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
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @quietSeen nvarchar(4000), @quietRefusal nvarchar(2048);
SET @quietSeen = NULL;
SET @quietSeen = DB_NAME();
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'master')
BEGIN
    SET @quietRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @quietRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @quietRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'0')
BEGIN
    SET @quietRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @quietRefusal, 1;
END;
GO

-- Step 2 of 6, 2-save-copy-instance: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net
-- Done when: msdb on sqlmi1.0123456789ab.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [AdatumBooks] TO URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'AdatumBooks' AND m.physical_device_name = N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is restored without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
GO

-- Step 3 of 6, 3-save-copy-instance-again: Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net, once more where the log has moved
-- Done when: The same, or the first backup held everything.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) NOT IN (N'covered', N'not known')
BEGIN
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [AdatumBooks] TO URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'AdatumBooks' AND m.physical_device_name = N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is restored without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
END;
ELSE IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) = N'not known'
    PRINT N'Where the log stands is not told: that the first backup holds everything is not proved.';
ELSE PRINT N'The first backup holds everything.';
GO

-- Step 4 of 6, 4-restore-copy: Restore AdatumBooks as Books [back] of '26 on SQLBOX01
-- Done when: SQLBOX01 shows Books [back] of '26 ONLINE, with its files at E:\SQLData\Books__back__of__26_data_0.mdf, E:\SQLData\Books__back__of__26_log.ldf and E:\SQLData\Books__back__of__26_XTP, and nobody has written on sqlmi1.0123456789ab.database.windows.net since its backup.
-- Which backup the other server is to restore. Changes nothing.
DECLARE @proved nvarchar(4000);
SET @proved = (SELECT CASE
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known', N'not covered') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      ELSE N'shut ' + N'no backup of AdatumBooks is proved to hold everything.' END);
IF @proved IS NULL OR (@proved NOT LIKE N'at %' AND @proved NOT LIKE N'unproved %')
    THROW 50020, N'Not proved: something was written to AdatumBooks after its backup. What was restored from it is stale.', 1;
IF @proved LIKE N'at %' PRINT N'Proved: ' + SUBSTRING(@proved, 4, 4000);
ELSE PRINT N'Not proved to hold everything: where the log stands is not told, or backups moved it. Taken all the same: ' + SUBSTRING(@proved, 10, 4000);
GO

-- Step 5 of 6, 5-check-migration: Look at what does not come along with a backup
-- Done when: SQLBOX01 has told the compatibility level of Books [back] of '26 and the users that have no login there.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 6 of 6, 6-verify-restored: Verify Books [back] of '26 on SQLBOX01, and that nothing was written on sqlmi1.0123456789ab.database.windows.net
-- Done when: Books [back] of '26 is ONLINE and READ_WRITE on SQLBOX01, and on sqlmi1.0123456789ab.database.windows.net the log of AdatumBooks stands where its backup left it, with nobody writing.
-- Run it when the other server has restored. Changes nothing.
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
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @verifyRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'0')
BEGIN
    SET @verifyRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @verifyRefusal, 1;
END;
DECLARE @proved nvarchar(4000);
SET @proved = (SELECT CASE
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known', N'not covered') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      ELSE N'shut ' + N'no backup of AdatumBooks is proved to hold everything.' END);
IF @proved IS NULL OR (@proved NOT LIKE N'at %' AND @proved NOT LIKE N'unproved %')
    THROW 50020, N'Not proved: something was written to AdatumBooks after its backup. What was restored from it is stale.', 1;
IF @proved LIKE N'at %' PRINT N'Proved: ' + SUBSTRING(@proved, 4, 4000);
ELSE PRINT N'Not proved to hold everything: where the log stands is not told, or backups moved it. Taken all the same: ' + SUBSTRING(@proved, 10, 4000);
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockOwner = N'Session';
GO
