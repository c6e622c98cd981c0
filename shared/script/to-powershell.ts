// A whole plan as one PowerShell script over the modules Az.Sql and SqlServer.
import { assertNever } from "../assert-never.ts";
import type { Side } from "../estate/estate.ts";
import type { AzureRequest } from "../plan/azure-request.ts";
import type { Plan } from "../plan/plan.ts";
import { placeName } from "../plan/where.ts";
import { visibleText } from "../visible-text.ts";
import { azSqlVersion, sqlServerVersion } from "./cmdlets.ts";
import type { Deed, Deeds, ScriptStep } from "./deeds.ts";
import { asksAzure, asksFor, deedsOf } from "./deeds.ts";
import type { ShownInAzure } from "./leftover-deeds.ts";
import { powershellFileName } from "./order.ts";
import { hereString, powershellFunctions, variableOf } from "./powershell-functions.ts";
import { powershellLiteral } from "./powershell-literal.ts";
import { byteOrderMark } from "./script-file.ts";
import type { ScriptFile } from "./script-file.ts";
import {
  endings,
  hasParts,
  leftToDo,
  nameOf,
  removalUsage,
  runsOn,
  sidesReached,
  wholePlanHeader,
} from "./whole-plan.ts";

/** `planHash` is the fingerprint that was approved, as hexadecimal digits. Windows PowerShell 5.1 needs the byte order mark. */
export function toPowershellScript(plan: Plan, planHash: string): ScriptFile {
  const deeds = deedsOf(plan);
  const withAzure = asksAzure(deeds, true);
  const parts = [
    header(plan, planHash, withAzure),
    parameters(plan),
    settings(plan, deeds, withAzure ? plan.azure : null),
    powershellFunctions(plan, deeds),
    steps(plan, deeds, withAzure),
    end(plan),
  ];
  return {
    fileName: powershellFileName,
    server: runsOn(plan),
    text: `${byteOrderMark}${parts.join("\n\n")}\n`,
  };
}

function header(plan: Plan, planHash: string, withAzure: boolean): string {
  const required = [
    ...(withAzure ? [`@{ ModuleName = 'Az.Sql'; ModuleVersion = '${azSqlVersion}' }`] : []),
    `@{ ModuleName = 'SqlServer'; ModuleVersion = '${sqlServerVersion}' }`,
  ];
  const [command, withTime] = [".\\failover.ps1 -RemoveLink", "-FailedOverAt TIME"];
  const lines = [
    ...wholePlanHeader(plan, planHash, withAzure),
    "",
    `Needs PowerShell 5.1 or later${withAzure ? `, Az.Sql ${azSqlVersion} or later` : ""} and SqlServer ${sqlServerVersion} or later. ${sidesReached(plan).length > 1 ? "Both logins are" : "The login is"} asked for.`,
    ...(plan.loss === null
      ? []
      : [`Without a keyboard: .\\${powershellFileName} -ConfirmLinkName NAME, and a credential.`]),
    ...removalUsage(plan, command, `${command} ${withTime}`),
  ];
  return [
    ...lines.map((line) => `# ${line}`.trimEnd()),
    "#Requires -Version 5.1",
    ...required.map((module) => `#Requires -Modules ${module}`),
  ].join("\n");
}

function parameters(plan: Plan): string {
  const sides = sidesReached(plan);
  const asked = (side: Side) =>
    `(Get-Credential -Message ${powershellLiteral(`The login on ${nameOf(plan, side)}`)})`;
  const own = [
    ...sides.map((side) => `[pscredential] $${variableOf[side]}Credential = ${asked(side)}`),
    ...sides.map(
      (side) => `[string] $${variableOf[side]}Server = ${powershellLiteral(plan[side].address)}`,
    ),
    ...sides.map((side) => `[switch] $Trust${variableOf[side]}Certificate`),
    ...(hasParts(plan) ? ["[switch] $RemoveLink", "[string] $FailedOverAt = ''"] : []),
    ...(plan.loss === null ? [] : ["[string] $ConfirmLinkName = ''"]),
  ];
  return `[CmdletBinding()]\nparam(\n${own.map((line) => `    ${line}`).join(",\n")}\n)`;
}

