-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4195.2, Enterprise Edition (64-bit)).
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
-- Nothing to do here: it runs on sqlmi1.a0b1c2.database.windows.net.

-- Step 2 of 6, 2-save-copy-instance: Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net
-- Done when: msdb on sqlmi1.a0b1c2.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
-- Nothing to do here: it runs on sqlmi1.a0b1c2.database.windows.net.

-- Step 3 of 6, 3-save-copy-instance-again: Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net, once more where the log has moved
-- Done when: The same, or the first backup held everything.
-- Nothing to do here: it runs on sqlmi1.a0b1c2.database.windows.net.

-- Step 4 of 6, 4-demote: Make sqlmi1.a0b1c2.database.windows.net secondary
-- Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY while SQLBOX01 is PRIMARY.
-- Nothing to do here: it runs on Azure.

-- Step 5 of 6, 5-resume-data: Resume data movement of Adatum on sqlmi1.a0b1c2.database.windows.net, where it is suspended
-- Done when: Adatum on sqlmi1.a0b1c2.database.windows.net is not suspended.
-- Nothing to do here: it runs on sqlmi1.a0b1c2.database.windows.net.

-- Step 6 of 6, 6-verify-roles: Verify the roles on both sides
-- Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and Adatum is READ_WRITE on SQLBOX01.
-- After: run it when the script of sqlmi1.a0b1c2.database.windows.net has ended. Changes nothing.
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
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
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
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link LINK_Adatum must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.';
GO
