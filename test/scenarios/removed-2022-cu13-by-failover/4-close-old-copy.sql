-- PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4125.3, Enterprise Edition: Core-based Licensing (64-bit)).
-- Plan 5e878a3c4984efb62743a0d72be9af70b995fe0833428e293a6380121e6520dd
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
-- 8. Run 4-close-old-copy.sql on SQLBOX01: it keeps the old copy from being written. 4-reopen-old-copy.sql undoes that.
--
-- It keeps the old copy from being written: it disables the logins that have a user in its databases.
-- Such a login cannot connect to any other database of this server either. Sessions that are open stay open.
-- Left alone: sysadmin, the login that runs this, what is disabled already, Windows and Entra groups.
-- Which ones it disabled is remembered as the members of a server role; 4-reopen-old-copy.sql enables only those.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

DECLARE @closeSeen nvarchar(4000), @closeRefusal nvarchar(2048);
SET @closeSeen = NULL;
SET @closeSeen = DB_NAME();
IF @closeSeen IS NULL OR @closeSeen NOT IN (N'master')
BEGIN
    SET @closeRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@closeSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @closeRefusal, 1;
END;
SET @closeSeen = NULL;
SET @closeSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @closeSeen IS NULL OR @closeSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @closeRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@closeSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @closeRefusal, 1;
END;
SET @closeSeen = NULL;
SET @closeSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @closeSeen IS NULL OR @closeSeen NOT IN (N'gone')
BEGIN
    SET @closeRefusal = N'Refused: the link DAG_AdatumBooks on SQLBOX01 must be gone, and it is ' + ISNULL(@closeSeen, N'not visible to this login') + N'. Nothing was changed. Remove the link first.';
    THROW 50005, @closeRefusal, 1;
END;
SET @closeSeen = NULL;
SET @closeSeen = (SELECT d.state_desc FROM sys.databases AS d WHERE d.name = N'AdatumBooks');
IF @closeSeen IS NULL OR @closeSeen NOT IN (N'ONLINE')
BEGIN
    SET @closeRefusal = N'Refused: the state of AdatumBooks must be ONLINE, and it is ' + ISNULL(@closeSeen, N'not visible to this login') + N'. Nothing was changed. A copy that is not ONLINE cannot be written; there is nothing to close.';
    THROW 50009, @closeRefusal, 1;
END;
DECLARE @logins TABLE (name sysname NOT NULL);
DECLARE @query0 nvarchar(max) = N'SELECT DISTINCT p.name FROM sys.server_principals AS p JOIN [AdatumBooks].sys.database_principals AS u ON u.sid = p.sid WHERE p.type IN (''S'', ''U'', ''E'') AND p.is_disabled = 0 AND p.name <> ORIGINAL_LOGIN() AND p.name <> SUSER_SNAME() AND ISNULL(IS_SRVROLEMEMBER(N''sysadmin'', p.name), 1) = 0';
INSERT INTO @logins (name) EXEC (@query0);
DECLARE @login sysname, @command nvarchar(max);
BEGIN TRY
IF NOT EXISTS (SELECT 1 FROM sys.server_principals AS r WHERE r.type = 'R' AND r.name = N'mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff')
    EXEC (N'CREATE SERVER ROLE [mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff];');
WHILE EXISTS (SELECT 1 FROM @logins)
BEGIN
    SET @login = (SELECT MIN(name) FROM @logins);
    SET @command = N'ALTER SERVER ROLE [mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff] ADD MEMBER ' + QUOTENAME(@login) + N';';
    EXEC (@command);
    SET @command = N'ALTER LOGIN ' + QUOTENAME(@login) + N' DISABLE;';
    EXEC (@command);
    PRINT N'Disabled: ' + @login;
    DELETE FROM @logins WHERE name = @login;
END;
END TRY
BEGIN CATCH
    THROW;
END CATCH;
PRINT N'Remembered as the members of the server role mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff on SQLBOX01. End their sessions, which stay open:';
SELECT s.session_id, s.login_name, s.host_name, s.program_name
FROM sys.dm_exec_sessions AS s
WHERE s.is_user_process = 1 AND s.login_name IN (SELECT p.name FROM sys.server_role_members AS m
    JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
    WHERE r.name = N'mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff');
GO
