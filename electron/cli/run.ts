// run: the plan that was approved, once nothing of an earlier run can still be going on.
import type { Plan } from "../../shared/plan/plan.ts";
import { dryRunLines } from "../../shared/run/dry-run.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { azureFor } from "../run/azure-link.ts";
import { dryRun } from "../run/dry-run.ts";
import { gateReader } from "../run/gate-reader.ts";
import { lookAtLink } from "../run/look-at-link.ts";
import { prepareRunFolder } from "../run/prepare-run-folder.ts";
import { writeReport } from "../run/report-file.ts";
import type { RunAnswer, RunRequest } from "../run/start-run.ts";
import { startRun } from "../run/start-run.ts";
import { whoRuns } from "../run/who-runs.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Context, Sessions } from "./context.ts";
import { bothSessions, planRequest } from "./context.ts";
import { approvalProblem, askApproval } from "./approval.ts";
import { eventLine } from "./event-lines.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodeOfRun, exitCodes } from "./exit-code.ts";
import { exitCodeOfLeft, leftRunLines, leftRunsOf } from "./left-runs.ts";
import { planFor, readLinkOfEstate } from "../run/make-plan.ts";
import { answer, answerProblems } from "./output.ts";
import { answerNotReady, makePlan } from "./plan.ts";
import { stopOnInterrupt } from "./stop.ts";
import { findingLines } from "./words.ts";

export async function run(context: Context): Promise<ExitCode> {
  const request = planRequest(context);
  const seen = await readLinkOfEstate(context.sources, request, context.clock);
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
  const problem =
    approvalProblem(context.options, approved) ?? (await askApproval(context, approved));
  if (problem !== undefined) return answerProblems(context, [problem], exitCodes.notReady);
  return runApproved(context, sessions, approved);
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

async function runApproved(
  context: Context,
  sessions: Sessions,
  approved: RunRequest["approved"],
): Promise<ExitCode> {
  const { azure, connector, logins, clock, settings } = context;
  const folder = openDataFolder(context.options.dataDir, thisMachine());
  const stopping = stopOnInterrupt(context, approved.plan);
  try {
    const ended = await startRun(
      {
        approved,
        by: whoRuns({ box: logins.box.login, instance: logins.instance.login }),
      },
      {
        sessions,
        openPinned: (side) => connector.connectPinned(logins[side]),
        azure:
          azure === undefined
            ? undefined
            : await azureFor(approved.plan, () => azure.linkOperations()),
        clock,
        settings,
        // In the approved direction: roles that have moved since are said to have moved, and not planned back.
        planAgain: () => makePlan(context, sessions, approved.plan.to),
        makeFolder: () => prepareRunFolder(folder, clock.nowMs(), approved),
        onEvent(event) {
          stopping.follow(event);
          tellEvent(context, event, approved.plan);
        },
        stop: stopping.stop,
      },
    );
    return answerRun(context, ended);
  } finally {
    stopping.end();
  }
}

export function answerRun(context: Context, ended: RunAnswer): ExitCode {
  if (ended.kind === "refused") {
    return answerProblems(context, [ended.problem], exitCodes.notReady);
  }
  const { end, files, events } = ended;
  const report = writeReport(files, events);
  const toDo = report?.toDo ?? [];
  answer(context, { ...end, runId: files.runId, files, proved: report?.proved ?? [], toDo }, [
    end.summary,
    ...(report?.proved ?? []).map((one) => `  Read back: ${one}`),
    ...toDo.map((one) => `  Still to do: ${one}`),
    `  Report:  ${files.reportFile}`,
    `  Scripts: ${files.scriptFolder}`,
    `  Journal: ${files.journalFile}`,
  ]);
  return exitCodeOfRun(end.outcome);
}

export function tellEvent({ options, terminal }: Context, event: RunEvent, plan: Plan): void {
  const line = options.json ? JSON.stringify(event) : eventLine(event, plan);
  if (line !== undefined) terminal.tell(line);
}
