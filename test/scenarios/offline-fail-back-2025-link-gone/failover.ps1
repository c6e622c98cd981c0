# PRODUCTION. MI Link Failover: offline fail back of AdatumBooks.
# Plan dfdc6c24cadba8f59b25a1b91da552aabe46dbd42b1d59617df3c6daf2baa572
#
# AdatumBooks is backed up on sqlmi1.0123456789ab.database.windows.net and restored on SQLBOX01 as Books [back] of '26. Nothing may be written on sqlmi1.0123456789ab.database.windows.net from now on: it would be missing. The copy there stays. There is no link any more.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. Not for Azure Cloud Shell:
# that reaches neither server. Stop every writer of sqlmi1.0123456789ab.database.windows.net first, and let none back before the end.
#
# It backs up on sqlmi1.0123456789ab.database.windows.net, restores on SQLBOX01 only what is proved to hold everything, and looks at both once more.
# Nothing that is there is written over. Two looks lie far apart: a session that writes in between is seen by what it
# commits. It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs PowerShell 5.1 or later and SqlServer 22.0.0 or later. Both logins are asked for.
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'SqlServer'; ModuleVersion = '22.0.0' }

[CmdletBinding()]
param(
    [pscredential] $BoxCredential = (Get-Credential -Message 'The login on SQLBOX01'),
    [pscredential] $InstanceCredential = (Get-Credential -Message 'The login on sqlmi1.0123456789ab.database.windows.net'),
    [string] $BoxServer = 'sqlbox01.adatum.example,1433',
    [string] $InstanceServer = 'sqlmi1.0123456789ab.database.windows.net,1433',
    [switch] $TrustBoxCertificate,
    [switch] $TrustInstanceCertificate
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$script:begun = $false
$script:ended = $false
$script:answer = ''
$script:lsns = @()
$script:clock = ''

function Undo-Setting {
}

# Before anything was begun that cannot be called back, what was set is set back.
function Stop-Script {
    param([int] $Code, [string] $Sentence)
    [Console]::Error.WriteLine($Sentence)
    if (-not $script:begun) { Undo-Setting }
    $script:ended = $true
    exit $Code
}

function Write-Step {
    param([string] $Id, [string] $Title)
    Write-Host ''
    Write-Host ('== ' + $Id + ': ' + $Title)
}

$serverNames = @{ 'box' = 'SQLBOX01'; 'instance' = 'sqlmi1.0123456789ab.database.windows.net' }

# One batch on a connection of its own; without a time-out, since a role change takes what it takes.
function Send-Batch {
    param([string] $Side, [string] $Batch)
    if ($Side -eq 'box') {
        Invoke-Sqlcmd -ServerInstance $BoxServer -Credential $BoxCredential -TrustServerCertificate:$TrustBoxCertificate -Database 'master' -Query $Batch -ConnectionTimeout 30 -DisableVariables -AbortOnError -ErrorAction Stop
    } else {
        Invoke-Sqlcmd -ServerInstance $InstanceServer -Credential $InstanceCredential -TrustServerCertificate:$TrustInstanceCertificate -Database 'master' -Query $Batch -ConnectionTimeout 30 -DisableVariables -AbortOnError -ErrorAction Stop
    }
}

function Stop-NotRead {
    param([string] $Side, [string] $Why)
    [Console]::Error.WriteLine($Why)
    if (-not $script:begun) { Stop-Script -Code 3 -Sentence ($serverNames[$Side] + ' could not be read, or is not as planned. Nothing was sent.') }
    Stop-Script -Code 4 -Sentence ($serverNames[$Side] + ' could not be read, or is not as planned. Read both sides before anything else. Nothing is sent again.')
}

# A reading, one row. Sets answer, and lsns to what follows an open.
function Read-Answer {
    param([string] $Side, [string] $Batch)
    $script:answer = ''
    $script:lsns = @()
    try {
        $rows = @(Send-Batch -Side $Side -Batch $Batch)
        foreach ($row in $rows) {
            $text = [string] $row.answer
            if ($text -eq 'open' -or $text.StartsWith('open ')) {
                $script:answer = 'open'
                foreach ($word in $text.Split(' ')) {
                    if ($word -match '^[0-9]+$') { $script:lsns += [bigint]::Parse($word) }
                }
            } elseif ($text.StartsWith('shut ') -or $text.StartsWith('at ') -or $text.StartsWith('unproved ')) {
                $script:answer = $text
            }
        }
    } catch {
        Stop-NotRead -Side $Side -Why $_.Exception.Message
    }
    if ($script:answer -eq '') { Stop-NotRead -Side $Side -Why 'It gave no answer.' }
}

# The same with the time of the failover, in the instance's own clock, declared before it.
function Read-AnswerSince {
    param([string] $Side, [string] $Batch)
    if ($script:clock -notmatch '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$') { Stop-Script -Code 2 -Sentence "The time of the failover is missing: 2026-11-21T20:00:00, by the instance's own clock." }
    Read-Answer -Side $Side -Batch ("DECLARE @since datetime = CONVERT(datetime, '$script:clock', 126);`n" + $Batch)
}

# A batch that ends by an error where something is not as it must be.
function Assert-Batch {
    param([string] $Side, [string] $Batch)
    try {
        $null = Send-Batch -Side $Side -Batch $Batch
    } catch {
        Stop-NotRead -Side $Side -Why $_.Exception.Message
    }
}

# A batch that changes something, once. Then: stop, warn or unknown.
function Send-Change {
    param([string] $Side, [string] $Then, [string] $Batch)
    if ($Then -eq 'unknown') { $script:begun = $true }
    try {
        $null = Send-Batch -Side $Side -Batch $Batch
    } catch {
        $why = $_.Exception.Message
        if ($Then -eq 'warn') {
            Write-Warning $why
            Write-Warning 'Warning: this was not done, and the rest goes on.'
            return
        }
        [Console]::Error.WriteLine($why)
        if ($Then -eq 'stop') { Stop-Script -Code 1 -Sentence ($serverNames[$Side] + ' refused it. What was done before stays done.') }
        # The batch's own guard speaks before anything is sent on.
        if ($why.Contains('Refused: ')) {
            $script:begun = $false
            Stop-Script -Code 3 -Sentence ($serverNames[$Side] + ' is not as planned. Nothing was sent.')
        }
        Stop-Script -Code 4 -Sentence ($serverNames[$Side] + ' did not say that it is done. Read both sides before anything else. Nothing is sent again.')
    }
}

try {
# Step 1 of 6, on sqlmi1.0123456789ab.database.windows.net. What is written on sqlmi1.0123456789ab.database.windows.net after it was saved would be missing from the restored copy.
# Done when: For 10 s no session has an open transaction that has written to AdatumBooks on sqlmi1.0123456789ab.database.windows.net.
Write-Step -Id '1-wait-for-no-writers' -Title 'Wait until nobody writes on sqlmi1.0123456789ab.database.windows.net'
Assert-Batch -Side 'instance' -Batch @'
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @quietSeen nvarchar(4000), @quietRefusal nvarchar(2048);
SET @quietSeen = NULL;
SET @quietSeen = DB_NAME();
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'master')
BEGIN
    SET @quietRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @quietRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @quietRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'0')
