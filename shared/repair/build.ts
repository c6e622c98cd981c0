// From two primaries, or none, and the side that is to go on, to the plan of the repair. Pure.
import type { Finding } from "../checks/finding.ts";
import { placeOf, unknown } from "../checks/check.ts";
import { quietSeconds } from "../choices/choices.ts";
import type { Side } from "../estate/estate.ts";
import { azureOf } from "../estate/link-in-azure.ts";
import type { PlanFrame } from "../plan/actions/action-form.ts";
import { listOf } from "../plan/actions/action-form.ts";
import type { PlanAnswer } from "../plan/build.ts";
import { acceptedWarnings, plannedServer, stepOf } from "../plan/build.ts";
import type { Action, Environment, ExpectedRole, Step } from "../plan/plan.ts";
import { plannedLinkOf } from "../plan/plannable-link.ts";
import { whereInAzure } from "../plan/planned-way.ts";
import { isKnownLsn } from "../sql/lsn.ts";
import { saveMethodOf } from "./copy-to-save.ts";
import type { Broken, RepairInput } from "./input.ts";
import { brokenAs, givenUpSide, namesIn } from "./input.ts";
import { saveTarget } from "./save-target.ts";

export interface RepairPlanInput extends RepairInput {
  readonly environment: Environment;
  /** What the checks answered for the same input. */
  readonly findings: readonly Finding[];
}

export function buildRepairPlan(input: RepairPlanInput): PlanAnswer {
  const blocking = input.findings.filter((finding) => finding.blocks);
  if (blocking.length > 0) return { kind: "refused", findings: blocking };
  const { estate, link, choices } = input;
  const broken = brokenAs(input);
  const isAlone = broken === "splitBrain" && choices.ending === "alone";
  const asksAzure = isAlone || choices.demoteBy === "arm";
  const azure = asksAzure ? whereInAzure(azureOf(estate)) : null;
  const { box, instance } = estate;
  if (broken === undefined || box.kind !== "seen" || instance.kind !== "seen") {
    return { kind: "refused", findings: [notSeen(input)] };
  }
  if (link.box.kind !== "seen" || link.instance.kind !== "seen" || azure === undefined) {
    return { kind: "refused", findings: [notSeen(input)] };
  }
  const planned = plannedLinkOf(link, { box: link.box, instance: link.instance });
  if (planned === undefined) return { kind: "refused", findings: [notSeen(input)] };
  const actions = isAlone
    ? aloneActions(input)
    : broken === "splitBrain"
      ? splitBrainActions(input)
      : noPrimaryActions(input);
  const frame: PlanFrame = {
    formatVersion: 3,
    kind: "repair",
    environment: input.environment,
    link: planned,
    box: plannedServer(box),
    instance: plannedServer(instance),
    from: givenUpSide(input),
    to: choices.survivor,
    move: isAlone ? "none" : broken === "splitBrain" ? "demote" : "force",
    keepLink: !isAlone,
    closeOldCopy: "no",
    azure,
    budgetSeconds: null,
    loss: isAlone ? aloneLoss(input) : lossOf(input, broken, actions),
    reason: choices.writersStopped,
  };
  const roles = { box: link.box.role, instance: link.instance.role };
  return {
    kind: "plan",
    plan: {
      ...frame,
      summary: isAlone ? aloneSummary(input) : summaryOf(input, broken),
      acceptedWarnings: acceptedWarnings(input.findings),
      steps: actions
        .map((action, index) => stepOf({ action, frame, wayBack: noWayBack, number: index + 1 }))
        .map((step) => (broken === "noPrimary" ? onlyWithoutPrimary(step, roles) : step)),
    },
  };
}

const noWayBack = {
  kind: "unknown",
  because: "A role that was given up is not taken back.",
} as const;

function splitBrainActions(input: RepairPlanInput): readonly Action[] {
  const { link, choices } = input;
  const side = givenUpSide(input);
  const { databases } = link;
  const saves = savesOf(input, side, [1, 2]);
  const pathsOf = (database: string) =>
    saves.filter((one) => one.database === database).map(({ to }) => to);
  return [
    { kind: "waitForNoWriters", side, databases, seconds: quietSeconds },
    ...saves,
    {
      kind: "demote",
      group: link.name,
      side,
      by: side === "instance" ? choices.demoteBy : "tsql",
      roleChangeType: choices.roleChangeType,
      covered: databases.map((database) => ({
        database,
        by: pathsOf(database),
        isPositionKnown: isPositionKnown(input, side, database),
      })),
    },
    ...afterwards(input),
  ];
}

/** Nothing is discarded: Azure ends the instance's side, and SQL Server's is dropped. */
function aloneActions({ link }: RepairPlanInput): readonly Action[] {
  return [
    { kind: "removeLink", onlyWhile: "bothArePrimary" },
    { kind: "dropDistributedGroup", group: link.name },
    { kind: "verifyRemoved", groupStays: true },
  ];
}

