-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 918c0fd927165b79439c4ca6eff7e586525904396164ffd77961eeb1b9a93af1
--
-- AdatumBooks moves from sqlmi1.0123456789ab.database.windows.net to SQLBOX01. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
--
-- In this order:
-- 1. Stop the workload. Run the part 'Before' of 2-sql-server.sql on SQLBOX01; it only reads.
-- 2. Run 1-managed-instance.sql on sqlmi1.0123456789ab.database.windows.net. It waits at the gate, fails over, and reads this server back.
-- 3. Run the part 'After' of 2-sql-server.sql on SQLBOX01: it proves that SQLBOX01 is PRIMARY and writable.
-- 4. Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group.
-- 5. Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.
-- 6. Delete the link in Azure, which no T-SQL can do: bash failover.sh remove-link, or .\failover.ps1 -RemoveLink. It reads both servers directly before, and sends nothing unless the roles are as planned. It waits for the end.
-- 7. Nothing is dropped before failover.sh or failover.ps1 has said that the link is gone.
-- 8. Run 3-sql-server-after.sql on SQLBOX01: it drops what is left of the link there.
-- 9. Run 3-managed-instance-after.sql on sqlmi1.0123456789ab.database.windows.net: it looks at the old copy.
-- 10. Run 4-close-old-copy.sql on sqlmi1.0123456789ab.database.windows.net: it keeps the old copy from being written. 4-reopen-old-copy.sql undoes that.
--
-- Run it only when the link is gone in Azure. It proves nothing of Azure itself.
-- A distributed group whose other side still answers is not dropped (error 50008). SQL Server may take a minute to
-- notice that it is gone: then run this file again.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 5 of 7, 5-drop-distributed-group: Drop distributed availability group (database 'AdatumBooks')
-- Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4125.3')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4125.3, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY', N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY or SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0), N'not shown');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'DISCONNECTED', N'not shown')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be DISCONNECTED or not shown, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Delete the link in Azure first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'DROP AVAILABILITY GROUP [DAG_AdatumBooks];');
GO

-- Step 6 of 7, 6-look-at-old-copy: Look for writes on the old copy (SQL Managed Instance)
-- Done when: The last commit of AdatumBooks on sqlmi1.0123456789ab.database.windows.net has not moved since the 5 s of this look, and no session writes there.
-- Nothing to do here: it runs on sqlmi1.0123456789ab.database.windows.net.

-- Step 7 of 7, 7-verify-removed: Verify that the link is gone on both sides
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
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @removedRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link DAG_AdatumBooks on SQLBOX01 must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'READ_WRITE')
BEGIN
    SET @removedRefusal = N'Not proved: Updateability of AdatumBooks on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on SQLBOX01: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO
