# PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
# Plan 060647719b7ced76a81cd78761f2b0f3c8cc3e9c6363984b131e88c13ade3e5e
#
# Split brain: the link is removed. sqlmi1.a0b1c2.database.windows.net goes on alone, and SQLBOX01 keeps an independent copy that can be written.
#
# THE LINK IS REMOVED.
# Nothing is discarded: SQLBOX01 and sqlmi1.a0b1c2.database.windows.net each keep what they hold, and neither gets what only the other one has.
# A deleted link does not come back.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.a0b1c2.database.windows.net. Not for Azure Cloud Shell:
# that reaches neither server. Stop every writer of SQLBOX01 first.
#
# It deletes the link while both sides say PRIMARY, and drops what is left of it.
# Before that it wants the name of the link typed. No switch answers for that.
# It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs PowerShell 5.1 or later, Az.Sql 6.0.0 or later and SqlServer 22.0.0 or later. Both logins are asked for.
# Without a keyboard: .\failover.ps1 -ConfirmLinkName NAME, and a credential.
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Az.Sql'; ModuleVersion = '6.0.0' }
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
$script:waitedFor = ''
$script:linkSeen = 'unknown'
$isNameGiven = $PSBoundParameters.ContainsKey('ConfirmLinkName')
$tenant = '7b0d4c2e-0000-4000-8000-00000000a001'
$subscription = '11111111-2222-4333-8444-555555555555'
$resourceGroup = 'rg-adatum-sql'
$instanceName = 'sqlmi1'
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

function Select-Subscription {
    try {
        if ($null -eq (Get-AzContext)) { $null = Connect-AzAccount -Tenant $tenant -Subscription $subscription -ErrorAction Stop }
        $context = Set-AzContext -Tenant $tenant -Subscription $subscription -ErrorAction Stop
    } catch {
        Stop-Script -Code 3 -Sentence ($_.Exception.Message + ' Nothing was sent.')
    }
    if ($context.Tenant.Id -ne $tenant -or $context.Subscription.Id -ne $subscription) { Stop-Script -Code 3 -Sentence 'The subscription is in another tenant. Nothing was sent.' }
}

# Sets linkSeen: yes, no (the instance's links were listed and it is not among them), or unknown.
function Find-Link {
    try {
        $names = @()
        foreach ($one in @(Get-AzSqlInstanceLink -ResourceGroupName $resourceGroup -InstanceName $instanceName -ErrorAction Stop)) { $names += $one.Name }
        if ($names -contains $linkName) { $script:linkSeen = 'yes' } else { $script:linkSeen = 'no' }
    } catch {
        $script:linkSeen = 'unknown'
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
    Write-Host 'THE LINK IS REMOVED.'
    Write-Host 'Nothing is discarded: SQLBOX01 and sqlmi1.a0b1c2.database.windows.net each keep what they hold, and neither gets what only the other one has.'
    Write-Host 'A deleted link does not come back.'
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
Select-Subscription

# Step 1 of 3, on Azure. The service ends the instance's side of the link; nothing else can.
# Done when: Azure does not know the link any more (404), sqlmi1.a0b1c2.database.windows.net does not show it, and Adatum is READ_WRITE there.
Write-Step -Id '1-remove-link' -Title 'Remove the link from Azure'
Find-Link
if ($script:linkSeen -ne 'yes') { Stop-Script -Code 3 -Sentence 'Azure does not show the link, so nothing is deleted.' }
Confirm-Loss
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @problem nvarchar(1000);
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@
if ($script:answer -ne 'open') { Stop-Script -Code 3 -Sentence ($script:answer.Substring(5) + ' The link is not deleted.') }
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
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @problem nvarchar(1000);
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@
if ($script:answer -ne 'open') { Stop-Script -Code 3 -Sentence ($script:answer.Substring(5) + ' The link is not deleted.') }
$script:begun = $true
try {
    $null = Remove-AzSqlInstanceLink -ResourceGroupName $resourceGroup -InstanceName $instanceName -Name $linkName -Force -ErrorAction Stop
} catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    Stop-Script -Code 4 -Sentence 'Azure did not say that the link is deleted. Read Azure and both servers before anything else.'
}
$waited = [System.Diagnostics.Stopwatch]::StartNew()
while ($true) {
Find-Link
    if ($script:linkSeen -eq 'no') { break }
    Wait-More -Limit 1800 -Waited $waited -What 'Azure has deleted the link' -Why ('link shown: ' + $script:linkSeen)
}
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum') IS NOT NULL THEN N'the link is still shown.'
    WHEN ISNULL(CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)), N'') <> N'READ_WRITE' THEN N'Adatum cannot be written yet.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
'@
    if ($script:answer -eq 'open') { break }
    Wait-More -Limit 600 -Waited $waited -What 'sqlmi1.a0b1c2.database.windows.net has let go of the link and can be written' -Why ($script:answer.Substring(5))
}

# Step 2 of 3, on SQLBOX01. Azure has removed its side; SQLBOX01 keeps its own until it is dropped there.
# Done when: SQLBOX01 does not show the distributed availability group LINK_Adatum any more.
Write-Step -Id '2-drop-distributed-group' -Title 'Drop distributed availability group (database ''Adatum'')'
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
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 0) = N'CONNECTED' THEN N'the other side of the link still answers.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
'@
    if ($script:answer -eq 'open') { break }
    Wait-More -Limit 120 -Waited $waited -What 'SQLBOX01 has noticed that the other side is gone' -Why ($script:answer.Substring(5))
}
Send-Change -Side 'box' -Then 'stop' -Batch @'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
'@

# Step 3 of 3, on SQLBOX01 and sqlmi1.a0b1c2.database.windows.net. The answer of one server is no proof of the other.
# Done when: Azure answers 404 for the link, neither server shows it, Adatum is READ_WRITE on sqlmi1.a0b1c2.database.windows.net, and Adatum is SYNCHRONIZED in the availability group AG_Adatum on SQLBOX01.
Write-Step -Id '3-verify-removed' -Title 'Verify that the link is gone on both sides'
Find-Link
if ($script:linkSeen -ne 'no') { Stop-Script -Code 4 -Sentence 'Azure does not say that the link is gone. Read both sides before anything else. Nothing is sent again.' }
Assert-Batch -Side 'box' -Batch @'
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
'@
Assert-Batch -Side 'instance' -Batch @'
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
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @removedRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link LINK_Adatum on sqlmi1.a0b1c2.database.windows.net must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'READ_WRITE')
BEGIN
    SET @removedRefusal = N'Not proved: Updateability of Adatum on sqlmi1.a0b1c2.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'Adatum on sqlmi1.a0b1c2.database.windows.net: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
'@
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
Write-Host 'The copy on SQLBOX01 is independent and can be written: keep applications out of it, and bring over by hand what only it holds. Nothing of it reaches sqlmi1.a0b1c2.database.windows.net.'
exit 0
