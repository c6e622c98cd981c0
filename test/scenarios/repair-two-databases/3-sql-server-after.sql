-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4195.2, Enterprise Edition (64-bit)).
-- Plan 060647719b7ced76a81cd78761f2b0f3c8cc3e9c6363984b131e88c13ade3e5e
--
-- Split brain: the link is removed. sqlmi1.a0b1c2.database.windows.net goes on alone, and SQLBOX01 keeps an independent copy that can be written.
--
-- In this order:
-- 1. Delete the link in Azure, which no T-SQL can do: bash failover.sh, or .\failover.ps1. They look at both sides first, want the link's name typed, and do the rest.
-- 2. Where they ended before that: run 3-sql-server-after.sql on SQLBOX01 once the link is gone. It drops what is left of it there.
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

-- Step 2 of 3, 2-drop-distributed-group: Drop distributed availability group (database 'Adatum')
-- Done when: SQLBOX01 does not show the distributed availability group LINK_Adatum any more.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4195.2')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4195.2, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY', N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY or SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 0), N'not shown');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'DISCONNECTED', N'not shown')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be DISCONNECTED or not shown, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Delete the link in Azure first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'DROP AVAILABILITY GROUP [LINK_Adatum];');
GO

-- Step 3 of 3, 3-verify-removed: Verify that the link is gone on both sides
-- Done when: Azure answers 404 for the link, neither server shows it, Adatum is READ_WRITE on sqlmi1.a0b1c2.database.windows.net, and Adatum is SYNCHRONIZED in the availability group AG_Adatum on SQLBOX01.
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
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link LINK_Adatum on SQLBOX01 must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'Adatum on SQLBOX01: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
GO
