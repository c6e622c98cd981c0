// readiness: every check of a failover, and what no link carries, in groups; exported as Markdown with a script of the logins.
import type { Readiness } from "../../shared/readiness/contract.ts";
import { readinessFileName } from "../../shared/readiness/contract.ts";
import { findingsOf } from "../../shared/readiness/assess.ts";
import { assessReadiness } from "../run/assess-readiness.ts";
import { writeExport } from "../store/write-export.ts";
import type { Context } from "./context.ts";
import { bothSessions, planRequest, withAzure } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { remember } from "./memory.ts";
import { answer, answerProblems } from "./output.ts";
import { findingLines } from "./words.ts";

/** Not ready when a finding stands in the way of a run; warnings alone are done. */
export async function readiness(context: Context): Promise<ExitCode> {
  const sessions = bothSessions(context);
  if ("problems" in sessions) return answerProblems(context, sessions.problems);
  const { seen, ...found } = await assessReadiness(
    withAzure(context, sessions),
    planRequest(context),
    context.clock,
  );
  remember(context, seen.estate);
  const { assessment, loginScript } = found;
  const files = exported(context.options.exportTo, found);
  answer(context, { ...assessment, loginScript, files }, [
    assessment.verdict.sentence,
    ...assessment.groups.flatMap(({ title, findings }) => ["", title, ...findingLines(findings)]),
    ...(files.length > 0 || loginScript === null
      ? []
      : ["", `--export FOLDER writes ${loginScript.fileName}, which creates the missing logins.`]),
    ...(files.length === 0 ? [] : ["", ...files]),
  ]);
  return findingsOf(assessment).some(({ blocks }) => blocks) ? exitCodes.notReady : exitCodes.done;
}

function exported(
  folder: string | undefined,
  { report, loginScript }: Readiness,
): readonly string[] {
  if (folder === undefined) return [];
  const files = [
    { fileName: readinessFileName, text: report },
    ...(loginScript === null ? [] : [loginScript]),
  ];
  return writeExport(folder, files, {
    code: "exportNotWritten",
    what: "files",
    option: "--export",
  });
}