function aloneLoss(input: RepairPlanInput): readonly string[] {
  const { box, instance } = namesIn(input);
  return [
    `Nothing is discarded: ${box} and ${instance} each keep what they hold, and neither gets what only the other one has.`,
    "A deleted link does not come back.",
  ];
}

function aloneSummary(input: RepairPlanInput): string {
  const side = givenUpSide(input);
  const { [side]: own, [input.choices.survivor]: survivor } = namesIn(input);
  return `Split brain: the link is removed. ${survivor} goes on alone, and ${own} keeps an independent copy that can be written.`;
}

function isPositionKnown({ copies }: RepairPlanInput, side: Side, database: string): boolean {
  const seen = copies[side];
  const copy = seen.kind === "seen" && seen.copies.find((one) => one.database === database);
  return copy !== false && copy !== undefined && isKnownLsn(copy.lastCommitLsn);
}

/** Nobody writes, so each copy is saved once; the survivor is then made primary by force, and the other one follows it. */
function noPrimaryActions(input: RepairPlanInput): readonly Action[] {
  const { link, choices } = input;
  const { survivor } = choices;
  return [
    ...(["box", "instance"] as const).flatMap((side) => savesOf(input, side, [1])),
    { kind: "force", group: link.name, side: survivor, by: "tsql", silentSeconds: null },
    ...afterwards(input),
  ];
}

function afterwards(input: RepairPlanInput): readonly Action[] {
  const { link, choices } = input;
  const side = givenUpSide(input);
  const { survivor } = choices;
  return [
    ...link.databases.map((database) => ({ kind: "resumeData", side, database }) as const),
    {
      kind: "verifyRoles",
      roles:
        survivor === "box"
          ? { box: "PRIMARY", instance: "SECONDARY" }
          : { box: "SECONDARY", instance: "PRIMARY" },
      readWriteOn: survivor,
    },
  ];
}

type SaveCopy = Extract<Action, { kind: "saveCopy" }>;

function savesOf(
  { copies, choices }: RepairPlanInput,
  side: Side,
  attempts: readonly (1 | 2)[],
): readonly SaveCopy[] {
  const [seen, place] = [copies[side], choices.saveTo[side]];
  if (seen.kind === "unseen" || place === null) return [];
  return seen.copies.flatMap((copy, index) =>
    attempts.map((attempt) => ({
      kind: "saveCopy" as const,
      side,
      database: copy.database,
      method: attempts.length === 1 ? "database" : saveMethodOf(copy, side),
      to: saveTarget(place, { name: copy.database, number: index + 1 }, attempt),
      attempt,
    })),
  );
}

/** The roles as they were read: a side that has become primary meanwhile ends the run before anything is forced. */
function onlyWithoutPrimary(step: Step, roles: Readonly<Record<Side, ExpectedRole | null>>): Step {
  const { kind } = step.action;
  if (kind !== "force" && kind !== "saveCopy") return step;
  return { ...step, rolesBefore: { box: roles.box ?? "any", instance: roles.instance ?? "any" } };
}

function lossOf(
  input: RepairPlanInput,
  broken: Broken,
  actions: readonly Action[],
): readonly string[] {
  const side = givenUpSide(input);
  const { [side]: own, [input.choices.survivor]: survivor } = namesIn(input);
  const files = actions.flatMap((action) =>
    action.kind === "saveCopy" && action.side === side ? [action] : [],
  );
  const first = files.filter(({ attempt }) => attempt === 1).map(({ to }) => to);
  const further = files.filter(({ attempt }) => attempt === 2).map(({ to }) => to);
  const isLog = files.some(({ method }) => method !== "database");
  const saved =
    files.length === 0
      ? "It is saved nowhere."
      : [
          `It is saved before, in ${listOf(first)}${further.length === 0 ? "" : ` and, where the log moves meanwhile, ${listOf(further)}`}, and is then nowhere else.`,
          ...(isLog
            ? [
                `Keep every log backup of ${own} since the forced failover: they restore it only together.`,
              ]
            : []),
        ].join(" ");
  return [
    `What only ${own} holds is discarded on ${own}. ${saved}`,
    broken === "splitBrain"
      ? `${survivor} stays primary; nothing of it is changed.`
      : `${survivor} becomes primary by force; what neither side hardened is lost already.`,
  ];
}

function summaryOf(input: RepairPlanInput, broken: Broken): string {
  const side = givenUpSide(input);
  const { [side]: own, [input.choices.survivor]: survivor } = namesIn(input);
  return broken === "splitBrain"
    ? `Split brain: ${survivor} stays primary. ${own} is saved, made secondary and follows ${survivor} again.`
    : `No primary: ${survivor} becomes primary, and ${own} follows it.`;
}

function notSeen(input: RepairPlanInput): Finding {
  const place = placeOf("linkSeen", input.estate[givenUpSide(input)]);
  return unknown(place, true, {
    summary: `Not everything of the link ${input.link.name} that its repair needs is shown.`,
    remedy:
      "Read both sides with logins that have VIEW ANY DEFINITION and VIEW SERVER STATE; sign in to Azure where it is to be asked.",
  });
}
