// The functions at the head of a PowerShell script: asking a server, the gate, Azure, and how it ends. The same for every plan.
import type { Side } from "../estate/estate.ts";
import type { Plan } from "../plan/plan.ts";
import { sinceLine } from "../sql/script-readings.ts";
import type { Sent } from "./batches.ts";
import type { Deeds, GateDeeds } from "./deeds.ts";
import { asksAzure, asksFor } from "./deeds.ts";
import { powershellLiteral } from "./powershell-literal.ts";
import { endings, lossToConfirm, nameOf, sidesReached } from "./whole-plan.ts";

/** Nothing in it is special to PowerShell; it ends at a line that begins with '@, which no line of T-SQL does. */
export function hereString({ batch }: Pick<Sent, "batch">): string {
  return `@'\n${batch}\n'@`;
}

export function powershellFunctions(plan: Plan, deeds: Deeds): string {
  return [
    undo(deeds),
    ending,
    sending(plan),
    ...(deeds.gate === null ? [] : [gate(plan, deeds.gate)]),
    ...(asksAzure(deeds, true) ? [selecting] : []),
    ...(asksFor(deeds, "setReplicationMode") ? [settingMode] : []),
    ...(asksFor(deeds, "linkIsThere") ? [looking] : []),
    ...(asksFor(deeds, "waitUntil") || asksFor(deeds, "waitUntilAzureShows") ? [waiting] : []),
    ...(asksFor(deeds, "azureMustShow") || asksFor(deeds, "waitUntilAzureShows")
      ? [azureShows]
      : []),
    ...(asksFor(deeds, "lookAtOldCopy") ? [oldCopy] : []),
    ...(asksFor(deeds, "confirmLoss") ? [confirming(plan)] : []),
  ].join("\n\n");
}

/** The newest first; a failure to set back is told and changes no exit code. */
function undo({ takenBack }: Deeds): string {
  const flags = [...takenBack.keys()].map((number) => `$script:setBy${number} = $false`);
  const parts = [...takenBack].reverse().map(([number, what]) => {
    const act =
      what === "replicationMode"
        ? "Set-ReplicationMode -Mode 'Async'"
        : `$null = Send-Batch -Side '${what.side}' -Batch ${hereString(what)}`;
    return `    if ($script:setBy${number}) {
        $script:setBy${number} = $false
        try {
            ${act}
            Write-Warning 'What step ${number} had set is set back.'
        } catch {
            Write-Warning 'What step ${number} had set is NOT set back: set it back by hand.'
        }
    }`;
  });
  return [...flags, "function Undo-Setting {", ...parts, "}"].join("\n");
}

const ending = `# Before anything was begun that cannot be called back, what was set is set back.
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
}`;

/** How the parameters of a side are called. */
export const variableOf = { box: "Box", instance: "Instance" } as const;

function sending(plan: Plan): string {
  const sides = sidesReached(plan);
  const names = sides.map((side) => `'${side}' = ${powershellLiteral(nameOf(plan, side))}`);
  return `$serverNames = @{ ${names.join("; ")} }

# One batch on a connection of its own; without a time-out, since a role change takes what it takes.
function Send-Batch {
    param([string] $Side, [string] $Batch)
${invocations(sides)}
}

function Stop-NotRead {
    param([string] $Side, [string] $Why)
    [Console]::Error.WriteLine($Why)
    if (-not $script:begun) { Stop-Script -Code 3 -Sentence ($serverNames[$Side] + ' ${endings.notRead} ${endings.nothingSent}') }
    Stop-Script -Code 4 -Sentence ($serverNames[$Side] + ' ${endings.notRead} ${endings.readBoth}')
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
    if ($script:clock -notmatch '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$') { Stop-Script -Code 2 -Sentence "${endings.noTime}" }
    Read-Answer -Side $Side -Batch ("${sinceLine("$script:clock")}\`n" + $Batch)
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
            Write-Warning '${endings.warned}'
            return
        }
        [Console]::Error.WriteLine($why)
        if ($Then -eq 'stop') { Stop-Script -Code 1 -Sentence ($serverNames[$Side] + ' ${endings.refused}') }
        # The batch's own guard speaks before anything is sent on.
        if ($why.Contains('Refused: ')) {
            $script:begun = $false
            Stop-Script -Code 3 -Sentence ($serverNames[$Side] + ' ${endings.notPlanned}')
        }
        Stop-Script -Code 4 -Sentence ($serverNames[$Side] + ' ${endings.notSaid}')
    }
}`;
}