BEGIN
    SET @quietRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @quietRefusal, 1;
END;
'@

# Step 2 of 6, on sqlmi1.0123456789ab.database.windows.net. SQLBOX01 is to restore it; the copy on sqlmi1.0123456789ab.database.windows.net stays as it is.
# Done when: msdb on sqlmi1.0123456789ab.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
Write-Step -Id '2-save-copy-instance' -Title 'Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net'
Send-Change -Side 'instance' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.0123456789ab.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [AdatumBooks] TO URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'AdatumBooks' AND m.physical_device_name = N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is restored without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockOwner = N'Session';
'@

# Step 3 of 6, on sqlmi1.0123456789ab.database.windows.net. SQLBOX01 is to restore it; the copy on sqlmi1.0123456789ab.database.windows.net stays as it is.
# Done when: The same, or the first backup held everything.
Write-Step -Id '3-save-copy-instance-again' -Title 'Take a COPY_ONLY full backup of AdatumBooks on sqlmi1.0123456789ab.database.windows.net, once more where the log has moved'
Send-Change -Side 'instance' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) NOT IN (N'covered', N'not known')
BEGIN
-- Acts only on sqlmi1.0123456789ab.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [AdatumBooks] TO URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'AdatumBooks' AND m.physical_device_name = N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is restored without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
END;
ELSE IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) = N'not known'
    PRINT N'Where the log stands is not told: that the first backup holds everything is not proved.';
ELSE PRINT N'The first backup holds everything.';
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockOwner = N'Session';
'@

