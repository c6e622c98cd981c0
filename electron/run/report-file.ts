// Writes the report of a run beside its journal, from the journal's own events.
import { buildReport } from "../../shared/report/build.ts";
import type { Report } from "../../shared/report/build.ts";
import { reportToMarkdown } from "../../shared/report/to-markdown.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { foldEvents } from "../../shared/run/state.ts";
import type { RunFolder } from "../store/run-folder.ts";
import { writeRunFile } from "../store/run-folder.ts";

/** Answers the report that was written; undefined for a journal that began no run. */
export function writeReport(files: RunFolder, events: readonly RunEvent[]): Report | undefined {
  const report = buildReport(foldEvents(events));
  if (report !== undefined) writeRunFile(files.reportFile, reportToMarkdown(report));
  return report;
}
