// A whole plan as one bash script over sqlcmd and the Azure CLI.
import { assertNever } from "../assert-never.ts";
import type { AzureRequest } from "../plan/azure-request.ts";
import type { Plan } from "../plan/plan.ts";
import { placeName } from "../plan/where.ts";
import { visibleText } from "../visible-text.ts";
import { azFunctions, hereDocument, variableOf } from "./az-functions.ts";
import { bashLiteral } from "./bash-literal.ts";
import type { Deed, Deeds, ScriptStep } from "./deeds.ts";
import { asksAzure, asksFor, azTakesName, deedsOf } from "./deeds.ts";
import type { ShownInAzure } from "./leftover-deeds.ts";
import { azFileName } from "./order.ts";
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

/** `planHash` is the fingerprint that was approved, as hexadecimal digits. */
export function toAzScript(plan: Plan, planHash: string): ScriptFile {
  const deeds = deedsOf(plan);
  const withAzure = asksAzure(deeds, azTakesName(plan));
  const parts = [
    header(plan, planHash, withAzure),
    settings(plan, deeds, withAzure ? plan.azure : null),
    azFunctions(plan, deeds),
    ...readingFunctions(deeds),
    ...(withAzure ? ["select_subscription"] : []),
    ...deeds.steps.map((step) => stepText(plan, deeds, step)),
    end(plan),
  ];
  return { fileName: azFileName, server: runsOn(plan), text: `${parts.join("\n\n")}\n` };
}

function header(plan: Plan, planHash: string, withAzure: boolean): string {
  const reached = sidesReached(plan);
  const servers = reached.map((side) => `${variableOf[side]}_SERVER`).join(", ");
  const certificates = reached.map((side) => `${variableOf[side]}_TRUST_CERTIFICATE=yes`);
  const lines = [
    ...wholePlanHeader(plan, planHash, withAzure),
    "",
    `Needs bash, sqlcmd${withAzure ? " and the Azure CLI 2.67.0 or later, signed in" : ""}. Environment:`,
    ...reached.map((side) => {
      const [own] = [variableOf[side]];
      return `${`  ${own}_USER, ${own}_PASSWORD`.padEnd(24)}  the login on ${nameOf(plan, side)}`;
    }),
    `${`  ${servers}`.padEnd(24)}  where ${reached.length > 1 ? "they are" : "it is"} reached by another address than here`,
    `  ${certificates.join(", ")}  take that server's certificate unseen (sqlcmd -C)`,
    ...(plan.loss === null ? [] : [`Without a keyboard: bash ${azFileName} --link-name NAME`]),
    ...removalUsage(plan, `bash ${azFileName} remove-link`, `bash ${azFileName} remove-link TIME`),
  ];
  const isWithoutGate = plan.steps.every(({ action }) => action.kind !== "waitForGate");
  return [
    "#!/usr/bin/env bash",
    ...lines.map((line) => `# ${line}`.trimEnd()),
    // A name may hold a dollar sign. Positions are what a gate reads.
    `# shellcheck disable=SC2016${plan.loss === null && plan.move !== "none" && !isWithoutGate ? "" : ",SC2034"}`,
  ].join("\n");
}

function settings(plan: Plan, deeds: Deeds, azure: Plan["azure"]): string {
  const reached = sidesReached(plan);
  return [
    "set -euo pipefail",
    "umask 077",
    "",
    ...reached
      .flatMap((side) => [`${variableOf[side]}_USER`, `${variableOf[side]}_PASSWORD`])
      .map((name) => `: "\${${name}:?set it; the header says what it is}"`),
    ...reached.map((side) => {
      const server = `${variableOf[side]}_SERVER`;
      return `${server}=\${${server}:-${defaultValue(plan[side].address)}}`;
    }),
    ...reached.map((side) => {
      const trust = `${variableOf[side]}_TRUST_CERTIFICATE`;
      return `${trust}=\${${trust}:-no}`;
    }),
    ...(azure === null
      ? []
      : [
          `tenant=${bashLiteral(azure.tenantId)}`,
          `subscription=${bashLiteral(azure.subscriptionId)}`,
          `resource_group=${bashLiteral(azure.resourceGroup)}`,
          `instance=${bashLiteral(azure.instanceName)}`,
        ]),
    ...(azure === null && plan.loss === null ? [] : [`link=${bashLiteral(plan.link.name)}`]),
    "",
    ...usage(plan),
    "",
    "begun=no",
    "declared=''",
    ...(deeds.gate === null ? [] : ["held_positions=''"]),
    ...(asksFor(deeds, "waitUntil") || asksFor(deeds, "waitUntilAzureShows")
      ? ["waited_for=''"]
      : []),
    "work=$(mktemp -d)",
    `trap 'rm -rf "$work"' EXIT`,
  ].join("\n");
}