function invocations([first, ...others]: readonly Side[]): string {
  const invoke = (side: Side) => {
    const [own] = [variableOf[side]];
    return `Invoke-Sqlcmd -ServerInstance $${own}Server -Credential $${own}Credential -TrustServerCertificate:$Trust${own}Certificate -Database 'master' -Query $Batch -ConnectionTimeout 30 -DisableVariables -AbortOnError -ErrorAction Stop`;
  };
  if (first === undefined) throw new Error("A script reaches at least one server.");
  if (others.length === 0) return `    ${invoke(first)}`;
  return [
    `    if ($Side -eq '${first}') {`,
    `        ${invoke(first)}`,
    ...others.flatMap((side) => ["    } else {", `        ${invoke(side)}`]),
    "    }",
  ].join("\n");
}

function gate(plan: Plan, { settings, readings: asked, patienceSeconds }: GateDeeds): string {
  const readings = asked.map(
    ({ end, sent }) => `$${end}Gate = ${hereString(sent)}\n$${end}Side = '${sent.side}'`,
  );
  const positions = settings.acceptUnproved ? 0 : plan.link.databases.length;
  return `${readings.join("\n")}

# Every position is known (neither NULL nor 0), and what the secondary has is at least what the primary has.
function Test-Held {
    param([bigint[]] $Have, [bigint[]] $Need)
    if ($Have.Count -ne ${positions} -or $Need.Count -ne ${positions}) { return $false }
    for ($index = 0; $index -lt ${positions}; $index++) {
        if ($Have[$index] -le 0 -or $Need[$index] -le 0 -or $Have[$index] -lt $Need[$index]) { return $false }
    }
    return $true
}

# One reading of both servers, the secondary first: what it holds then the primary had committed before.
function Read-Gate {
    Read-Answer -Side $secondarySide -Batch $secondaryGate
    $secondary = $script:answer
    $reached = @($script:lsns)
    Read-Answer -Side $primarySide -Batch $primaryGate
    $needed = @($script:lsns)
    $script:gatePositions = $needed -join ' '
    $script:gateProblem = ''
    if ($secondary -ne 'open') {
        $script:gateProblem = 'on the secondary, ' + $secondary.Substring(5)
    } elseif ($script:answer -ne 'open') {
        $script:gateProblem = 'on the primary, ' + $script:answer.Substring(5)
    } elseif (-not (Test-Held -Have $reached -Need $needed)) {
        $script:gateProblem = '${endings.behind}'
    }
}

# Until every reading of ${settings.stableSeconds} s, at least ${settings.leastReadings}, was open and the primary unmoved.
function Wait-Gate {
    $waited = [System.Diagnostics.Stopwatch]::StartNew()
    $held = [System.Diagnostics.Stopwatch]::StartNew()
    $readings = 0
    $shown = ''
    while ($true) {
        Read-Gate
        if ($script:gateProblem -eq '' -and $readings -gt 0 -and $script:gatePositions -ne $script:heldPositions) {
            $script:gateProblem = '${endings.stillMoving}'
        }
        if ($script:gateProblem -ne '') {
            if ($script:gateProblem -ne $shown) { Write-Host ('Not ready: ' + $script:gateProblem) }
            $shown = $script:gateProblem
            $readings = 0
            if ($waited.Elapsed.TotalSeconds -ge ${patienceSeconds}) { Stop-Script -Code 3 -Sentence '${endings.gateShut}' }
        } else {
            if ($readings -eq 0) { $held.Restart() }
            $readings++
            $script:heldPositions = $script:gatePositions
            if ($readings -ge ${settings.leastReadings} -and $held.Elapsed.TotalSeconds -ge ${settings.stableSeconds}) { break }
        }
        Start-Sleep -Seconds 1
    }
    Write-Host '${endings.ready}'
}

# Once more, directly before what cannot be called back.
function Assert-Gate {
    Read-Gate
    if ($script:gateProblem -ne '') { Stop-Script -Code 3 -Sentence ('${endings.gateShutAgain} ' + $script:gateProblem) }
    if ($script:gatePositions -ne $script:heldPositions) { Stop-Script -Code 3 -Sentence '${endings.gateShutAgain} ${endings.stillMoving}' }
}`;
}

