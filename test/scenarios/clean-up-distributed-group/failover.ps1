# PRODUCTION. MI Link Failover: clean-up after the link DAG_AdatumBooks.
# Plan 64adcca74f48b67f4f518f8167d31113cff1f4dfb53243d2e0943fbe1fba6b51
#
# What the link DAG_AdatumBooks left behind is removed: distributed availability group DAG_AdatumBooks and availability group AG_AdatumBooks. No database is touched.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. Not for Azure Cloud Shell:
# that reaches neither server. Start this in a session that stays open.
#
# It looks before it acts: each batch checks server, version, group and role on the very connection that acts.
# It sends nothing when a side cannot be read or the gate is shut, and nothing twice.
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
$script:waitedFor = ''

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

# Says it once for each reason, and gives up after Limit seconds (0: never).
function Wait-More {
    param([int] $Limit, [System.Diagnostics.Stopwatch] $Waited, [string] $What, [string] $Why)
    if ($Why -ne $script:waitedFor) { Write-Host ('Waiting until ' + $What + ': ' + $Why) }
    $script:waitedFor = $Why
    if ($Limit -gt 0 -and $Waited.Elapsed.TotalSeconds -ge $Limit) { Stop-Script -Code 4 -Sentence ('It was not seen in time that ' + $What + '. Read both sides before anything else. Nothing is sent again.') }
    Start-Sleep -Seconds 2
}

try {
# Step 1 of 2, on SQLBOX01. Azure has removed its side; SQLBOX01 keeps its own until it is dropped there.
# Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
Write-Step -Id '1-drop-distributed-group' -Title 'Drop distributed availability group (database '''')'
$waited = [System.Diagnostics.Stopwatch]::StartNew()
while ($true) {
Read-Answer -Side 'box' -Batch @'
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
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
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0) = N'CONNECTED' THEN N'the other side of the link still answers.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
'@
    if ($script:answer -eq 'open') { break }
    Wait-More -Limit 120 -Waited $waited -What 'SQLBOX01 has noticed that the other side is gone' -Why ($script:answer.Substring(5))
}
Send-Change -Side 'box' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
'@

# Step 2 of 2, on SQLBOX01. It was ticked, and no link needs the group on SQLBOX01 any more.
# Done when: SQLBOX01 does not show the availability group AG_AdatumBooks any more.
Write-Step -Id '2-drop-group' -Title 'Drop availability group (''AG_AdatumBooks'')'
Send-Change -Side 'box' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
'@
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
exit 0
