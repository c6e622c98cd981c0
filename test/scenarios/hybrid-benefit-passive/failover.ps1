# PRODUCTION. MI Link Failover: hybrid failover benefit of the link DAG_AdatumBooks.
# Plan 643d6829636c85af86cbf7f341e0391c1f4129c317f91598fe26aeed902f778b
#
# The hybrid failover rights of sqlmi1.0123456789ab.database.windows.net are set to Passive. Nothing moves.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net and Azure. Not for Azure Cloud Shell:
# that reaches neither server. Start this in a session that stays open.
#
# It looks before it acts: each batch checks server, version, group and role on the very connection that acts.
# It sends nothing when a side cannot be read or the gate is shut, and nothing twice.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs PowerShell 5.1 or later, Az.Sql 6.0.0 or later and SqlServer 22.0.0 or later. Both logins are asked for.
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Az.Sql'; ModuleVersion = '6.0.0' }
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
$tenant = '7b0d4c2e-0000-4000-8000-00000000a001'
$subscription = '11111111-2222-4333-8444-555555555555'
$resourceGroup = 'rg-adatum-sql'
$instanceName = 'sqlmi1'
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

function Select-Subscription {
    try {
        if ($null -eq (Get-AzContext)) { $null = Connect-AzAccount -Tenant $tenant -Subscription $subscription -ErrorAction Stop }
        $context = Set-AzContext -Tenant $tenant -Subscription $subscription -ErrorAction Stop
    } catch {
        Stop-Script -Code 3 -Sentence ($_.Exception.Message + ' Nothing was sent.')
    }
    if ($context.Tenant.Id -ne $tenant -or $context.Subscription.Id -ne $subscription) { Stop-Script -Code 3 -Sentence 'The subscription is in another tenant. Nothing was sent.' }
}

# Says it once for each reason, and gives up after Limit seconds (0: never).
function Wait-More {
    param([int] $Limit, [System.Diagnostics.Stopwatch] $Waited, [string] $What, [string] $Why)
    if ($Why -ne $script:waitedFor) { Write-Host ('Waiting until ' + $What + ': ' + $Why) }
    $script:waitedFor = $Why
    if ($Limit -gt 0 -and $Waited.Elapsed.TotalSeconds -ge $Limit) { Stop-Script -Code 4 -Sentence ('It was not seen in time that ' + $What + '. Read both sides before anything else. Nothing is sent again.') }
    Start-Sleep -Seconds 2
}

# Whether Azure was read, and Value is, or is not, among what Property names.
function Test-Azure {
    param([string] $Is, [string] $Path, [string] $Property, [string] $Value)
    try {
        $response = Invoke-AzRestMethod -Method GET -Path $Path -ErrorAction Stop
        if ($response.StatusCode -ne 200) { return $false }
        $shown = ConvertFrom-Json -InputObject $response.Content
        foreach ($part in $Property.Split('.')) {
            $shown = @(foreach ($one in @($shown)) { $one.$part })
        }
    } catch {
        return $false
    }
    if ($Is -eq 'there') { return ($shown -contains $Value) }
    return (-not ($shown -contains $Value))
}

try {
Select-Subscription

# Step 1 of 1, on Azure. sqlmi1.0123456789ab.database.windows.net only follows SQL Server, and was confirmed to be used for nothing else.
# Done when: Azure shows hybridSecondaryUsage Passive, and sqlmi1.0123456789ab.database.windows.net is Ready again.
Write-Step -Id '1-set-hybrid-usage' -Title 'Set hybrid failover rights of SQL Managed Instance to Passive'
Assert-Batch -Side 'instance' -Batch @'
DECLARE @roleSeen nvarchar(4000), @roleRefusal nvarchar(2048);
SET @roleSeen = NULL;
SET @roleSeen = DB_NAME();
IF @roleSeen IS NULL OR @roleSeen NOT IN (N'master')
BEGIN
    SET @roleRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@roleSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @roleRefusal, 1;
END;
SET @roleSeen = NULL;
SET @roleSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @roleSeen IS NULL OR @roleSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @roleRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@roleSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @roleRefusal, 1;
END;
SET @roleSeen = NULL;
SET @roleSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @roleSeen IS NULL OR @roleSeen NOT IN (N'SECONDARY')
BEGIN
    SET @roleRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY, and it is ' + ISNULL(@roleSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @roleRefusal, 1;
END;
'@
if (-not (Test-Azure -Is 'there' -Path '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1?api-version=2025-01-01' -Property 'properties.state' -Value 'Ready')) { Stop-Script -Code 3 -Sentence 'Azure does not show that the instance is Ready. Nothing was sent.' }
$script:begun = $true
try {
    $response = Invoke-AzRestMethod -Method PATCH -Path '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1?api-version=2025-01-01' -Payload '{"properties":{"hybridSecondaryUsage":"Passive"}}' -ErrorAction Stop
} catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    Stop-Script -Code 4 -Sentence 'Azure did not say that it took the request. Look at it in Azure before anything else.'
}
if ($response.StatusCode -ge 300) {
    [Console]::Error.WriteLine($response.Content)
    Stop-Script -Code 4 -Sentence 'Azure did not say that it took the request. Look at it in Azure before anything else.'
}
$waited = [System.Diagnostics.Stopwatch]::StartNew()
while ($true) {
$seen = Test-Azure -Is 'there' -Path '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1?api-version=2025-01-01' -Property 'properties.hybridSecondaryUsage' -Value 'Passive'
    if ($seen) { break }
    Wait-More -Limit 1800 -Waited $waited -What 'Azure shows hybridSecondaryUsage Passive' -Why ('not yet')
}
$waited = [System.Diagnostics.Stopwatch]::StartNew()
while ($true) {
$seen = Test-Azure -Is 'there' -Path '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1?api-version=2025-01-01' -Property 'properties.state' -Value 'Ready'
    if ($seen) { break }
    Wait-More -Limit 1800 -Waited $waited -What 'the instance is Ready' -Why ('not yet')
}
$script:ended = $true
} finally {
    if (-not $script:ended -and -not $script:begun) { Undo-Setting }
}

Write-Host ''
Write-Host 'Done.'
exit 0
