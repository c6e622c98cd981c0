// From what was seen and what was chosen to a plan, or to the findings that stand in its way. Pure: the same input, the same plan.
import type { Finding } from "../checks/finding.ts";
import type { Choices } from "../choices/choices.ts";
import type { Estate } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { actionForm } from "./actions/all.ts";
import type { PlanFrame, WayBack } from "./actions/action-form.ts";
import { listOf, otherSide } from "./actions/action-form.ts";
import { actionsOf, closingOf } from "./actions-of.ts";
import type { Action, Environment, Plan, PlannedServer, Step } from "./plan.ts";
import type { PlannableLink } from "./plannable-link.ts";
import { plannableLink } from "./plannable-link.ts";
import { wayBackOf } from "./way-back.ts";

export interface PlanInput {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: Choices;
  readonly environment: Environment;
  /** What the checks answered for the same estate and link. */
  readonly findings: readonly Finding[];
}

export type PlanAnswer =
  | { readonly kind: "plan"; readonly plan: Plan }
  /** Only the findings that stand in the way. */
  | { readonly kind: "refused"; readonly findings: readonly Finding[] };

/** The plan of a planned failover, link kept or removed. Nothing is filled in for what was not seen: that is a finding. */
export function buildPlan(input: PlanInput): PlanAnswer {
  const blocking = input.findings.filter((finding) => finding.blocks);
  if (blocking.length > 0) return { kind: "refused", findings: blocking };
  const seen = plannableLink(input);
  if (seen.kind === "refused") return seen;
  return { kind: "plan", plan: planOf(input, seen) };
}

function planOf(input: PlanInput, seen: PlannableLink): Plan {
  const { to } = input.choices;
  const wayBack = wayBackOf(seen.box.facts.server, seen.instance.facts.server, to);
  const frame: PlanFrame = {
    formatVersion: 3,
    kind: "plannedFailover",
    environment: input.environment,
    link: seen.link,
    box: plannedServer(seen.box),
    instance: plannedServer(seen.instance),
    from: otherSide(to),
    to,
    move: seen.move,
    keepLink: input.choices.keepLink,
    closeOldCopy: closingOf(input.choices),
    azure: seen.azure,
    budgetSeconds: input.choices.budgetSeconds,
    loss: null,
    reason: null,
  };
  return {
    ...frame,
    summary: summaryOf(frame, wayBack),
    acceptedWarnings: acceptedWarnings(input.findings),
    steps: actionsOf(frame, input.choices, seen).map((action, index) =>
      stepOf({ action, frame, wayBack, number: index + 1 }),
    ),
  };
}

export interface StepInput {
  readonly action: Action;
  readonly frame: PlanFrame;
  readonly wayBack: WayBack;
  readonly number: number;
}

export function stepOf({ action, frame, wayBack, number }: StepInput): Step {
  const form = actionForm(action, frame);
  return {
    id: `${number}-${form.slug}`,
    title: form.title,
    runsOn: form.runsOn,
    why: form.why,
    rolesBefore: form.rolesBefore,
    action,
    ...(form.statement === undefined ? {} : { statement: form.statement }),
    ...(form.request === undefined ? {} : { request: form.request }),
    ...(form.instead === undefined ? {} : { instead: form.instead }),
    ...(form.takeBack === undefined ? {} : { takeBack: form.takeBack }),
    doneWhen: form.doneWhen,
    undo: form.undo(wayBack),
    safeToStopAfter: form.safeToStopAfter,
    onFailure: form.onFailure,
  };
}

export function plannedServer(side: PlannableLink["box"]): PlannedServer {
  const { serverName, productVersion, edition, engineEdition } = side.facts.server;
  return { serverName, address: side.address, productVersion, edition, engineEdition };
}

function summaryOf(frame: PlanFrame, wayBack: WayBack): string {
  const { from, to } = frame;
  const moves = `${listOf(frame.link.databases)} moves from ${frame[from].serverName} to ${frame[to].serverName}.`;
  const after = frame.keepLink
    ? `The link stays, and ${comeBack(frame, wayBack)}.`
    : `The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.`;
  return `${moves} No committed data is given up. ${after}`;
}

function comeBack({ to }: PlanFrame, wayBack: WayBack): string {
  const can = to === "instance" ? "you can come back online" : "you can fail over again";
  switch (wayBack.kind) {
    case "online":
      return can;
    case "onlineAfter":
      return `${can} ${wayBack.first}`;
    case "none":
      return "you cannot come back";
    case "unknown":
      return to === "instance"
        ? "it is not known whether you can come back"
        : "it is not known whether you can fail over again";
  }
}

/** Sorted and each once, so that the order of the checks is no part of what is approved. */
export function acceptedWarnings(findings: readonly Finding[]): Plan["acceptedWarnings"] {
  const warnings = findings
    .filter((finding) => finding.level === "warning")
    .map(({ check, where }) => [`${check} ${where}`, { check, where }] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return [...new Map(warnings).values()];
}
