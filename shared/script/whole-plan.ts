// What the two scripts of a whole plan say of themselves, in the same words.
import { takenUnproved } from "../sql/restore-copy.ts";
import type { Side } from "../estate/estate.ts";
import {
  afterOffline,
  keepApart,
  repointTo,
  resumeLogBackups,
  startupParameter,
} from "../plan/after-failover.ts";
import { linkWords, lossHeading, planWords } from "../plan/plan-words.ts";
import type { Plan } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import { twoPrimaries } from "../report/done-sentence.ts";
import { closeFileName, fileSidesOf, reopenFileName } from "./tsql-file-names.ts";

/** What the computer must reach on which the script runs. */
export function runsOn(plan: Plan): string {
  const [only, ...others] = sidesReached(plan);
  return only === undefined || others.length > 0
    ? "a computer that reaches both servers"
    : `a computer that reaches ${nameOf(plan, only)}`;
}

/** SQL Server first. In a forced failover the other side may be gone: nothing asks it. */
export function sidesReached(plan: Plan): readonly Side[] {
  const reached = plan.move === "none" ? (["box", "instance"] as const) : fileSidesOf(plan);
  return (["box", "instance"] as const).filter((side) => reached.includes(side));
}

/** A removal that can be asked for alone, beside T-SQL files. */
export function hasParts({ kind, keepLink }: Plan): boolean {
  return kind === "plannedFailover" && !keepLink;
}

/** The header's sentences that are the same in both languages; one line each. */
export function wholePlanHeader(
  plan: Plan,
  planHash: string,
  withAzure: boolean,
): readonly string[] {
  const lines = {
    plannedFailover: plannedLines,
    forcedFailover: forcedLines,
    repair: repairLines,
    offlineFailBack: offlineLines,
    cleanUp: plannedLines,
    hybridBenefit: plannedLines,
  }[plan.kind];
  return [
    `${plan.environment.toUpperCase()}. MI Link Failover: ${planWords(plan)} ${linkWords(plan)}.`,
    `Plan ${planHash}`,
    "",
    plan.summary,
    "",
    ...lines(plan, withAzure),
    "Every batch takes the lock of the link and gives it back; between two batches nobody holds it.",
    "",
    "Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.",
  ].map(visibleText);
}

function plannedLines(plan: Plan, withAzure: boolean): readonly string[] {
  const [box, instance] = [plan.box.serverName, plan.instance.serverName];
  return [
    `Runs the whole plan from a computer that reaches ${box} and ${instance}${withAzure ? " and Azure" : ""}. Not for Azure Cloud Shell:`,
    `that reaches neither server. ${plan.move === "none" ? "Start" : "Stop the workload first; start"} this in a session that stays open.`,
    "",
    "It looks before it acts: each batch checks server, version, group and role on the very connection that acts.",
    "It sends nothing when a side cannot be read or the gate is shut, and nothing twice.",
  ];
}

function forcedLines(plan: Plan, withAzure: boolean): readonly string[] {
  const [own, gone] = [plan[plan.to].serverName, plan[plan.from].serverName];
  return [
    ...lossToConfirm(plan),
    "",
    `Runs the whole plan from a computer that reaches ${own}${withAzure ? " and Azure" : ""}. Not for Azure Cloud Shell:`,
    `that does not reach it. ${gone} is not asked: make sure that it is gone and stays away.`,
    "",
    `It looks before it acts: ${lookWords(plan)}`,
    "Then it says what is lost and wants the name of the link typed. No switch answers for that.",
    "It sends nothing while that server cannot be read, and nothing twice.",
  ];
}

function repairLines(plan: Plan): readonly string[] {
  const [own, survivor] = [plan[plan.from].serverName, plan[plan.to].serverName];
  return [
    ...lossToConfirm(plan),
    "",
    `Runs the whole plan from a computer that reaches ${own} and ${survivor}. Not for Azure Cloud Shell:`,
    `that reaches neither server. Stop every writer of ${own} first.`,
    "",
    plan.move === "demote"
      ? `It saves ${own}, and makes it secondary only when nothing was written since and ${survivor} is PRIMARY.`
      : plan.move === "none"
        ? "It deletes the link while both sides say PRIMARY, and drops what is left of it."
        : "It saves each side, and makes one of them primary by force.",
    "Before that it wants the name of the link typed. No switch answers for that.",
    "It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.",
  ];
}

function offlineLines(plan: Plan): readonly string[] {
  const [box, instance] = [plan.box.serverName, plan.instance.serverName];
  return [
    `Runs the whole plan from a computer that reaches ${box} and ${instance}. Not for Azure Cloud Shell:`,
    `that reaches neither server. Stop every writer of ${instance} first, and let none back before the end.`,
    "",
    `It backs up on ${instance}, restores on ${box} only what is proved to hold everything, and looks at both once more.`,
    "Nothing that is there is written over. Two looks lie far apart: a session that writes in between is seen by what it",
    "commits. It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.",
  ];
}