/** Quoted as bash takes a word of `${name:-word}` outside of double quotes. */
function defaultValue(text: string): string {
  return bashLiteral(text);
}

function usage(plan: Plan): readonly string[] {
  if (plan.loss !== null) {
    return [
      "is_typed=no",
      "typed=''",
      "if (( $# == 2 )) && [[ $1 == --link-name ]]; then",
      "  is_typed=yes",
      "  typed=$2",
      "elif (( $# > 0 )); then",
      `  printf 'Usage: bash ${azFileName} [--link-name NAME]\\n' >&2`,
      "  exit 2",
      "fi",
      "clock=''",
    ];
  }
  if (plan.keepLink) {
    return [
      "if (( $# > 0 )); then",
      `  printf 'Usage: bash ${azFileName}\\n' >&2`,
      "  exit 2",
      "fi",
      "clock=''",
    ];
  }
  return [
    "case ${1:-whole} in",
    "  whole | remove-link) part=${1:-whole} ;;",
    "  *)",
    `    printf 'Usage: bash ${azFileName} [remove-link [TIME]]\\n' >&2`,
    "    exit 2",
    "    ;;",
    "esac",
    "clock=${2:-}",
  ];
}

/** A reading that is repeated is a function of its own. */
function readingFunctions({ steps }: Deeds): readonly string[] {
  return steps.flatMap(({ deeds, number }) =>
    deeds.flatMap((deed, index) => {
      if (deed.kind !== "waitUntil" && deed.kind !== "lookAtOldCopy") return [];
      const ask = deed.kind === "waitUntil" && deed.afterClock ? "ask_since" : "ask";
      return [`${readingName(number, index)}() {\n  ${ask} ${deed.side} ${hereDocument(deed)}\n}`];
    }),
  );
}

function readingName(number: number, index: number): string {
  return `reading_${number}_${index + 1}`;
}

function stepText(plan: Plan, deeds: Deeds, scriptStep: ScriptStep): string {
  const { step, number, belongsToRemoval } = scriptStep;
  const about = [
    `Step ${number} of ${plan.steps.length}, on ${placeName(plan, step.runsOn)}. ${step.why}`,
    `Done when: ${step.doneWhen}`,
  ].map((line) => `# ${visibleText(line)}`);
  const body = [
    `step ${bashLiteral(step.id)} ${bashLiteral(visibleText(step.title))}`,
    ...scriptStep.deeds.map((deed, index) => deedText(plan, deed, readingName(number, index))),
    ...(deeds.takenBack.get(number) === undefined ? [] : [`set_by_${number}=yes`]),
  ];
  const isConditional = hasParts(plan) && !belongsToRemoval;
  return [
    ...about,
    ...(isConditional ? ["if [[ $part == whole ]]; then"] : []),
    ...body,
    ...(isConditional ? ["fi"] : []),
  ].join("\n");
}

function deedText(plan: Plan, deed: Deed, reading: string): string {
  switch (deed.kind) {
    case "change":
      return `change ${deed.side} ${deed.then} ${hereDocument(deed)}`;
    case "prove":
      return `prove ${deed.side} ${hereDocument(deed)}`;
    case "keepBackup":
      return [
        `ask ${deed.side} ${hereDocument(deed)}`,
        "backup=${answer#* }",
        "case $answer in",
        `  'at '*) say "${endings.backupProved} $backup" ;;`,
        `  'unproved '*) say "${endings.backupTaken} $backup" ;;`,
        `  *) stop 1 "\${answer#shut } ${endings.nothingRestored}" ;;`,
        "esac",
      ].join("\n");
    case "restoreBackup":
      return [
        "case $backup in",
        ...deed.backups.map(
          ({ path, line }) => `  ${bashLiteral(path)}) declared=${bashLiteral(line)} ;;`,
        ),
        `  *) stop 3 "${endings.otherBackup}" ;;`,
        "esac",
        `change ${deed.side} unknown ${hereDocument(deed)}`,
        "declared=''",
      ].join("\n");
    case "waitAtGate":
      return "wait_at_gate";
    case "gateIsOpen":
      return "gate_is_open";
    case "keepClock":
      return `ask ${deed.side} ${hereDocument(deed)}\nclock=\${answer#at }\nsay "The failover was seen at $clock by that server's clock."`;
    case "mustBeOpen":
      return [
        `${deed.afterClock ? "ask_since" : "ask"} ${deed.side} ${hereDocument(deed)}`,
        `if [[ $answer != open ]]; then stop 3 "\${answer#shut } The link is not deleted."; fi`,
      ].join("\n");
    case "waitUntil":
      return [
        "began=$SECONDS",
        `while ${reading}; [[ $answer != open ]]; do`,
        `  still_waiting ${deed.seconds ?? 0} "$began" ${bashLiteral(visibleText(deed.what))} "\${answer#shut }"`,
        "done",
      ].join("\n");
    case "setReplicationMode":
      return `set_replication_mode Sync || say "${endings.warned}" >&2`;
    case "failoverByAzure":
      return failoverText(plan, deed);
    case "confirmLoss":
      return "confirm_loss";
    case "linkIsThere":
      return `look_for_link\nif [[ $link_seen != yes ]]; then stop 3 "${endings.noLink}"; fi`;
    case "deleteLink":
      return [
        "begun=yes",
        `az sql mi link delete --resource-group "$resource_group" --instance-name "$instance" --name "$link" --yes --output none || stop 4 "${endings.notDeleted}"`,
      ].join("\n");
    case "waitUntilLinkIsGone":
      return [
        "began=$SECONDS",
        "while look_for_link; [[ $link_seen != no ]]; do",
        `  still_waiting 1800 "$began" 'Azure has deleted the link' "link shown: $link_seen"`,
        "done",
      ].join("\n");
    case "linkIsGone":
      return `look_for_link\nif [[ $link_seen != no ]]; then stop 4 "${endings.linkNotGone} ${endings.readBoth}"; fi`;
    case "azureMustShow":
      return `if ! ${azShown(deed.shown)}; then stop 3 ${bashLiteral(visibleText(`Azure does not show that ${deed.shown.what}. ${endings.nothingSent}`))}; fi`;
    case "request":
      return azRequest(deed.request);
    case "waitUntilAzureShows":
      return [
        "began=$SECONDS",
        `until ${azShown(deed.shown)}; do`,
        `  still_waiting 1800 "$began" ${bashLiteral(visibleText(deed.shown.what))} 'not yet'`,
        "done",
      ].join("\n");
    case "lookAtOldCopy":
      return oldCopyText(deed, reading);
    default:
      return assertNever(deed);
  }
}