function settings(plan: Plan, deeds: Deeds, azure: Plan["azure"]): string {
  return [
    "Set-StrictMode -Version Latest",
    "$ErrorActionPreference = 'Stop'",
    "$script:begun = $false",
    "$script:ended = $false",
    "$script:answer = ''",
    "$script:lsns = @()",
    ...(deeds.gate === null
      ? []
      : ["$script:gatePositions = ''", "$script:gateProblem = ''", "$script:heldPositions = ''"]),
    `$script:clock = ${hasParts(plan) ? "$FailedOverAt" : "''"}`,
    ...(asksFor(deeds, "waitUntil") || asksFor(deeds, "waitUntilAzureShows")
      ? ["$script:waitedFor = ''"]
      : []),
    ...(asksFor(deeds, "linkIsThere") ? ["$script:linkSeen = 'unknown'"] : []),
    ...(plan.loss === null
      ? []
      : ["$isNameGiven = $PSBoundParameters.ContainsKey('ConfirmLinkName')"]),
    ...(azure === null
      ? []
      : [
          `$tenant = ${powershellLiteral(azure.tenantId)}`,
          `$subscription = ${powershellLiteral(azure.subscriptionId)}`,
          `$resourceGroup = ${powershellLiteral(azure.resourceGroup)}`,
          `$instanceName = ${powershellLiteral(azure.instanceName)}`,
        ]),
    ...(azure === null && plan.loss === null
      ? []
      : [`$linkName = ${powershellLiteral(plan.link.name)}`]),
  ].join("\n");
}

/** Within try: also who is stopped at the keyboard has his settings set back. */
function steps(plan: Plan, deeds: Deeds, withAzure: boolean): string {
  return [
    "try {",
    ...(withAzure ? ["Select-Subscription", ""] : []),
    deeds.steps.map((step) => stepText(plan, deeds, step)).join("\n\n"),
    "$script:ended = $true",
    "} finally {",
    "    if (-not $script:ended -and -not $script:begun) { Undo-Setting }",
    "}",
  ].join("\n");
}

function stepText(plan: Plan, deeds: Deeds, scriptStep: ScriptStep): string {
  const { step, number, belongsToRemoval } = scriptStep;
  const about = [
    `Step ${number} of ${plan.steps.length}, on ${placeName(plan, step.runsOn)}. ${step.why}`,
    `Done when: ${step.doneWhen}`,
  ].map((line) => `# ${visibleText(line)}`);
  const title = powershellLiteral(visibleText(step.title));
  const body = [
    `Write-Step -Id ${powershellLiteral(step.id)} -Title ${title}`,
    ...scriptStep.deeds.map(deedText),
    ...(deeds.takenBack.get(number) === undefined ? [] : [`$script:setBy${number} = $true`]),
  ];
  const isConditional = hasParts(plan) && !belongsToRemoval;
  return [
    ...about,
    ...(isConditional ? ["if (-not $RemoveLink) {"] : []),
    ...body,
    ...(isConditional ? ["}"] : []),
  ].join("\n");
}