function lookWords({ steps }: Plan): string {
  const look = steps.flatMap(({ action }) =>
    action.kind === "lookBeforeForce" ? [action] : [],
  )[0];
  return look === undefined || look.despite.includes("alive")
    ? "can the copy be primary. That the other side is alive was accepted."
    : `for ${String(look.seconds)} s nothing may arrive, and it may not be connected; before it acts once more.`;
}

/** What is said before the link's name is asked for. */
export function lossToConfirm(plan: Plan): readonly string[] {
  const { loss, reason } = plan;
  return [
    lossHeading(plan),
    ...(loss ?? []),
    ...(reason === null ? [] : [`Reason given: ${reason}`]),
  ].map(visibleText);
}

/** What only a run by parts needs: the removal alone, beside T-SQL files. */
export function removalUsage(plan: Plan, command: string, withTime: string): readonly string[] {
  if (!hasParts(plan)) return [];
  return plan.move === "failover" && plan.to === "instance"
    ? [
        `${withTime} does what T-SQL files cannot: it waits for the first full backup`,
        "since TIME (2026-11-21T20:00:00, the instance's own clock, as the T-SQL file printed it), deletes the link, and waits for the end.",
      ]
    : [
        `${command} does what T-SQL files cannot: it looks at both servers, deletes the link, and waits for the end.`,
      ];
}

/** What is left for people, when everything went well. */
export function leftToDo(plan: Plan): readonly string[] {
  if (plan.move === "none") {
    const own = plan.kind === "repair" ? [keepApart(plan)] : startupParameters(plan);
    return own.map(visibleText);
  }
  if (plan.kind === "offlineFailBack") return afterOffline(plan).map(visibleText);
  return [
    repointTo(plan),
    ...(plan.to === "box" ? [resumeLogBackups(plan)] : []),
    ...(plan.kind === "forcedFailover" ? [twoPrimaries(plan)] : []),
    ...(plan.closeOldCopy === "script"
      ? [
          `Run ${closeFileName} on ${plan[plan.from].serverName} to keep the old copy from being written; ${reopenFileName} undoes it.`,
        ]
      : []),
  ].map(visibleText);
}

/** Nothing but people can take them out. */
export function startupParameters(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) => startupParameter(step, plan));
}

/** How a side is called in messages. */
export function nameOf(plan: Plan, side: Side): string {
  return visibleText(plan[side].serverName);
}

/** Sentences of the ends of a script, the same in both languages. */
export const endings = {
  notRead: "could not be read, or is not as planned.",
  nothingSent: "Nothing was sent.",
  readBoth: "Read both sides before anything else. Nothing is sent again.",
  gateShut: "The gate stayed shut. Nothing was sent.",
  gateShutAgain: "The gate has shut again. Nothing was sent.",
  lossAtRisk:
    "Loss at risk: the old copy was written after the move, and it is on no other server. Nothing more is dropped.",
  noLink: "Azure does not show the link, so nothing is deleted.",
  notFailedOver: "Azure did not say that it is done.",
  noRight: "Azure refused it for want of a right and began nothing: by T-SQL.",
  linkNotGone: "Azure does not say that the link is gone.",
  otherTenant: "The subscription is in another tenant. Nothing was sent.",
  noTime: "The time of the failover is missing: 2026-11-21T20:00:00, by the instance's own clock.",
  ready: "Ready: both sides hold the same log.",
  notTold: "Its log position is not told: no session writes to it, and nothing more is proved.",
  notWritten: "Nothing was written to it.",
  linkGone: "The link is gone. Go on with the T-SQL files for what follows.",
  refused: "refused it. What was done before stays done.",
  notPlanned: "is not as planned. Nothing was sent.",
  notSaid:
    "did not say that it is done. Read both sides before anything else. Nothing is sent again.",
  nothingRestored: "Nothing was restored.",
  backupProved: "Proved to hold everything:",
  backupTaken: takenUnproved,
  otherBackup: "Another backup than planned was named. Nothing was restored.",
  stopped: "Stopped.",
  requestNotTaken:
    "Azure did not say that it took the request. Look at it in Azure before anything else.",
  noName: "The name of the link was not given. Nothing was sent.",
  otherName: "The name of the link was not typed. Nothing was sent.",
  notDeleted:
    "Azure did not say that the link is deleted. Read Azure and both servers before anything else.",
  warned: "Warning: this was not done, and the rest goes on.",
  stillMoving: "something still commits.",
  behind: "the secondary does not hold the last commit of the primary yet.",
} as const;
