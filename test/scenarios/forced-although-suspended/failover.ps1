# PRODUCTION. MI Link Failover: forced failover of the link DAG_AdatumBooks.
# Plan 511b2ea3e3d47977c34c2fc67e90490fd7a4b233512e19c7da5e6ed8d0b79d47
#
# AdatumBooks is forced over to sqlmi1.0123456789ab.database.windows.net. Data can be lost: AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example's own clock, with the zone that it had when it was last read.
#
# DATA CAN BE LOST.
# AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example's own clock, with the zone that it had when it was last read.
# AdatumBooks: sqlbox01.adatum.example was last read at 2026-11-21 22:00:00.0 +02:00 = 2026-11-21 20:00:00.0 UTC. sqlmi1.0123456789ab.database.windows.net has everything that it had committed then (last_commit_lsn 40000000127200003).
# Reason given: SQLBOX01 burnt down; this copy is all there is.
#
# Runs the whole plan from a computer that reaches sqlmi1.0123456789ab.database.windows.net. Not for Azure Cloud Shell:
# that does not reach it. sqlbox01.adatum.example is not asked: make sure that it is gone and stays away.
#
# It looks before it acts: for 10 s nothing may arrive, and it may not be connected; before it acts once more.
# Then it says what is lost and wants the name of the link typed. No switch answers for that.
# It sends nothing while that server cannot be read, and nothing twice.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs PowerShell 5.1 or later and SqlServer 22.0.0 or later. The login is asked for.
# Without a keyboard: .\failover.ps1 -ConfirmLinkName NAME, and a credential.
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'SqlServer'; ModuleVersion = '22.0.0' }