function deedText(deed: Deed): string {
  switch (deed.kind) {
    case "change":
      return `Send-Change -Side '${deed.side}' -Then '${deed.then}' -Batch ${hereString(deed)}`;
    case "prove":
      return `Assert-Batch -Side '${deed.side}' -Batch ${hereString(deed)}`;
    case "keepBackup":
      return [
        `Read-Answer -Side '${deed.side}' -Batch ${hereString(deed)}`,
        "$backup = $script:answer.Substring($script:answer.IndexOf(' ') + 1)",
        "$isProved = $script:answer.StartsWith('at ')",
        `if (-not $isProved -and -not $script:answer.StartsWith('unproved ')) { Stop-Script -Code 1 -Sentence ($backup + ' ${endings.nothingRestored}') }`,
        `Write-Host ($(if ($isProved) { '${endings.backupProved} ' } else { '${endings.backupTaken} ' }) + $backup)`,
      ].join("\n");
    case "restoreBackup":
      return [
        "$declared = ''",
        ...deed.backups.map(
          ({ path, line }) =>
            `if ($backup -ceq ${powershellLiteral(path)}) { $declared = ${powershellLiteral(line)} }`,
        ),
        `if ($declared -eq '') { Stop-Script -Code 3 -Sentence '${endings.otherBackup}' }`,
        `$batch = ${hereString(deed)}`,
        `Send-Change -Side '${deed.side}' -Then 'unknown' -Batch ($declared + "\`n" + $batch)`,
      ].join("\n");
    case "waitAtGate":
      return "Wait-Gate";
    case "gateIsOpen":
      return "Assert-Gate";
    case "keepClock":
      return [
        `Read-Answer -Side '${deed.side}' -Batch ${hereString(deed)}`,
        "$script:clock = $script:answer.Substring(3)",
        `Write-Host ('The failover was seen at ' + $script:clock + ' by that server''s clock.')`,
      ].join("\n");
    case "mustBeOpen":
      return [
        `${readingOf(deed)} ${hereString(deed)}`,
        "if ($script:answer -ne 'open') { Stop-Script -Code 3 -Sentence ($script:answer.Substring(5) + ' The link is not deleted.') }",
      ].join("\n");
    case "waitUntil":
      return repeated(deed.seconds ?? 0, {
        read: `${readingOf(deed)} ${hereString(deed)}`,
        isDone: "$script:answer -eq 'open'",
        what: deed.what,
        why: "$script:answer.Substring(5)",
      });
    case "setReplicationMode":
      return `try {\n    Set-ReplicationMode -Mode 'Sync'\n} catch {\n    Write-Warning $_.Exception.Message\n    Write-Warning '${endings.warned}'\n}`;
    case "failoverByAzure":
      return failoverText(deed);
    case "confirmLoss":
      return "Confirm-Loss";
    case "linkIsThere":
      return `Find-Link\nif ($script:linkSeen -ne 'yes') { Stop-Script -Code 3 -Sentence '${endings.noLink}' }`;
    case "deleteLink":
      return [
        "$script:begun = $true",
        "try {",
        "    $null = Remove-AzSqlInstanceLink -ResourceGroupName $resourceGroup -InstanceName $instanceName -Name $linkName -Force -ErrorAction Stop",
        "} catch {",
        "    [Console]::Error.WriteLine($_.Exception.Message)",
        `    Stop-Script -Code 4 -Sentence '${endings.notDeleted}'`,
        "}",
      ].join("\n");
    case "waitUntilLinkIsGone":
      return repeated(1800, {
        read: "Find-Link",
        isDone: "$script:linkSeen -eq 'no'",
        what: "Azure has deleted the link",
        why: "('link shown: ' + $script:linkSeen)",
      });
    case "linkIsGone":
      return `Find-Link\nif ($script:linkSeen -ne 'no') { Stop-Script -Code 4 -Sentence '${endings.linkNotGone} ${endings.readBoth}' }`;
    case "azureMustShow":
      return `if (-not (${psShown(deed.shown)})) { Stop-Script -Code 3 -Sentence ${powershellLiteral(visibleText(`Azure does not show that ${deed.shown.what}. ${endings.nothingSent}`))} }`;
    case "request":
      return psRequest(deed.request);
    case "waitUntilAzureShows":
      return repeated(1800, {
        read: `$seen = ${psShown(deed.shown)}`,
        isDone: "$seen",
        what: deed.shown.what,
        why: "'not yet'",
      });
    case "lookAtOldCopy":
      return oldCopyText(deed);
    default:
      return assertNever(deed);
  }
}

function psShown({ path, apiVersion, values, value, is }: ShownInAzure): string {
  return `Test-Azure -Is '${is}' -Path ${powershellLiteral(`${path}?api-version=${apiVersion}`)} -Property '${values.replace("value[].", "value.")}' -Value ${powershellLiteral(value)}`;
}

