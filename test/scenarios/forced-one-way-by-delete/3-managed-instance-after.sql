-- PRODUCTION. MI Link Failover: forced failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
-- Plan beda492207d5cf7ca06a3fe6f68e564fe65a8971babf9693eaac0e370b5b31b9
--
-- The link DAG_AdatumBooks is ended by deleting it in Azure: sqlmi1.0123456789ab.database.windows.net's copy of AdatumBooks opens for writing as an independent database, and there is no way back. Data can be lost: AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example's own clock, with the zone that it had when it was last read.
--
-- In this order:
-- 1. Make sure that sqlbox01.adatum.example is gone and stays away. What is lost stands above.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It looks whether log still arrives, and changes nothing.
-- 3. Delete the link in Azure, which no T-SQL can do: bash failover.sh, or .\failover.ps1. They look once more, and want the link's name typed.
-- 4. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it proves that sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written.
-- 5. Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.
-- 6. It was forced: sqlbox01.adatum.example keeps a copy of its own, and still takes itself for the primary of the deleted link when it comes back.
--
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 3 of 3, 3-verify-alone: Verify that the instance holds the database on its own
-- Done when: Azure answers 404 for the link, sqlmi1.0123456789ab.database.windows.net does not show it, and AdatumBooks is READ_WRITE there.
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
