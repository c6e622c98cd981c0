-- PRODUCTION. MI Link Failover: clean-up after the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 64adcca74f48b67f4f518f8167d31113cff1f4dfb53243d2e0943fbe1fba6b51
--
-- What the link DAG_AdatumBooks left behind is removed: distributed availability group DAG_AdatumBooks and availability group AG_AdatumBooks. No database is touched.
--
-- In this order:
-- 1. Run 1-sql-server.sql on SQLBOX01.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 2, 1-drop-distributed-group: Drop distributed availability group (database '')
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

-- Step 2 of 2, 2-drop-group: Drop availability group ('AG_AdatumBooks')
-- Done when: SQLBOX01 does not show the availability group AG_AdatumBooks any more.
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
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.availability_replicas AS ar
    JOIN sys.availability_groups AS ag ON ag.group_id = ar.group_id
    WHERE ag.is_distributed = 1 AND ar.replica_server_name = N'AG_AdatumBooks') AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of links that still use the availability group AG_AdatumBooks must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave the availability group while a link needs it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DROP AVAILABILITY GROUP [AG_AdatumBooks];');
GO
