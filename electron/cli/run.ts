// run: the plan that was approved, once nothing of an earlier run can still be going on.
import type { Problem } from "../../shared/errors/app-error.ts";
import { dryRunLines } from "../../shared/run/dry-run.ts";
import { dryRun } from "../run/dry-run.ts";
import { gateReader } from "../run/gate-reader.ts";
import { lookAtLink } from "../run/look-at-link.ts";
import type { RunRequest } from "../run/start-run.ts";
import type { Context, Sessions } from "./context.ts";
import { bothSessions, planRequest } from "./context.ts";
import { runApproved } from "./approved-run.ts";
import { approvalProblem, askApproval } from "./approval.ts";
import { deletesLink, notConfirmed } from "./confirm.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { exitCodeOfLeft, leftRunLines, leftRunsOf } from "./left-runs.ts";
import { planFor, readLinkOfEstate } from "../run/make-plan.ts";
import { remember } from "./memory.ts";
import { answer, answerProblems } from "./output.ts";
import { answerNotReady, makePlan } from "./plan.ts";
import { findingLines } from "./words.ts";

export async function run(context: Context): Promise<ExitCode> {
  const request = planRequest(context);
  const seen = await readLinkOfEstate(context.sources, request, context.clock);
  remember(context, seen.estate);
  const left = await leftRunsOf(context, seen.link);
  if (left.runs.length > 0) {
    answer(context, { leftRuns: left.runs }, leftRunLines(left));
    return exitCodeOfLeft(left.runs);
  }
  const sessions = bothSessions(context);
  if ("problems" in sessions) return answerProblems(context, sessions.problems);
  const planning = planFor(seen, request.environment);
  const { approved } = planning;
  if (approved === undefined) return answerNotReady(context, planning);
  if (context.options.dryRun) return rehearse(context, sessions, approved);
  const problem = await notApproved(context, approved);
  if (problem !== undefined) return answerProblems(context, [problem], exitCodes.notReady);
  return runApproved(context, approved, {
    sessions,
    // In the approved direction: roles that have moved since are said to have moved, and not planned back.
    planAgain: () => makePlan(context, sessions, approved.plan.to),
  });
}

/** A link that is deleted does not come back: its name is typed too. */
async function notApproved(
  context: Context,
  approved: RunRequest["approved"],
): Promise<Problem | undefined> {
  if (!deletesLink(approved.plan)) {
    return approvalProblem(context.options, approved) ?? (await askApproval(context, approved));
  }
  return notConfirmed(context, approved, {
    what: "a run that deletes the link",
    shownBy: "`plan --remove-link`",
    first: [],
    risk: "The link is deleted, and does not come back.",
    purpose: "to remove it",
  });
}

/** Everything but what changes anything; not ready where a run would be refused or the gate stays shut. */
async function rehearse(
  context: Context,
  sessions: Sessions,
  approved: RunRequest["approved"],
): Promise<ExitCode> {
  const { clock } = context;
  const { plan } = approved;
  const found = await dryRun(approved, {
    sessions,
    clock,
    planAgain: () => makePlan(context, sessions, plan.to),
    look: () => lookAtLink(sessions, plan.link, clock),
    readGate: gateReader(plan, sessions, clock),
  });
  answer(context, found, [...findingLines(found.findings), "", ...dryRunLines(found, plan)]);
  const isReady = found.refusal === null && found.gate?.verdict === "open";
  return isReady ? exitCodes.done : exitCodes.notReady;
}
