# PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
# Plan 18d9352a928dc76a8b8aebf5f3feedf8438b0f937fd764b10764f106ed706d59
#
# Split brain: SQLBOX01 stays primary. sqlmi1.a0b1c2.database.windows.net is saved, made secondary and follows SQLBOX01 again.
#
# DATA IS DISCARDED.
# What only sqlmi1.a0b1c2.database.windows.net holds is discarded on sqlmi1.a0b1c2.database.windows.net. It is saved before, in https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak and, where the log moves meanwhile, https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak, and is then nowhere else.
# SQLBOX01 stays primary; nothing of it is changed.
# Reason given: Its firewall is closed.
#
# Runs the whole plan from a computer that reaches sqlmi1.a0b1c2.database.windows.net and SQLBOX01. Not for Azure Cloud Shell:
# that reaches neither server. Stop every writer of sqlmi1.a0b1c2.database.windows.net first.
#
# It saves sqlmi1.a0b1c2.database.windows.net, and makes it secondary only when nothing was written since and SQLBOX01 is PRIMARY.
# Before that it wants the name of the link typed. No switch answers for that.
# It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs PowerShell 5.1 or later and SqlServer 22.0.0 or later. Both logins are asked for.
# Without a keyboard: .\failover.ps1 -ConfirmLinkName NAME, and a credential.
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'SqlServer'; ModuleVersion = '22.0.0' }

[CmdletBinding()]
param(
    [pscredential] $BoxCredential = (Get-Credential -Message 'The login on SQLBOX01'),
    [pscredential] $InstanceCredential = (Get-Credential -Message 'The login on sqlmi1.a0b1c2.database.windows.net'),
    [string] $BoxServer = 'sqlbox01,1433',
    [string] $InstanceServer = 'sqlmi1,1433',
    [switch] $TrustBoxCertificate,
    [switch] $TrustInstanceCertificate,
    [string] $ConfirmLinkName = ''
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$script:begun = $false
$script:ended = $false
$script:answer = ''
$script:lsns = @()
$script:clock = ''
$isNameGiven = $PSBoundParameters.ContainsKey('ConfirmLinkName')
$linkName = 'LINK_Adatum'

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

$serverNames = @{ 'box' = 'SQLBOX01'; 'instance' = 'sqlmi1.a0b1c2.database.windows.net' }

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

# Goes on only when the link's name was typed, here or as -ConfirmLinkName: nothing else stands for it.
function Confirm-Loss {
    Write-Host 'DATA IS DISCARDED.'
    Write-Host 'What only sqlmi1.a0b1c2.database.windows.net holds is discarded on sqlmi1.a0b1c2.database.windows.net. It is saved before, in https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak and, where the log moves meanwhile, https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak, and is then nowhere else.'
    Write-Host 'SQLBOX01 stays primary; nothing of it is changed.'
    Write-Host 'Reason given: Its firewall is closed.'
    $typed = $ConfirmLinkName
    if (-not $isNameGiven) {
        try {
            $typed = Read-Host -Prompt 'Type the name of the link to force it'
        } catch {
            Stop-Script -Code 2 -Sentence 'The name of the link was not given. Nothing was sent.'
        }
    }
    if (-not [string]::Equals($typed, $linkName, [System.StringComparison]::Ordinal)) { Stop-Script -Code 3 -Sentence 'The name of the link was not typed. Nothing was sent.' }
}

try {
# Step 1 of 6, on sqlmi1.a0b1c2.database.windows.net. What is written on sqlmi1.a0b1c2.database.windows.net after it was saved would be discarded.
# Done when: For 10 s no session has an open transaction that has written to Adatum on sqlmi1.a0b1c2.database.windows.net.
Write-Step -Id '1-wait-for-no-writers' -Title 'Wait until nobody writes on sqlmi1.a0b1c2.database.windows.net'
Confirm-Loss
Assert-Batch -Side 'instance' -Batch @'
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @quietRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'PRIMARY')
BEGIN
    SET @quietRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'0')
BEGIN
    SET @quietRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @quietRefusal, 1;
END;
'@

# Step 2 of 6, on sqlmi1.a0b1c2.database.windows.net. What only sqlmi1.a0b1c2.database.windows.net holds is discarded when it becomes secondary: this backup is then the only copy.
# Done when: msdb on sqlmi1.a0b1c2.database.windows.net shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
Write-Step -Id '2-save-copy-instance' -Title 'Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net'
Send-Change -Side 'instance' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [Adatum] TO URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@

# Step 3 of 6, on sqlmi1.a0b1c2.database.windows.net. What only sqlmi1.a0b1c2.database.windows.net holds is discarded when it becomes secondary: this backup is then the only copy.
# Done when: The same, or the first backup held everything.
Write-Step -Id '3-save-copy-instance-again' -Title 'Take a COPY_ONLY full backup of Adatum on sqlmi1.a0b1c2.database.windows.net, once more where the log has moved'
Send-Change -Side 'instance' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak')) THEN N'covered'
      ELSE N'not covered' END) <> N'covered'
BEGIN
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP DATABASE [Adatum] TO URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak'' WITH COPY_ONLY, CHECKSUM, COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM URL = N''https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
END;
ELSE PRINT N'The first backup holds everything.';
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@

# Step 4 of 6, on sqlmi1.a0b1c2.database.windows.net. sqlmi1.a0b1c2.database.windows.net is the old primary, and a role is given up where it is held.
# Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY while SQLBOX01 is PRIMARY.
Write-Step -Id '4-demote' -Title 'Make sqlmi1.a0b1c2.database.windows.net secondary'
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
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY') AND CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: LINK_Adatum is PRIMARY, READ_WRITE.';
'@
Send-Change -Side 'instance' -Then 'unknown' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak', N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'https://store.blob.core.windows.net/backup/Adatum-1-S1-1.bak', N'https://store.blob.core.windows.net/backup/Adatum-1-S1-2.bak')) THEN N'covered'
      ELSE N'not covered' END);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'covered', N'not covered')
BEGIN
    SET @guardRefusal = N'Refused: the log of Adatum in its backup must be covered or not covered, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Something was written after the backup: save it again.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [LINK_Adatum] SET (ROLE = SECONDARY);');
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@

# Step 5 of 6, on sqlmi1.a0b1c2.database.windows.net. A forced role can leave the copy on sqlmi1.a0b1c2.database.windows.net suspended.
# Done when: Adatum on sqlmi1.a0b1c2.database.windows.net is not suspended.
Write-Step -Id '5-resume-data' -Title 'Resume data movement of Adatum on sqlmi1.a0b1c2.database.windows.net, where it is suspended'
Send-Change -Side 'instance' -Then 'warn' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.a0b1c2.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.a0b1c2.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER DATABASE [Adatum] SET HADR RESUME;');
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@

# Step 6 of 6, on SQLBOX01 and sqlmi1.a0b1c2.database.windows.net. The answer of one server is no proof of the other.
# Done when: sqlmi1.a0b1c2.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and Adatum is READ_WRITE on SQLBOX01.
Write-Step -Id '6-verify-roles' -Title 'Verify the roles on both sides'
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
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link LINK_Adatum must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.';
'@
Assert-Batch -Side 'instance' -Batch @'
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'SECONDARY, HEALTHY') BREAK;
    IF @verifySeen LIKE N'PRIMARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SECONDARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be SECONDARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.a0b1c2.database.windows.net: LINK_Adatum is SECONDARY, HEALTHY.';
'@
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
Write-Host 'Repoint the applications to SQLBOX01 (sqlbox01,1433), or to the listener of its availability group.'
Write-Host 'Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.'
exit 0
