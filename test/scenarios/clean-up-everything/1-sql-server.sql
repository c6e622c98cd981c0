-- PRODUCTION. MI Link Failover: clean-up after the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 188a193cf0d352f34a2ca6610e03f25c8019770e19af12b6b32605454d811549
--
-- What the link DAG_AdatumBooks left behind is removed: availability group AG_AdatumBooks, endpoint database_mirroring_endpoint, certificate Cert_SQLBOX01_endpoint, certificate sqlmi1.0123456789ab.database.windows.net, certificate DigiCertPKI, trust certificate Cert_SQLBOX01_endpoint, trace flag 1800, trace flag 9567 and trace flag 12381. No database is touched.
--
-- In this order:
-- 1. Run 1-sql-server.sql on SQLBOX01. What Azure is asked for is in failover.sh and failover.ps1.
--
-- -T1800 is still among the startup parameters of SQLBOX01, and comes back when it starts: take it out in SQL Server Configuration Manager, SQL Server Services, properties of the service, Startup Parameters.
-- -T9567 is still among the startup parameters of SQLBOX01, and comes back when it starts: take it out in SQL Server Configuration Manager, SQL Server Services, properties of the service, Startup Parameters.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 9, 1-drop-group: Drop availability group ('AG_AdatumBooks')
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

-- Step 2 of 9, 2-drop-endpoint: Drop mirroring endpoint ('database_mirroring_endpoint')
-- Done when: SQLBOX01 does not show the endpoint database_mirroring_endpoint any more.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*) FROM sys.availability_groups) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of availability groups and links of this server must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*) FROM sys.database_mirroring WHERE mirroring_guid IS NOT NULL) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of mirrored databases must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DROP ENDPOINT [database_mirroring_endpoint];');
GO

-- Step 3 of 9, 3-drop-certificate: Drop certificate in master ('Cert_SQLBOX01_endpoint')
-- Done when: SQLBOX01 does not show the certificate Cert_SQLBOX01_endpoint in master any more.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST(((SELECT COUNT(*) FROM sys.database_mirroring_endpoints AS e WHERE e.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'Cert_SQLBOX01_endpoint'))
      + (SELECT COUNT(*) FROM sys.service_broker_endpoints AS b WHERE b.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'Cert_SQLBOX01_endpoint'))
      + (SELECT COUNT(*) FROM sys.server_principals AS p
         JOIN master.sys.certificates AS c ON c.sid = p.sid
         WHERE c.name = N'Cert_SQLBOX01_endpoint')) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of endpoints and logins that use the certificate Cert_SQLBOX01_endpoint must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DROP CERTIFICATE [Cert_SQLBOX01_endpoint];');
GO

-- Step 4 of 9, 4-drop-certificate: Drop certificate in master ('sqlmi1.0123456789ab.database.windows.net')
-- Done when: SQLBOX01 does not show the certificate sqlmi1.0123456789ab.database.windows.net in master any more.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST(((SELECT COUNT(*) FROM sys.database_mirroring_endpoints AS e WHERE e.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'sqlmi1.0123456789ab.database.windows.net'))
      + (SELECT COUNT(*) FROM sys.service_broker_endpoints AS b WHERE b.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'sqlmi1.0123456789ab.database.windows.net'))
      + (SELECT COUNT(*) FROM sys.server_principals AS p
         JOIN master.sys.certificates AS c ON c.sid = p.sid
         WHERE c.name = N'sqlmi1.0123456789ab.database.windows.net')) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of endpoints and logins that use the certificate sqlmi1.0123456789ab.database.windows.net must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*)
    FROM sys.availability_replicas AS ar
    JOIN sys.availability_groups AS ag ON ag.group_id = ar.group_id
    WHERE ag.is_distributed = 1 AND CHARINDEX(N'://sqlmi1.0123456789ab.database.windows.net:', ar.endpoint_url) > 0) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of links with sqlmi1.0123456789ab.database.windows.net must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DROP CERTIFICATE [sqlmi1.0123456789ab.database.windows.net];');
GO

-- Step 5 of 9, 5-drop-certificate: Drop certificate in master ('DigiCertPKI')
-- Done when: SQLBOX01 does not show the certificate DigiCertPKI in master any more.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST(((SELECT COUNT(*) FROM sys.database_mirroring_endpoints AS e WHERE e.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'DigiCertPKI'))
      + (SELECT COUNT(*) FROM sys.service_broker_endpoints AS b WHERE b.certificate_id = (SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = N'DigiCertPKI'))
      + (SELECT COUNT(*) FROM sys.server_principals AS p
         JOIN master.sys.certificates AS c ON c.sid = p.sid
         WHERE c.name = N'DigiCertPKI')) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of endpoints and logins that use the certificate DigiCertPKI must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*) FROM sys.availability_groups WHERE is_distributed = 1) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of links of this server must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DROP CERTIFICATE [DigiCertPKI];');
GO

-- Step 6 of 9, 6-remove-trust-certificate: Remove trust certificate ('Cert_SQLBOX01_endpoint')
-- Done when: Azure lists the certificate Cert_SQLBOX01_endpoint no more among those that sqlmi1.0123456789ab.database.windows.net trusts.
-- Nothing to do here: it runs on Azure.

-- Step 7 of 9, 7-turn-off-trace-flag-1800: Turn off trace flag 1800
-- Done when: DBCC TRACESTATUS on SQLBOX01 shows 1800 off.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*) FROM sys.availability_groups) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of availability groups and links of this server must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DBCC TRACEOFF (1800, -1) WITH NO_INFOMSGS;');
GO

-- Step 8 of 9, 8-turn-off-trace-flag-9567: Turn off trace flag 9567
-- Done when: DBCC TRACESTATUS on SQLBOX01 shows 9567 off.
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
SET @guardSeen = CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST((SELECT COUNT(*) FROM sys.availability_groups) AS nvarchar(10)) END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of availability groups and links of this server must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Leave it while something uses it.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'DBCC TRACEOFF (9567, -1) WITH NO_INFOMSGS;');
GO

-- Step 9 of 9, 9-turn-off-trace-flag-12381: Turn off trace flag 12381
-- Done when: DBCC TRACESTATUS on SQLBOX01 shows 12381 off.
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
EXEC (N'DBCC TRACEOFF (12381, -1) WITH NO_INFOMSGS;');
GO
