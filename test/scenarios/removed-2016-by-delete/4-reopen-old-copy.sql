-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 13.0.7000.253, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan d4af8d9da944de5b8fa9af7d8378df7affcaa9fc1f33f5190229ae84ecc88c28
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
-- It undoes 4-close-old-copy.sql: it enables exactly the logins that were disabled there.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

DECLARE @reopenSeen nvarchar(4000), @reopenRefusal nvarchar(2048);
SET @reopenSeen = NULL;
SET @reopenSeen = DB_NAME();
IF @reopenSeen IS NULL OR @reopenSeen NOT IN (N'master')
BEGIN
    SET @reopenRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@reopenSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @reopenRefusal, 1;
END;
SET @reopenSeen = NULL;
SET @reopenSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @reopenSeen IS NULL OR @reopenSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @reopenRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@reopenSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @reopenRefusal, 1;
END;
DECLARE @login sysname, @command nvarchar(max);
BEGIN TRY
SET @login = (SELECT MIN(p.name) FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = N'mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff');
WHILE @login IS NOT NULL
BEGIN
    SET @command = N'ALTER LOGIN ' + QUOTENAME(@login) + N' ENABLE;';
    EXEC (@command);
    SET @command = N'ALTER SERVER ROLE [mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff] DROP MEMBER ' + QUOTENAME(@login) + N';';
    EXEC (@command);
    PRINT N'Enabled: ' + @login;
    SET @login = (SELECT MIN(p.name) FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = N'mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff');
END;
IF EXISTS (SELECT 1 FROM sys.server_principals AS r WHERE r.type = 'R' AND r.name = N'mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff')
    EXEC (N'DROP SERVER ROLE [mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff];');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
GO
