-- TEST. MI Link Failover: planned failover of the link link]'"; DROP\u000d\u000aGO\u000d\u000a-- \u0024(x) 🏦.
-- Run this file on mi \u0024(y)\u000a# title *bold* (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 347f50b3dd441fc7f078a39239af1824b74a2a2635950c6347fe60c94de38f27
--
-- Books \u0024(SQLCMDSERVER) | `code` <b>&amp;</b>\u000aGO\u000a moves from SQL'BOX\\u0024(x) to mi \u0024(y)\u000a# title *bold*. No committed data is given up. The link stays, and you can come back online.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-managed-instance.sql on mi \u0024(y)\u000a# title *bold*; it only reads.
-- 2. Run 1-sql-server.sql on SQL'BOX\\u0024(x). It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-managed-instance.sql on mi \u0024(y)\u000a# title *bold*: it proves that mi \u0024(y)\u000a# title *bold* is PRIMARY and writable.
-- 4. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
--
-- This file changes nothing. Run it in two parts:
-- 'Before' (step 1) when the workload has stopped, then 1-sql-server.sql on SQL'BOX\\u0024(x),
-- 'After' (every step behind it) when that has ended.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 4, 1-wait-for-gate: Wait until both sides hold the same log
-- Done when: mi \u0024(y)\u000a# title *bold* holds the last commit of SQL'BOX\\u0024(x), unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to Books \u0024(SQLCMDSERVER) | `code` <b>&amp;</b>\u000aGO\u000a.
-- Before: run it when the workload has stopped, before the script of SQL'BOX\\u0024(x). Changes nothing.
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
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'mi ' + NCHAR(36) + N'(y)' + NCHAR(10) + N'# title *bold*')
BEGIN
    SET @beforeRefusal = N'Refused: the server must be mi ' + NCHAR(36) + N'(y)\u000a# title *bold*, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Connect to mi ' + NCHAR(36) + N'(y)\u000a# title *bold* and run it there.';
    THROW 50002, @beforeRefusal, 1;
END;
SET @beforeSeen = NULL;
SET @beforeSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'link]''"; DROP' + NCHAR(13) + NCHAR(10) + N'GO' + NCHAR(13) + NCHAR(10) + N'-- ' + NCHAR(36) + N'(x) 🏦' AND rs.is_local = 1);
IF @beforeSeen IS NULL OR @beforeSeen NOT IN (N'SECONDARY', N'PRIMARY')
BEGIN
    SET @beforeRefusal = N'Refused: the role of mi ' + NCHAR(36) + N'(y)\u000a# title *bold* in the link link]''"; DROP\u000d\u000aGO\u000d\u000a-- ' + NCHAR(36) + N'(x) 🏦 must be SECONDARY or PRIMARY, and it is ' + ISNULL(@beforeSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @beforeRefusal, 1;
END;
IF @beforeSeen = N'PRIMARY'
    PRINT N'mi ' + NCHAR(36) + N'(y)\u000a# title *bold* is PRIMARY already: the failover has happened. Go on with the part ''After''.';
DECLARE @own0 numeric(25, 0);
SET @own0 = (SELECT MIN(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Books ' + NCHAR(36) + N'(SQLCMDSERVER) | `code` <b>&amp;</b>' + NCHAR(10) + N'GO' + NCHAR(10)));
PRINT N'Own last_commit_lsn of Books ' + NCHAR(36) + N'(SQLCMDSERVER) | `code` <b>&amp;</b>\u000aGO\u000a: ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'not known') + N'.';
GO

-- Step 2 of 4, 2-failover: Perform planned failover to SQL Managed Instance
-- Done when: The statement returned without error, SQL'BOX\\u0024(x) shows SECONDARY and mi \u0024(y)\u000a# title *bold* shows PRIMARY.
-- Nothing to do here: it runs on SQL'BOX\\u0024(x).

-- Step 3 of 4, 3-verify-roles: Verify the roles on both sides
-- Done when: SQL'BOX\\u0024(x) shows SECONDARY and HEALTHY, mi \u0024(y)\u000a# title *bold* shows PRIMARY and HEALTHY, and Books \u0024(SQLCMDSERVER) | `code` <b>&amp;</b>\u000aGO\u000a is READ_WRITE on mi \u0024(y)\u000a# title *bold*.
-- After: run it when the script of SQL'BOX\\u0024(x) has ended. Changes nothing.
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'mi ' + NCHAR(36) + N'(y)' + NCHAR(10) + N'# title *bold*')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be mi ' + NCHAR(36) + N'(y)\u000a# title *bold*, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to mi ' + NCHAR(36) + N'(y)\u000a# title *bold* and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'link]''"; DROP' + NCHAR(13) + NCHAR(10) + N'GO' + NCHAR(13) + NCHAR(10) + N'-- ' + NCHAR(36) + N'(x) 🏦' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'Books ' + NCHAR(36) + N'(SQLCMDSERVER) | `code` <b>&amp;</b>' + NCHAR(10) + N'GO' + NCHAR(10), N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'link]''"; DROP' + NCHAR(13) + NCHAR(10) + N'GO' + NCHAR(13) + NCHAR(10) + N'-- ' + NCHAR(36) + N'(x) 🏦' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: mi ' + NCHAR(36) + N'(y)\u000a# title *bold* in the link link]''"; DROP\u000d\u000aGO\u000d\u000a-- ' + NCHAR(36) + N'(x) 🏦 must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Books ' + NCHAR(36) + N'(SQLCMDSERVER) | `code` <b>&amp;</b>' + NCHAR(10) + N'GO' + NCHAR(10), N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Books ' + NCHAR(36) + N'(SQLCMDSERVER) | `code` <b>&amp;</b>\u000aGO\u000a on mi ' + NCHAR(36) + N'(y)\u000a# title *bold* must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on mi ' + NCHAR(36) + N'(y)\u000a# title *bold*: link]''"; DROP\u000d\u000aGO\u000d\u000a-- ' + NCHAR(36) + N'(x) 🏦 is PRIMARY, HEALTHY, READ_WRITE.';
GO

-- Step 4 of 4, 4-allow-secondary-connections: Enable SQL Server to allow connections for Secondary role
-- Done when: SQL'BOX\\u0024(x) shows ALLOW_CONNECTIONS = ALL for the secondary role of SQL'BOX\\u0024(x).
-- Nothing to do here: it runs on SQL'BOX\\u0024(x).
GO