# Step 4 of 6, on SQLBOX01. A new database on SQLBOX01; nothing that is there is written over.
# Done when: SQLBOX01 shows Books [back] of '26 ONLINE, with its files at E:\SQLData\Books__back__of__26_data_0.mdf, E:\SQLData\Books__back__of__26_log.ldf and E:\SQLData\Books__back__of__26_XTP, and nobody has written on sqlmi1.0123456789ab.database.windows.net since its backup.
Write-Step -Id '4-restore-copy' -Title 'Restore AdatumBooks as Books [back] of ''26 on SQLBOX01'
Read-Answer -Side 'instance' -Batch @'
SET NOCOUNT ON;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
SELECT (SELECT CASE
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known', N'not covered') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      ELSE N'shut ' + N'no backup of AdatumBooks is proved to hold everything.' END) AS answer;
'@
$backup = $script:answer.Substring($script:answer.IndexOf(' ') + 1)
$isProved = $script:answer.StartsWith('at ')
if (-not $isProved -and -not $script:answer.StartsWith('unproved ')) { Stop-Script -Code 1 -Sentence ($backup + ' Nothing was restored.') }
Write-Host ($(if ($isProved) { 'Proved to hold everything: ' } else { 'Not proved to hold everything: where the log stands is not told, or backups moved it. Taken all the same: ' }) + $backup)
$declared = ''
if ($backup -ceq 'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak') { $declared = 'DECLARE @backup nvarchar(4000) = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'';' }
if ($backup -ceq 'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak') { $declared = 'DECLARE @backup nvarchar(4000) = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'';' }
if ($declared -eq '') { Stop-Script -Code 3 -Sentence 'Another backup than planned was named. Nothing was restored.' }
$batch = @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CASE WHEN DB_ID(N'Books [back] of ''26') IS NULL THEN N'free' ELSE N'taken' END;
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'free')
BEGIN
    SET @guardRefusal = N'Refused: the name Books [back] of ''26 must be free, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Rename or drop that database yourself, or restore under another name.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL(@backup, N'not named');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak', N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')
BEGIN
    SET @guardRefusal = N'Refused: the backup of AdatumBooks must be https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak or https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Name the one that is proved on the managed instance.';
    THROW 50009, @guardRefusal, 1;
END;
DECLARE @statement nvarchar(max) = CASE @backup
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak' THEN N'RESTORE DATABASE [Books [back]] of ''26] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\Books__back__of__26_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\Books__back__of__26_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\Books__back__of__26_XTP'';'
    WHEN N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak' THEN N'RESTORE DATABASE [Books [back]] of ''26] FROM URL = N''https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'' WITH CHECKSUM, MOVE N''data_0'' TO N''E:\SQLData\Books__back__of__26_data_0.mdf'', MOVE N''log'' TO N''E:\SQLData\Books__back__of__26_log.ldf'', MOVE N''XTP'' TO N''E:\SQLData\Books__back__of__26_XTP'';'
    END;
EXEC (@statement);
IF APPLOCK_MODE(N'public', N'0ff11e00000000000000000000000000-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0ff11e00000000000000000000000000-mi-link-failover', @LockOwner = N'Session';
'@
Send-Change -Side 'box' -Then 'unknown' -Batch ($declared + "`n" + $batch)

# Step 5 of 6, on SQLBOX01. Logins are the server's: Books [back] of '26 came to SQLBOX01 without them.
# Done when: SQLBOX01 has told the compatibility level of Books [back] of '26 and the users that have no login there.
Write-Step -Id '5-check-migration' -Title 'Look at what does not come along with a backup'
Assert-Batch -Side 'box' -Batch @'
-- Changes nothing. model shows the level that a new database gets here.
SELECT d.name, d.compatibility_level
FROM sys.databases AS d
WHERE d.name IN (N'Books [back] of ''26', N'model')
ORDER BY d.database_id;
-- Users of Books [back] of '26 without a login here.
DECLARE @users0 nvarchar(max) = N'SELECT p.name, p.type_desc, p.sid' + NCHAR(10) + N'FROM [Books [back]] of ''26].sys.database_principals AS p' + NCHAR(10) + N'WHERE p.principal_id > 4 AND p.type IN (''S'', ''U'', ''E'', ''X'')' + NCHAR(10) + N'  AND p.authentication_type_desc IN (N''INSTANCE'', N''WINDOWS'')' + NCHAR(10) + N'  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)' + NCHAR(10) + N'ORDER BY p.name;';
EXEC (@users0);
'@

# Step 6 of 6, on SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. What was written on sqlmi1.0123456789ab.database.windows.net after its backup is not in Books [back] of '26.
# Done when: Books [back] of '26 is ONLINE and READ_WRITE on SQLBOX01, and on sqlmi1.0123456789ab.database.windows.net the log of AdatumBooks stands where its backup left it, with nobody writing.
Write-Step -Id '6-verify-restored' -Title 'Verify Books [back] of ''26 on SQLBOX01, and that nothing was written on sqlmi1.0123456789ab.database.windows.net'
Assert-Batch -Side 'box' -Batch @'
DECLARE @verifySeen nvarchar(4000), @verifyRefusal nvarchar(2048);
SET @verifySeen = NULL;
SET @verifySeen = DB_NAME();
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'master')
BEGIN
    SET @verifyRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SQLBOX01')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @restoredLooks int = 0;
