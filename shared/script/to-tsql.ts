// A whole plan as T-SQL files, one for each server, for SSMS, sqlcmd and FreeTDS alike.
import type { Side } from "../estate/estate.ts";
import { actionForm } from "../plan/actions/all.ts";
import { kindOfServer, otherSide } from "../plan/actions/action-form.ts";
import { repointTo, resumeLogBackups } from "../plan/after-failover.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { placeName } from "../plan/where.ts";
import { scriptComment } from "../sql/quote.ts";
import { joinBatches, releaseLockLines, useMaster } from "../sql/script-batch.ts";

export interface ScriptFile {
  readonly fileName: string;
  readonly side: Side;
  /** Server to run it on. */
  readonly server: string;
  /** Begins with a byte order mark, so that every tool reads the names as they are. */
  readonly text: string;
}

const byteOrderMark = "\uFEFF";

/**
 * The scripts in the order in which an operator opens them. They need no variables, no sqlcmd mode and hold no password.
 * `planHash` is the fingerprint that was approved, as hexadecimal digits.
 */
export function toTsqlScripts(plan: Plan, planHash: string): readonly ScriptFile[] {
  return [plan.from, plan.to].map((side) => ({
    fileName: fileNameOf(plan, side),
    side,
    server: plan[side].serverName,
    text: byteOrderMark + joinBatches(batchesOf(plan, planHash, side)),
  }));
}

/** Numbered in the order in which they are opened: the primary's own first. */
function fileNameOf(plan: Plan, side: Side): string {
  const number = side === plan.from ? 1 : 2;
  return `${number}-${side === "box" ? "sql-server" : "managed-instance"}.sql`;
}

function batchesOf(plan: Plan, planHash: string, side: Side): readonly string[] {
  const released = side === plan.from ? [releaseBatch(plan)] : [];
  return [headerOf(plan, planHash, side), useMaster, ...stepBatches(plan, side), ...released];
}

/** Comments alone: a tool that sends the byte order mark on to the server loses nothing but this batch. */
function headerOf(plan: Plan, planHash: string, side: Side): string {
  const here = plan[side].serverName;
  const other = otherSide(side);
  return comments([
    `${plan.environment.toUpperCase()}. MI Link Failover: planned failover of the link ${plan.link.name}.`,
    `Run this file on ${here} (${kindOfServer(side)}, ${plan[side].productVersion}, ${plan[side].edition}).`,
    `Plan ${planHash}`,
    "",
    plan.summary,
    "",
    ...(side === plan.from ? orderOnPrimary(plan, other) : orderOnSecondary(plan, other)),
    "",
    "Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed",
    "nothing; an error 50020 says that the end is not proved: read both sides before anything else.",
    "",
    "Steps of the plan:",
    ...plan.steps.map((step, index) => `${index + 1}. ${step.title} (${placeOf(plan, step)})`),
  ]);
}

function orderOnPrimary(plan: Plan, other: Side): readonly string[] {
  const [there, file] = [plan[other].serverName, fileNameOf(plan, other)];
  return [
    `1. Stop the workload. Run the part 'Before' of ${file} on ${there}; it only reads.`,
    "2. Run this file. It waits at the gate, fails over, and reads this server back.",
    `3. Run the part 'After' of ${file} on ${there}: it proves that ${there} is PRIMARY and writable.`,
    `4. ${repointTo(plan)}`,
    ...(plan.to === "box" ? [`5. ${resumeLogBackups(plan)}`] : []),
  ];
}

function orderOnSecondary(plan: Plan, other: Side): readonly string[] {
  const [there, file] = [plan[other].serverName, fileNameOf(plan, other)];
  return [
    "This file changes nothing. Run it in two parts:",
    `'Before' (step 1) when the workload has stopped, then ${file} on ${there},`,
    "'After' (the last step here) when that has ended.",
  ];
}

/** The steps in the plan's order; parts that must not be passed after a THROW share one batch. */
function stepBatches(plan: Plan, side: Side): readonly string[] {
  const batches: string[] = [];
  let open: string[] = [];
  plan.steps.forEach((step, index) => {
    const heading = comments([
      `Step ${index + 1} of ${plan.steps.length}: ${step.title}`,
      `Done when: ${step.doneWhen}`,
    ]);
    const part = actionForm(step.action, plan).script[side];
    if (part === undefined) {
      const elsewhere = comments([`Nothing to do here: it runs on ${placeOf(plan, step)}.`]);
      open.push(`${heading}\n${elsewhere}`);
      return;
    }
    open.push(`${heading}\n${part.text}`);
    if (part.endsWith === "nextPart") return;
    batches.push(open.join("\n\n"));
    open = [];
  });
  return open.length === 0 ? batches : [...batches, open.join("\n\n")];
}

function releaseBatch(plan: Plan): string {
  return [
    comments(["The end: gives the lock of this session back."]),
    ...releaseLockLines(plan.link.groupIds[plan.from]),
  ].join("\n");
}

function placeOf(plan: Plan, step: Step): string {
  return placeName(plan, step.runsOn);
}

function comments(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "--" : `-- ${scriptComment(line)}`)).join("\n");
}
