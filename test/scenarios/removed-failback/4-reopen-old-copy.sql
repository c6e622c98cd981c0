-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on sqlmi1.0123456789ab.database.windows.net (SQL Managed Instance, 12.0.2000.8, SQL Azure).
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
IF @reopenSeen IS NULL OR @reopenSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @reopenRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@reopenSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @reopenRefusal, 1;
END;
DECLARE @login sysname, @command nvarchar(max);
BEGIN TRY
SET @login = (SELECT MIN(p.name) FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = N'mi-link-closed-0e984725c51c4bf49960e1c80e27aba0');
WHILE @login IS NOT NULL
BEGIN
    SET @command = N'ALTER LOGIN ' + QUOTENAME(@login) + N' ENABLE;';
    EXEC (@command);
    SET @command = N'ALTER SERVER ROLE [mi-link-closed-0e984725c51c4bf49960e1c80e27aba0] DROP MEMBER ' + QUOTENAME(@login) + N';';
    EXEC (@command);
    PRINT N'Enabled: ' + @login;
    SET @login = (SELECT MIN(p.name) FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = N'mi-link-closed-0e984725c51c4bf49960e1c80e27aba0');
END;
IF EXISTS (SELECT 1 FROM sys.server_principals AS r WHERE r.type = 'R' AND r.name = N'mi-link-closed-0e984725c51c4bf49960e1c80e27aba0')
    EXEC (N'DROP SERVER ROLE [mi-link-closed-0e984725c51c4bf49960e1c80e27aba0];');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
GO
