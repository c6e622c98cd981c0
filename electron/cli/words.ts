// The lines that a command prints for people.
import type { Finding } from "../../shared/checks/finding.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { SideReading } from "../../shared/estate/estate.ts";
import type { Link, LinkEnd } from "../../shared/estate/link.ts";
import type { Plan, Step, Undo } from "../../shared/plan/plan.ts";
import { placeName } from "../../shared/plan/where.ts";
import { visibleText } from "../../shared/visible-text.ts";

const levels: Readonly<Record<Finding["level"], string>> = {
  passed: "Ready  ",
  warning: "Warning",
  failed: "Failed ",
  unknown: "Unknown",
  waits: "Waits  ",
};

export function problemLines(problem: Problem): readonly string[] {
  const detail = problem.detail === undefined || problem.detail === "" ? [] : [problem.detail];
  return [
    visibleText(problem.summary),
    ...detail.flatMap((text) => text.split("\n")).map((line) => `  ${visibleText(line)}`),
    `  ${visibleText(problem.remedy)}`,
  ];
}

export function findingLines(findings: readonly Finding[]): readonly string[] {
  return distinct(findings).flatMap((finding) => [
    `${levels[finding.level]}  ${visibleText(finding.summary)}`,
    ...(finding.remedy === "" ? [] : [`         ${visibleText(finding.remedy)}`]),
  ]);
}

/** A missing permission silences many checks with the same sentence: people read it once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const bySentence = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.level, finding.summary, finding.remedy]);
    if (!bySentence.has(key)) bySentence.set(key, finding);
  }
  return [...bySentence.values()];
}

/** The verdict first, in one sentence. */
export function checkVerdict(findings: readonly Finding[]): string {
  const blocking = distinct(findings.filter((finding) => finding.blocks)).length;
  const waiting = distinct(findings.filter((finding) => finding.level === "waits")).length;
  if (blocking > 0) return `Not ready: ${countOf(blocking, "finding")} in the way of a run.`;
  return waiting > 0
    ? `A run can be started; it will wait for ${countOf(waiting, "finding")} before it fails over.`
    : "Ready.";
}

export function planLines(plan: Plan, hash: string): readonly string[] {
  return [
    `${plan.environment.toUpperCase()}. ${visibleText(plan.summary)}`,
    "",
    ...plan.steps.flatMap((step, index) => stepLines(plan, step, index + 1)),
    "",
    `Plan ${hash}`,
  ];
}

function stepLines(plan: Plan, step: Step, number: number): readonly string[] {
  const place = step.runsOn === "both" ? "both sides" : placeName(plan, step.runsOn);
  return [
    `${String(number)}. ${visibleText(`${step.title} (${place})`)}`,
    `   ${visibleText(step.why)}`,
    `   Done when: ${visibleText(step.doneWhen)}`,
    `   ${visibleText(undoWords(step.undo))} ${step.safeToStopAfter ? "Safe to stop after it." : "Not safe to stop after it."}`,
  ];
}

function undoWords(undo: Undo): string {
  switch (undo.kind) {
    case "changesNothing":
      return "Changes nothing.";
    case "undoable":
      return `Undoable: ${undo.how}`;
    case "undoableAtCost":
      return `Undoable at a cost: ${undo.how} ${undo.cost}`;
    case "irreversible":
      return `Irreversible: ${undo.why}`;
  }
}

export function sideLines(name: string, reading: SideReading): readonly string[] {
  if (reading.kind === "unreachable") {
    return [
      `${name}: ${visibleText(reading.address)} cannot be reached.`,
      ...problemLines(reading.problem).map(indent),
    ];
  }
  const { server, rights } = reading.facts;
  return [
    `${name}: ${visibleText(`${server.serverName}, ${server.productVersion}, ${server.edition}`)}`,
    `  at ${visibleText(reading.address)}, as ${visibleText(rights.login)}; its clock says ${server.serverTime}`,
  ];
}

export function linkLines(link: Link): readonly string[] {
  return [
    `Link ${visibleText(link.name)}: ${link.databases.map(visibleText).join(", ")}`,
    `  SQL Server        ${visibleText(endWords(link.box))}`,
    `  managed instance  ${visibleText(endWords(link.instance))}`,
  ];
}

function endWords(end: LinkEnd): string {
  switch (end.kind) {
    case "seen":
      return [
        end.role ?? "Role unknown",
        end.own?.synchronizationHealth ?? "health unknown",
        end.remote?.connectedState ?? end.own?.connectedState ?? "connection unknown",
      ].join(", ");
    case "absent":
      return "no such link";
    case "notAllowed":
      return `Role unknown: this login has no ${end.permission}`;
    case "unreachable":
    case "failed":
      return `Role unknown: ${end.problem.summary}`;
  }
}

function countOf(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}

function indent(line: string): string {
  return `  ${line}`;
}
