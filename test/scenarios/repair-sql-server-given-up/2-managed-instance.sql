-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on sqlmi1.a0b1c2.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 3b07fe859dc3b7eca0b1c8e170562c5b7bb38c72448739a90aaf183ced442171
--
-- Split brain: sqlmi1.a0b1c2.database.windows.net stays primary. SQLBOX01 is saved, made secondary and follows sqlmi1.a0b1c2.database.windows.net again.
--
-- In this order:
-- 1. Directly before, ask sqlmi1.a0b1c2.database.windows.net, which this file cannot see: SELECT rs.role_desc FROM sys.availability_groups AS ag JOIN sys.dm_hadr_availability_replica_states AS rs ON rs.group_id = ag.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 1 AND ag.name = N'LINK_Adatum'; It must answer PRIMARY, and the applications must work with it.
-- 2. Stop every writer of SQLBOX01, and keep the applications out of it.
-- 3. Run 1-sql-server.sql on SQLBOX01. It saves what only SQLBOX01 holds, and makes it secondary only when nothing was written since. Run no part twice, and none of it while sqlmi1.a0b1c2.database.windows.net is not seen as you expect it.
-- 4. Run 2-managed-instance.sql on sqlmi1.a0b1c2.database.windows.net: it proves that sqlmi1.a0b1c2.database.windows.net is PRIMARY and writable.
--
-- DATA IS DISCARDED.
-- What only SQLBOX01 holds is discarded on SQLBOX01. It is saved before, in C:\backup\Adatum-1-20261121T100000Z-1.bak and, where the log moves meanwhile, C:\backup\Adatum-1-20261121T100000Z-2.bak, and is then nowhere else. Keep every log backup of SQLBOX01 since the forced failover: they restore it only together.
-- sqlmi1.a0b1c2.database.windows.net stays primary; nothing of it is changed.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 6, 1-wait-for-no-writers: Wait until nobody writes on SQLBOX01
-- Done when: For 10 s no session has an open transaction that has written to Adatum on SQLBOX01.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 2 of 6, 2-save-copy-box: Back up the log of Adatum on SQLBOX01
-- Done when: msdb on SQLBOX01 shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 3 of 6, 3-save-copy-box-again: Back up the log of Adatum on SQLBOX01, once more where the log has moved
-- Done when: The same, or the first backup held everything.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 4 of 6, 4-demote: Make SQLBOX01 secondary
-- Done when: SQLBOX01 shows SECONDARY while sqlmi1.a0b1c2.database.windows.net is PRIMARY.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 5 of 6, 5-resume-data: Resume data movement of Adatum on SQLBOX01, where it is suspended
-- Done when: Adatum on SQLBOX01 is not suspended.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 6 of 6, 6-verify-roles: Verify the roles on both sides
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