[CmdletBinding()]
param(
    [pscredential] $InstanceCredential = (Get-Credential -Message 'The login on sqlmi1.0123456789ab.database.windows.net'),
    [string] $InstanceServer = 'sqlmi1.0123456789ab.database.windows.net,1433',
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
$script:waitedFor = ''
$isNameGiven = $PSBoundParameters.ContainsKey('ConfirmLinkName')
$linkName = 'DAG_AdatumBooks'

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

$serverNames = @{ 'instance' = 'sqlmi1.0123456789ab.database.windows.net' }

# One batch on a connection of its own; without a time-out, since a role change takes what it takes.
function Send-Batch {
    param([string] $Side, [string] $Batch)
    Invoke-Sqlcmd -ServerInstance $InstanceServer -Credential $InstanceCredential -TrustServerCertificate:$TrustInstanceCertificate -Database 'master' -Query $Batch -ConnectionTimeout 30 -DisableVariables -AbortOnError -ErrorAction Stop
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

# Says it once for each reason, and gives up after Limit seconds (0: never).
function Wait-More {
    param([int] $Limit, [System.Diagnostics.Stopwatch] $Waited, [string] $What, [string] $Why)
    if ($Why -ne $script:waitedFor) { Write-Host ('Waiting until ' + $What + ': ' + $Why) }
    $script:waitedFor = $Why
    if ($Limit -gt 0 -and $Waited.Elapsed.TotalSeconds -ge $Limit) { Stop-Script -Code 4 -Sentence ('It was not seen in time that ' + $What + '. Read both sides before anything else. Nothing is sent again.') }
    Start-Sleep -Seconds 2
}

# Goes on only when the link's name was typed, here or as -ConfirmLinkName: nothing else stands for it.
function Confirm-Loss {
    Write-Host 'DATA CAN BE LOST.'
    Write-Host 'AdatumBooks: everything committed on sqlbox01.adatum.example after 2026-11-21 21:59:58.120 +02:00 = 2026-11-21 19:59:58.120 UTC is lost. That is sqlbox01.adatum.example''s own clock, with the zone that it had when it was last read.'
    Write-Host 'AdatumBooks: sqlbox01.adatum.example was last read at 2026-11-21 22:00:00.0 +02:00 = 2026-11-21 20:00:00.0 UTC. sqlmi1.0123456789ab.database.windows.net has everything that it had committed then (last_commit_lsn 40000000127200003).'
    Write-Host 'Reason given: SQLBOX01 burnt down; this copy is all there is.'
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
# Step 1 of 3, on sqlmi1.0123456789ab.database.windows.net. sqlbox01.adatum.example may be back since the plan was approved, and only sqlmi1.0123456789ab.database.windows.net can be asked.
# Done when: For 10 s nothing arrives on sqlmi1.0123456789ab.database.windows.net, and it is not connected.
Write-Step -Id '1-look-before-force' -Title 'Look once more whether sqlbox01.adatum.example is alive'
Assert-Batch -Side 'instance' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @lookSeen nvarchar(4000), @lookRefusal nvarchar(2048);
SET @lookSeen = NULL;
SET @lookSeen = DB_NAME();
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'master')
BEGIN
    SET @lookRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @lookRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @lookRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @lookRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @lookRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST((SELECT COUNT(*)
    FROM sys.databases AS b
    LEFT JOIN sys.dm_hadr_database_replica_states AS d ON d.database_id = b.database_id AND (d.is_local = 1 OR d.is_primary_replica = 1)
    WHERE b.database_id IN (DB_ID(N'AdatumBooks'))
      AND (b.state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.database_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.synchronization_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING'))) AS nvarchar(10));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0')
BEGIN
    SET @lookRefusal = N'Refused: the number of databases that are RESTORING or INITIALIZING or REVERTING must be 0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Forced now, such a database could not be started as primary.';
    THROW 50009, @lookRefusal, 1;
END;
DECLARE @alive nvarchar(2048) = N'Refused: the primary is alive, sqlmi1.0123456789ab.database.windows.net is still receiving its log. Forcing now makes two primaries. Nothing was changed. Fail over planned, on the primary.';
DECLARE @lsnBefore0 numeric(25, 0), @lsnAfter0 numeric(25, 0), @timeBefore0 datetime, @timeAfter0 datetime;
SET @lsnBefore0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeBefore0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
WAITFOR DELAY '00:00:10';
SET @lsnAfter0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeAfter0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
IF ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1), N'not told') = N'CONNECTED' OR @lsnAfter0 <> @lsnBefore0 OR @timeAfter0 <> @timeBefore0
    THROW 50008, @alive, 1;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
'@
$waited = [System.Diagnostics.Stopwatch]::StartNew()
while ($true) {
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT MAX(d.redo_queue_size)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id IN (DB_ID(N'AdatumBooks'))) > 0 THEN N'what has arrived is still being redone.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
'@
    if ($script:answer -eq 'open') { break }
    Wait-More -Limit 0 -Waited $waited -What 'sqlmi1.0123456789ab.database.windows.net has worked through what has arrived' -Why ($script:answer.Substring(5))
}

# Step 2 of 3, on sqlmi1.0123456789ab.database.windows.net. sqlmi1.0123456789ab.database.windows.net is the secondary, and a failover is forced on the side that takes over.
# Done when: sqlmi1.0123456789ab.database.windows.net shows PRIMARY.
Write-Step -Id '2-force' -Title 'Perform forced failover to SQL Managed Instance'
Confirm-Loss
Send-Change -Side 'instance' -Then 'unknown' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
DECLARE @alive nvarchar(2048) = N'Refused: the primary is alive, sqlmi1.0123456789ab.database.windows.net is still receiving its log. Forcing now makes two primaries. Nothing was changed. Fail over planned, on the primary.';
DECLARE @lsnBefore0 numeric(25, 0), @lsnAfter0 numeric(25, 0), @timeBefore0 datetime, @timeAfter0 datetime;
SET @lsnBefore0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeBefore0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
WAITFOR DELAY '00:00:10';
SET @lsnAfter0 = ISNULL((SELECT MAX(d.last_received_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), 0);
SET @timeAfter0 = ISNULL((SELECT MAX(d.last_received_time)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks')), '19000101');
IF ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1), N'not told') = N'CONNECTED' OR @lsnAfter0 <> @lsnBefore0 OR @timeAfter0 <> @timeBefore0
    THROW 50008, @alive, 1;
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] FORCE_FAILOVER_ALLOW_DATA_LOSS;');
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
'@

# Step 3 of 3, on sqlmi1.0123456789ab.database.windows.net. Only the new primary can be asked.
# Done when: sqlmi1.0123456789ab.database.windows.net shows PRIMARY, and AdatumBooks is READ_WRITE there.
Write-Step -Id '3-verify-forced' -Title 'Verify the new primary'
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY') AND CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.0123456789ab.database.windows.net: DAG_AdatumBooks is PRIMARY, READ_WRITE.';
'@
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
Write-Host 'Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.'
Write-Host 'It was forced: sqlbox01.adatum.example still takes itself for the primary when it comes back.'
exit 0
