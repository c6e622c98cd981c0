-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 17.0.4035.6, SQL Azure).
-- Plan 89286d956f898fc782815ba1e735552c88f1bc86cadddd17d293786b6d6f4cf0
--
-- AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net; it only reads.
-- 2. Run 1-sql-server.sql on SQLBOX01. It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net is PRIMARY and writable.
-- 4. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
-- 5. Delete the link in Azure, which no T-SQL can do: bash failover.sh remove-link TIME, or .\failover.ps1 -RemoveLink -FailedOverAt TIME. TIME is what the part 'After' of 2-managed-instance.sql printed. It sends nothing before the first full backup since then. It waits for the end.
-- 6. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written.
-- 7. Run 3-sql-server-after.sql on SQLBOX01: it drops what is left of the link there and looks at the old copy.
--
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 6 of 11, 6-drop-distributed-group: Drop distributed availability group (database 'AdatumBooks')
-- Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 7 of 11, 7-look-at-old-copy: Look for writes on the old copy (SQL Server)
-- Done when: The last commit of AdatumBooks on SQLBOX01 has not moved since the 5 s of this look, and no session writes there.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 8 of 11, 8-drop-group: Drop availability group ('AG_AdatumBooks')
-- Done when: SQLBOX01 does not show the availability group AG_AdatumBooks any more, and AdatumBooks is still there.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 9 of 11, 9-set-read-only: Keep the old copy of AdatumBooks from being written
-- Done when: SQLBOX01 shows AdatumBooks READ_ONLY.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 10 of 11, 10-verify-removed: Verify that the link is gone on both sides
-- Done when: Azure answers 404 for the link, neither server shows it, AdatumBooks is READ_WRITE on sqlmi1.0123456789ab.database.windows.net, and the availability group AG_AdatumBooks is gone from SQLBOX01.
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
SET @removedSeen = NULL;
SET @removedSeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'READ_WRITE')
BEGIN
    SET @removedRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on sqlmi1.0123456789ab.database.windows.net: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO

-- Step 11 of 11, 11-check-migration: Look at what is left to do after the migration
-- Done when: sqlmi1.0123456789ab.database.windows.net has told the compatibility level of AdatumBooks and the users that have no login there.
-- Changes nothing. model shows the level that a new database gets here.
SELECT d.name, d.compatibility_level
FROM sys.databases AS d
WHERE d.name IN (N'AdatumBooks', N'model')
ORDER BY d.database_id;
-- Users of AdatumBooks without a login here.
DECLARE @users0 nvarchar(max) = N'SELECT p.name, p.type_desc, p.sid' + NCHAR(10) + N'FROM [AdatumBooks].sys.database_principals AS p' + NCHAR(10) + N'WHERE p.principal_id > 4 AND p.type IN (''S'', ''U'', ''E'', ''X'')' + NCHAR(10) + N'  AND p.authentication_type_desc IN (N''INSTANCE'', N''WINDOWS'')' + NCHAR(10) + N'  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)' + NCHAR(10) + N'ORDER BY p.name;';
EXEC (@users0);
GO
