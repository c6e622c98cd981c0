// From what the side that takes over shows, and what was chosen, to the plan of a forced failover. Pure.
import type { Finding } from "../checks/finding.ts";
import { direction, placeOf, unknown } from "../checks/check.ts";
import type { Side } from "../estate/estate.ts";
import type { SeenLinkEnd } from "../estate/link.ts";
import type { PlanFrame } from "../plan/actions/action-form.ts";
import { listOf } from "../plan/actions/action-form.ts";
import type { PlanAnswer } from "../plan/build.ts";
import { acceptedWarnings, plannedServer, stepOf } from "../plan/build.ts";
import type { Action, Environment, PlannedLink, PlannedServer } from "../plan/plan.ts";
import { whereInAzure } from "../plan/planned-way.ts";
import { azureOf } from "../estate/link-in-azure.ts";
import type { ForcedInput } from "./input.ts";
import { givenUpName, memoryOfLost, targetName } from "./input.ts";
import type { RememberedDatabase } from "./link-memory.ts";
import type { LossInput } from "./loss.ts";
import { lossSentences } from "./loss.ts";
import { targetReading } from "./target.ts";
import { asksAzure, forcedMove } from "./move.ts";
import { watchSeconds } from "./watch.ts";
import { endedSentence } from "./words.ts";

export interface ForcedPlanInput extends ForcedInput {
  readonly environment: Environment;
  /** What the checks answered for the same input. */
  readonly findings: readonly Finding[];
}

export function buildForcedPlan(input: ForcedPlanInput): PlanAnswer {
  const blocking = input.findings.filter((finding) => finding.blocks);
  if (blocking.length > 0) return { kind: "refused", findings: blocking };
  const { to: own } = direction(input);
  const [reading, end] = [input.estate[own], input.link[own]];
  const target = targetReading(input.estate, input.link, own, 0);
  const link = end.kind === "seen" ? plannedLink(input, end) : undefined;
  const azure = asksAzure(input) ? whereInAzure(azureOf(input.estate)) : null;
  if (
    reading.kind !== "seen" ||
    target === undefined ||
    link === undefined ||
    azure === undefined
  ) {
    return { kind: "refused", findings: [notSeen(input)] };
  }
  const frame = frameOf(input, link, plannedServer(reading), azure);
  const loss = lossSentences({
    target,
    from: givenUpName(input),
    to: targetName(input),
    ...lastRead(input),
    arrival: arrivalOf(input.choices.despite),
  });
  return {
    kind: "plan",
    plan: {
      ...frame,
      loss,
      summary: `${moveWords(input)} Data can be lost: ${loss[0] ?? "how much is unknown"}`,
      acceptedWarnings: acceptedWarnings(input.findings),
      steps: actionsOf(input).map((action, index) =>
        stepOf({ action, frame, wayBack: noWayBack, number: index + 1 }),
      ),
    },
  };
}

/** By what was accepted and not by what is read now: a plan stays the same plan while redo goes on. */
function arrivalOf(despite: ForcedInput["choices"]["despite"]): LossInput["arrival"] {
  if (despite.includes("alive")) return "alive";
  return despite.includes("working") ? "redoing" : "ended";
}

function lastRead(
  input: ForcedPlanInput,
): Pick<LossInput, "fromServerTime" | "fromCommitLsns" | "fromQueuesKb"> {
  const memory = memoryOfLost(input);
  const perDatabase = <T>(value: (one: RememberedDatabase) => T) =>
    Object.fromEntries((memory?.databases ?? []).map((one) => [one.name, value(one)]));
  return {
    fromServerTime: memory?.serverTime ?? null,
    fromCommitLsns: perDatabase((one) => one.lastCommitLsn),
    fromQueuesKb: perDatabase((one) => one.logSendQueueKb),
  };
}

function moveWords(input: ForcedPlanInput): string {
  if (forcedMove(input) === "delete") {
    return `The link ${input.link.name} is ended by deleting it in Azure: ${endedSentence(input)}`;
  }
  return `${listOf(input.link.databases)} is forced over to ${targetName(input)}.`;
}

/** Of a forced failover nothing goes back by itself: its own steps say so. */
const noWayBack = { kind: "unknown", because: "A forced failover is not taken back." } as const;

function actionsOf(input: ForcedPlanInput): readonly Action[] {
  const { link, choices } = input;
  const { to: side, despite, failoverBy: by } = choices;
  const { databases } = link;
  const look: Action = {
    kind: "lookBeforeForce",
    side,
    databases,
    seconds: watchSeconds,
    despite,
  };
  if (forcedMove(input) === "delete") {
    return [
      look,
      { kind: "removeLink", onlyWhile: "nothingArrives" },
      { kind: "verifyAlone", databases },
    ];
  }
  const silentSeconds = despite.includes("alive") ? null : watchSeconds;
  return [
    look,
    { kind: "force", group: link.name, side, by, silentSeconds },
    { kind: "verifyForced", side, databases },
  ];
}

function frameOf(
  input: ForcedPlanInput,
  link: PlannedLink,
  own: PlannedServer,
  azure: PlanFrame["azure"],
): PlanFrame {
  const { from, to } = direction(input);
  const other: PlannedServer = {
    serverName: givenUpName(input),
    address: input.estate[from].address,
    productVersion: null,
    edition: null,
    engineEdition: null,
  };
  return {
    formatVersion: 3,
    kind: "forcedFailover",
    environment: input.environment,
    link,
    box: to === "box" ? own : other,
    instance: to === "instance" ? own : other,
    from,
    to,
    move: forcedMove(input),
    keepLink: forcedMove(input) === "force",
    closeOldCopy: "no",
    azure,
    budgetSeconds: null,
    loss: null,
    reason: input.choices.reason,
  };
}

/** Of the other side only what this one shows: its group's name and its endpoint. */
function plannedLink(input: ForcedPlanInput, end: SeenLinkEnd): PlannedLink | undefined {
  const { to: own } = direction(input);
  const [ownGroup, otherGroup] = [end.own?.replicaServerName, end.remote?.replicaServerName];
  if (ownGroup === undefined || otherGroup === undefined) return undefined;
  if (input.link.databases.length === 0) return undefined;
  return {
    name: input.link.name,
    databases: input.link.databases,
    boxGroup: own === "box" ? ownGroup : otherGroup,
    instanceGroup: own === "instance" ? ownGroup : otherGroup,
    groupIds: bySide(own, end.group.groupId),
    partnerEndpointUrls: bySide(own, end.partnerEndpointUrl),
  };
}

function bySide(own: Side, value: string | null): Readonly<Record<Side, string | null>> {
  return own === "box" ? { box: value, instance: null } : { box: null, instance: value };
}

function notSeen(input: ForcedPlanInput): Finding {
  const place = placeOf("linkSeen", input.estate[input.choices.to]);
  return unknown(place, true, {
    summary: `${place.server} does not show the availability groups and databases of the link ${input.link.name}.`,
    remedy: `Read it with a login that has VIEW ANY DEFINITION and VIEW SERVER STATE on ${place.server}.`,
  });
}