const azureShows = `# Whether Azure was read, and Value is, or is not, among what Property names.
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
}`;

const selecting = `function Select-Subscription {
    try {
        if ($null -eq (Get-AzContext)) { $null = Connect-AzAccount -Tenant $tenant -Subscription $subscription -ErrorAction Stop }
        $context = Set-AzContext -Tenant $tenant -Subscription $subscription -ErrorAction Stop
    } catch {
        Stop-Script -Code 3 -Sentence ($_.Exception.Message + ' ${endings.nothingSent}')
    }
    if ($context.Tenant.Id -ne $tenant -or $context.Subscription.Id -ne $subscription) { Stop-Script -Code 3 -Sentence '${endings.otherTenant}' }
}`;

function confirming(plan: Plan): string {
  const lines = lossToConfirm(plan).map((line) => `    Write-Host ${powershellLiteral(line)}`);
  return `# Goes on only when the link's name was typed, here or as -ConfirmLinkName: nothing else stands for it.
function Confirm-Loss {
${lines.join("\n")}
    $typed = $ConfirmLinkName
    if (-not $isNameGiven) {
        try {
            $typed = Read-Host -Prompt 'Type the name of the link to force it'
        } catch {
            Stop-Script -Code 2 -Sentence '${endings.noName}'
        }
    }
    if (-not [string]::Equals($typed, $linkName, [System.StringComparison]::Ordinal)) { Stop-Script -Code 3 -Sentence '${endings.otherName}' }
}`;
}

const settingMode = `function Set-ReplicationMode {
    param([string] $Mode)
    $null = Update-AzSqlInstanceLink -ResourceGroupName $resourceGroup -InstanceName $instanceName -Name $linkName -ReplicationMode $Mode -ErrorAction Stop
}`;

/** A list that was read and does not hold the link is the proof; an error proves nothing. */
const looking = `# Sets linkSeen: yes, no (the instance's links were listed and it is not among them), or unknown.
function Find-Link {
    try {
        $names = @()
        foreach ($one in @(Get-AzSqlInstanceLink -ResourceGroupName $resourceGroup -InstanceName $instanceName -ErrorAction Stop)) { $names += $one.Name }
        if ($names -contains $linkName) { $script:linkSeen = 'yes' } else { $script:linkSeen = 'no' }
    } catch {
        $script:linkSeen = 'unknown'
    }
}`;

const waiting = `# Says it once for each reason, and gives up after Limit seconds (0: never).
function Wait-More {
    param([int] $Limit, [System.Diagnostics.Stopwatch] $Waited, [string] $What, [string] $Why)
    if ($Why -ne $script:waitedFor) { Write-Host ('Waiting until ' + $What + ': ' + $Why) }
    $script:waitedFor = $Why
    if ($Limit -gt 0 -and $Waited.Elapsed.TotalSeconds -ge $Limit) { Stop-Script -Code 4 -Sentence ('It was not seen in time that ' + $What + '. ${endings.readBoth}') }
    Start-Sleep -Seconds 2
}`;

const oldCopy = `# A known position that is higher than it was.
function Test-Moved {
    param([bigint[]] $Now, [bigint[]] $Before)
    for ($index = 0; $index -lt $Now.Count; $index++) {
        if ($index -ge $Before.Count -or $Now[$index] -eq 0 -or $Before[$index] -eq 0) { continue }
        if ($Now[$index] -gt $Before[$index]) { return $true }
    }
    return $false
}`;
