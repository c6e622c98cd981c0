-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on sqlmi1.a0b1c2.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 8f57f05c5d31594051451b8249c9e075992059957b1dd82c881e8514c14d4055
--
-- Split brain: SQLBOX01 stays primary. sqlmi1.a0b1c2.database.windows.net is saved, made secondary and follows SQLBOX01 again.
--
-- In this order:
-- 1. Directly before, ask SQLBOX01, which this file cannot see: SELECT rs.role_desc FROM sys.availability_groups AS ag JOIN sys.dm_hadr_availability_replica_states AS rs ON rs.group_id = ag.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 1 AND ag.name = N'LINK_Adatum'; It must answer PRIMARY, and the applications must work with it.
-- 2. Stop every writer of sqlmi1.a0b1c2.database.windows.net, and keep the applications out of it.
-- 3. Run 1-managed-instance.sql on sqlmi1.a0b1c2.database.windows.net. It saves what only sqlmi1.a0b1c2.database.windows.net holds, and makes it secondary only when nothing was written since. Run no part twice, and none of it while SQLBOX01 is not seen as you expect it.
-- 4. Run 2-sql-server.sql on SQLBOX01: it proves that SQLBOX01 is PRIMARY and writable.
--
-- DATA IS DISCARDED.
-- What only sqlmi1.a0b1c2.database.windows.net holds is discarded on sqlmi1.a0b1c2.database.windows.net. It is saved before, in https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak and, where the log moves meanwhile, https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak, and is then nowhere else.
-- SQLBOX01 stays primary; nothing of it is changed.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 6, 1-wait-for-no-writers: Wait until nobody writes on sqlmi1.a0b1c2.database.windows.net
-- Done when: For 10 s no session has an open transaction that has written to Adatum on sqlmi1.a0b1c2.database.windows.net.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @quietRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'PRIMARY')
BEGIN
    SET @quietRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'0')
BEGIN
    SET @quietRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @quietRefusal, 1;
END;
GO

-- Step 2 of 6, 2-save-copy-instance: Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net
-- Done when: msdb on sqlmi1.a0b1c2.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [Adatum] TO URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
GO

-- Step 3 of 6, 3-save-copy-instance-again: Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net, once more where the log has moved
-- Done when: The same, or the first backup held everything.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) <> N'covered'
BEGIN
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [Adatum] TO URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
END;
ELSE PRINT N'The first backup holds everything.';
GO

-- Step 4 of 6, 4-demote: Make sqlmi1.a0b1c2.database.windows.net secondary
-- Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY while SQLBOX01 is PRIMARY.
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak', N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak', N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')) THEN N'covered'
      ELSE N'not covered' END);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'covered', N'not covered')
BEGIN
    SET @guardRefusal = N'Refused: the log of Adatum in its backup must be covered or not covered, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Something was written after the backup: save it again.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [LINK_Adatum] SET (ROLE = SECONDARY);');
GO

-- Step 5 of 6, 5-resume-data: Resume data movement of Adatum on sqlmi1.a0b1c2.database.windows.net, where it is suspended
-- Done when: Adatum on sqlmi1.a0b1c2.database.windows.net is not suspended.
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER DATABASE [Adatum] SET HADR RESUME;');
GO

-- Step 6 of 6, 6-verify-roles: Verify the roles on both sides
-- Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and Adatum is READ_WRITE on SQLBOX01.
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'SECONDARY, HEALTHY') BREAK;
    IF @verifySeen LIKE N'PRIMARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SECONDARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.a0b1c2.database.windows.net: LINK_Adatum is SECONDARY, HEALTHY.';
GO

-- The end: gives the lock of this session back.
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
GO