/** Azure works on after it has answered. */
function psRequest({ method, path, apiVersion, body }: AzureRequest): string {
  const told = body === undefined ? "" : ` -Payload ${powershellLiteral(JSON.stringify(body))}`;
  return [
    "$script:begun = $true",
    "try {",
    `    $response = Invoke-AzRestMethod -Method ${method} -Path ${powershellLiteral(`${path}?api-version=${apiVersion}`)}${told} -ErrorAction Stop`,
    "} catch {",
    "    [Console]::Error.WriteLine($_.Exception.Message)",
    `    Stop-Script -Code 4 -Sentence '${endings.requestNotTaken}'`,
    "}",
    "if ($response.StatusCode -ge 300) {",
    "    [Console]::Error.WriteLine($response.Content)",
    `    Stop-Script -Code 4 -Sentence '${endings.requestNotTaken}'`,
    "}",
  ].join("\n");
}

function readingOf({ side, afterClock }: Extract<Deed, { afterClock: boolean }>): string {
  return `${afterClock ? "Read-AnswerSince" : "Read-Answer"} -Side '${side}' -Batch`;
}

interface Repeated {
  readonly read: string;
  readonly isDone: string;
  readonly what: string;
  readonly why: string;
}

function repeated(seconds: number, { read, isDone, what, why }: Repeated): string {
  return [
    "$waited = [System.Diagnostics.Stopwatch]::StartNew()",
    "while ($true) {",
    read,
    `    if (${isDone}) { break }`,
    `    Wait-More -Limit ${seconds} -Waited $waited -What ${powershellLiteral(visibleText(what))} -Why ${why.startsWith("(") ? why : `(${why})`}`,
    "}",
  ].join("\n");
}

/** Where Azure refuses for want of a right, it began nothing: the same failover by T-SQL. */
function failoverText({ instead, type }: Extract<Deed, { kind: "failoverByAzure" }>): string {
  return [
    "$script:begun = $true",
    "$byTsql = $false",
    "try {",
    `    $null = Start-AzSqlInstanceLinkFailover -ResourceGroupName $resourceGroup -InstanceName $instanceName -Name $linkName -FailoverType '${type}' -Force -ErrorAction Stop`,
    "} catch {",
    "    [Console]::Error.WriteLine($_.Exception.Message)",
    "    if ($_.Exception.Message -notmatch 'AuthorizationFailed|does not have authorization') {",
    `        Stop-Script -Code 4 -Sentence '${endings.notFailedOver} ${endings.readBoth}'`,
    "    }",
    `    Write-Warning '${endings.noRight}'`,
    "    $byTsql = $true",
    "}",
    "if ($byTsql) {",
    `Send-Change -Side '${instead.side}' -Then 'unknown' -Batch ${hereString(instead)}`,
    "}",
  ].join("\n");
}

function oldCopyText(deed: Extract<Deed, { kind: "lookAtOldCopy" }>): string {
  return [
    "$before = @()",
    ...(deed.since === "gate"
      ? [
          "foreach ($word in $script:heldPositions.Split(' ')) { $before += [bigint]::Parse($word) }",
        ]
      : []),
    "$looked = [System.Diagnostics.Stopwatch]::StartNew()",
    "while ($true) {",
    `Read-Answer -Side '${deed.side}' -Batch ${hereString(deed)}`,
    `    if ($script:answer -ne 'open') { Stop-Script -Code 1 -Sentence ('${endings.lossAtRisk} ' + $script:answer.Substring(5)) }`,
    "    if ($before.Count -eq 0) { $before = @($script:lsns) }",
    `    if (Test-Moved -Now $script:lsns -Before $before) { Stop-Script -Code 1 -Sentence '${endings.lossAtRisk}' }`,
    `    if ($looked.Elapsed.TotalSeconds -ge ${deed.seconds}) { break }`,
    "    Start-Sleep -Seconds 1",
    "}",
    "if ($script:lsns -contains 0) {",
    `    Write-Host '${endings.notTold}'`,
    "} else {",
    `    Write-Host '${endings.notWritten}'`,
    "}",
  ].join("\n");
}

function end(plan: Plan): string {
  const whole = [
    "Write-Host ''",
    "Write-Host 'Done.'",
    ...leftToDo(plan).map((sentence) => `Write-Host ${powershellLiteral(sentence)}`),
  ];
  if (!hasParts(plan)) return [...whole, "exit 0"].join("\n");
  return [
    "if ($RemoveLink) {",
    `    Write-Host '${endings.linkGone}'`,
    "    exit 0",
    "}",
    ...whole,
    "exit 0",
  ].join("\n");
}