function azShown({ path, apiVersion, values, value, is }: ShownInAzure): string {
  const address = bashLiteral(`${path}?api-version=${apiVersion}`);
  return `azure_shows ${is} ${address} ${bashLiteral(values)} ${bashLiteral(value)}`;
}

/** Azure works on after it has answered. */
function azRequest({ method, path, apiVersion, body }: AzureRequest): string {
  const told = body === undefined ? "" : ` --body ${bashLiteral(JSON.stringify(body))}`;
  return [
    "begun=yes",
    `az rest --method ${method.toLowerCase()} --url ${bashLiteral(`${path}?api-version=${apiVersion}`)}${told} --output none || stop 4 ${bashLiteral(endings.requestNotTaken)}`,
  ].join("\n");
}

/** Where the Azure CLI takes no such name, or Azure refuses for want of a right, the same failover by T-SQL. */
function failoverText(plan: Plan, deed: Extract<Deed, { kind: "failoverByAzure" }>): string {
  const byTsql = `change ${deed.instead.side} unknown ${hereDocument(deed.instead)}`;
  if (!azTakesName(plan)) {
    return `# The Azure CLI takes no link name with other characters than letters, digits and _ @ # $: by T-SQL.\n${byTsql}`;
  }
  return [
    "begun=yes",
    `if ! az sql mi link failover --resource-group "$resource_group" --instance-name "$instance" --name "$link" --failover-type ${deed.type} --yes --output none 2> "$work/azure"; then`,
    `  cat "$work/azure" >&2`,
    `  if ! grep -q AuthorizationFailed "$work/azure"; then stop 4 "${endings.notFailedOver} ${endings.readBoth}"; fi`,
    `  say "${endings.noRight}" >&2`,
    `  ${byTsql}`,
    "fi",
  ].join("\n");
}

function oldCopyText(
  { seconds, since }: Extract<Deed, { kind: "lookAtOldCopy" }>,
  reading: string,
): string {
  return [
    `before=${since === "gate" ? "$held_positions" : "''"}`,
    "began=$SECONDS",
    `while ${reading}; true; do`,
    `  if [[ $answer != open ]]; then stop 1 "${endings.lossAtRisk} \${answer#shut }"; fi`,
    `  before=\${before:-$lsns}`,
    `  if moved "$lsns" "$before"; then stop 1 "${endings.lossAtRisk}"; fi`,
    `  if (( SECONDS - began > ${seconds} )); then break; fi`,
    "  sleep 1",
    "done",
    `case " $lsns " in`,
    `  *' 0 '*) say "${endings.notTold}" ;;`,
    `  *) say '${endings.notWritten}' ;;`,
    "esac",
  ].join("\n");
}

function end(plan: Plan): string {
  const whole = [
    "say ''",
    "say 'Done.'",
    ...leftToDo(plan).map((sentence) => `say ${bashLiteral(sentence)}`),
  ];
  if (!hasParts(plan)) return whole.join("\n");
  return [
    "if [[ $part != whole ]]; then",
    `  say '${endings.linkGone}'`,
    "  exit 0",
    "fi",
    ...whole,
  ].join("\n");
}
