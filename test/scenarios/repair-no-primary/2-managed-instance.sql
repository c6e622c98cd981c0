-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on sqlmi1.a0b1c2.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 9dbb324580cf081fc84828f81e43728a56a16bf8d2f27dd29f04ae1806f395a2
--
-- No primary: sqlmi1.a0b1c2.database.windows.net becomes primary, and SQLBOX01 follows it.
--
-- In this order:
-- 1. Run 1-sql-server.sql on SQLBOX01 as far as it saves the copy.
-- 2. Directly before, ask SQLBOX01: SELECT rs.role_desc FROM sys.availability_groups AS ag JOIN sys.dm_hadr_availability_replica_states AS rs ON rs.group_id = ag.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 1 AND ag.name = N'LINK_Adatum'; It must not answer PRIMARY. Then run 2-managed-instance.sql on sqlmi1.a0b1c2.database.windows.net: it makes sqlmi1.a0b1c2.database.windows.net primary by force. Run no part twice, and none of it while sqlmi1.a0b1c2.database.windows.net is not seen as you expect it.
-- 3. Once sqlmi1.a0b1c2.database.windows.net answers PRIMARY to the same question, run the rest of 1-sql-server.sql on SQLBOX01: it resumes what is suspended.
--
-- DATA IS DISCARDED.
-- What only SQLBOX01 holds is discarded on SQLBOX01. It is saved before, in C:\backup\Adatum-1-20261121T100000Z-1.bak, and is then nowhere else.
-- sqlmi1.a0b1c2.database.windows.net becomes primary by force; what neither side hardened is lost already.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 5, 1-save-copy-box: Take a COPY_ONLY full backup of Adatum on SQLBOX01
-- Done when: msdb on SQLBOX01 shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 2 of 5, 2-save-copy-instance: Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
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

-- Step 3 of 5, 3-force: Perform forced failover to SQL Managed Instance
-- Done when: sqlmi1.a0b1c2.database.windows.net shows PRIMARY.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS;');
GO

-- Step 4 of 5, 4-resume-data: Resume data movement of Adatum on SQLBOX01, where it is suspended
-- Done when: Adatum on SQLBOX01 is not suspended.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 5 of 5, 5-verify-roles: Verify the roles on both sides
-- Done when: SQLBOX01 shows SECONDARY and HEALTHY, sqlmi1.a0b1c2.database.windows.net shows PRIMARY and HEALTHY, and Adatum is READ_WRITE on sqlmi1.a0b1c2.database.windows.net.
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
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on sqlmi1.a0b1c2.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.a0b1c2.database.windows.net: LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.';
GO