WHILE @restoredLooks < 12 AND ISNULL((SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'Books [back] of ''26', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'Books [back] of ''26'), N'') <> N'ONLINE, READ_WRITE'
BEGIN
    WAITFOR DELAY '00:00:05';
    SET @restoredLooks = @restoredLooks + 1;
END;
DECLARE @restoredSeen nvarchar(4000), @restoredRefusal nvarchar(2048);
SET @restoredSeen = NULL;
SET @restoredSeen = (SELECT d.state_desc + N', ' + CAST(DATABASEPROPERTYEX(N'Books [back] of ''26', N'Updateability') AS nvarchar(128)) FROM sys.databases AS d WHERE d.name = N'Books [back] of ''26');
IF @restoredSeen IS NULL OR @restoredSeen NOT IN (N'ONLINE, READ_WRITE')
BEGIN
    SET @restoredRefusal = N'Not proved: Books [back] of ''26 must be ONLINE, READ_WRITE, and it is ' + ISNULL(@restoredSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @restoredRefusal, 1;
END;
PRINT N'Read back: Books [back] of ''26 is ONLINE, READ_WRITE.';
'@
Assert-Batch -Side 'instance' -Batch @'
-- Run it when the other server has restored. Changes nothing.
DECLARE @verifySeen nvarchar(4000), @verifyRefusal nvarchar(2048);
SET @verifySeen = NULL;
SET @verifySeen = DB_NAME();
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'master')
BEGIN
    SET @verifyRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @verifyRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.1000.7, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'0')
BEGIN
    SET @verifyRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @verifyRefusal, 1;
END;
DECLARE @proved nvarchar(4000);
SET @proved = (SELECT CASE
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known', N'not covered') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'covered') THEN N'at ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      WHEN (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'AdatumBooks')
        WHERE b.database_name = N'AdatumBooks' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) IN (N'not known') THEN N'unproved ' + N'https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak'
      ELSE N'shut ' + N'no backup of AdatumBooks is proved to hold everything.' END);
IF @proved IS NULL OR (@proved NOT LIKE N'at %' AND @proved NOT LIKE N'unproved %')
    THROW 50020, N'Not proved: something was written to AdatumBooks after its backup. What was restored from it is stale.', 1;
IF @proved LIKE N'at %' PRINT N'Proved: ' + SUBSTRING(@proved, 4, 4000);
ELSE PRINT N'Not proved to hold everything: where the log stands is not told, or backups moved it. Taken all the same: ' + SUBSTRING(@proved, 10, 4000);
'@
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
Write-Host 'Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group. The database is Books [back] of ''26 there.'
Write-Host 'Take a full backup of Books [back] of ''26 on SQLBOX01 at once, and resume its log backups: it begins without a chain of its own.'
Write-Host 'Make the logins and other server objects of AdatumBooks on SQLBOX01: no backup brings them along.'
Write-Host 'Run DBCC CHECKDB on Books [back] of ''26. Error 8992 is known of a database that comes from a managed instance, after an index was dropped.'
Write-Host 'The copy of AdatumBooks on sqlmi1.0123456789ab.database.windows.net was left as it is: let nobody write to it, and drop it when it is not needed any more. The backup is in https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-1.bak and https://adatum.blob.core.windows.net/fail-back/AdatumBooks-1-failback1-2.bak, in one of them or in both.'
exit 0
