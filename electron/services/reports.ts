// The report of a run as text, from its journal or, for the run of this process, from its events.
import { AppError } from "../../shared/errors/app-error.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import { buildReport } from "../../shared/report/build.ts";
import type { Report } from "../../shared/report/build.ts";
import { reportToHtml } from "../../shared/report/to-html.ts";
import { reportToMarkdown } from "../../shared/report/to-markdown.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { readJournal } from "../run/read-journal.ts";
import { readLater } from "../store/later-readings.ts";
import { isRunId, runFolder } from "../store/run-folder.ts";

export interface ReportsOptions {
  readonly dataFolder: () => string;
  /** What this process knows of a run itself; it may be more than what could be written. */
  readonly eventsOf: (runId: string) => readonly RunEvent[] | undefined;
}

/** Throws AppError `noSuchRun` or `journalDamaged`. */
export function reportText(
  { runId, format }: RequestInput<"report.text">,
  options: ReportsOptions,
): RequestOutput<"report.text"> {
  const report = reportOf(runId, options);
  return { text: format === "html" ? reportToHtml(report) : reportToMarkdown(report) };
}

/** With what was read by hand since. Throws AppError `noSuchRun` or `journalDamaged`. */
export function reportOf(runId: string, options: ReportsOptions): Report {
  const report = buildReport(foldEvents(options.eventsOf(runId) ?? eventsOnDisk(runId, options)));
  if (report === undefined) throw noSuchRun();
  const later = isRunId(runId) ? readLater(options.dataFolder(), runId) : [];
  return later.length === 0 ? report : { ...report, later };
}

function eventsOnDisk(runId: string, { dataFolder }: ReportsOptions): readonly RunEvent[] {
  if (!isRunId(runId)) throw noSuchRun();
  try {
    return readJournal(runFolder(dataFolder(), runId).journalFile).events;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw noSuchRun(error);
  }
}

function noSuchRun(cause?: unknown): AppError {
  return new AppError(
    {
      code: "noSuchRun",
      class: "block",
      summary: "There is no run of that name on this computer.",
      remedy: "Look in the folder of the runs for its journal.",
    },
    cause,
  );
}
