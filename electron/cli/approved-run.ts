// A run that was approved, planned or forced: started, told event by event, and answered with what is proved and left to do.
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { azureFor } from "../run/azure-link.ts";
import { prepareRunFolder } from "../run/prepare-run-folder.ts";
import { writeReport } from "../run/report-file.ts";
import type { RunAnswer, RunRequest, RunSurroundings } from "../run/start-run.ts";
import { startRun } from "../run/start-run.ts";
import { whoRuns } from "../run/who-runs.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Context } from "./context.ts";
import { eventLine } from "./event-lines.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodeOfRun, exitCodes } from "./exit-code.ts";
import { answer, answerProblems } from "./output.ts";
import { stopOnInterrupt } from "./stop.ts";

export async function runApproved(
  context: Context,
  approved: RunRequest["approved"],
  around: Pick<RunSurroundings, "sessions" | "planAgain">,
): Promise<ExitCode> {
  const { azure, connector, logins, clock, settings } = context;
  const folder = openDataFolder(context.options.dataDir, thisMachine());
  const stopping = stopOnInterrupt(context, approved.plan);
  try {
    const ended = await startRun(
      { approved, by: whoRuns({ box: logins.box.login, instance: logins.instance.login }) },
      {
        ...around,
        openPinned: (side) => connector.connectPinned(logins[side]),
        azure: azure && (await azureFor(approved.plan, () => azure.linkOperations())),
        clock,
        settings,
        makeFolder: () => prepareRunFolder(folder, clock.nowMs(), approved),
        onEvent(event) {
          stopping.follow(event);
          tell(context, event, approved.plan);
        },
        stop: stopping.stop,
      },
    );
    return answerRun(context, ended);
  } finally {
    stopping.end();
  }
}

function answerRun(context: Context, ended: RunAnswer): ExitCode {
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

function tell({ options, terminal }: Context, event: RunEvent, plan: Plan): void {
  const line = options.json ? JSON.stringify(event) : eventLine(event, plan);
  if (line !== undefined) terminal.tell(line);
}
