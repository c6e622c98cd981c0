-- TEST. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan 1464a596cb1c59d3a9de0ae509516ec9cdb71e0262d1ea0e95d1744bf70436f6
--
-- AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net; it only reads.
-- 2. Run 1-sql-server.sql on SQLBOX01. It commits synchronously and waits at the gate as far as this server sees it; it moves nothing.
-- 3. Delete the link in Azure, which no T-SQL can do: bash failover.sh remove-link, or .\failover.ps1 -RemoveLink. It reads the gate on both servers directly before, and sends nothing while that is shut. It waits for the end.
-- 4. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written.
-- 5. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
-- 6. Run 3-sql-server-after.sql on SQLBOX01: it drops what is left of the link there and looks at the old copy.
-- 7. Run 4-close-old-copy.sql on SQLBOX01: it keeps the old copy from being written. 4-reopen-old-copy.sql undoes that.
--
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 5 of 8, 5-drop-distributed-group: Drop distributed availability group (database 'AdatumBooks')
-- Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 6 of 8, 6-look-at-old-copy: Look for writes on the old copy (SQL Server)
-- Done when: The last commit of AdatumBooks on SQLBOX01 has not moved since the gate was last open, and no session writes there.
-- Nothing to do here: it runs on SQLBOX01.

-- Step 7 of 8, 7-verify-removed: Verify that the link is gone on both sides
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
SET @removedSeen = NULL;
SET @removedSeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'READ_WRITE')
BEGIN
    SET @removedRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on sqlmi1.0123456789ab.database.windows.net: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO

-- Step 8 of 8, 8-check-migration: Look at what is left to do after the migration
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
