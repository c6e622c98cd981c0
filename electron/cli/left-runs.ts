// Runs that were left without a known end: looked at when a command meets their link, and told.
import type { Estate } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LeftRun, LeftRuns } from "../run/conclude-runs.ts";
import { concludeLeftRuns, goneLinks } from "../run/conclude-left-runs.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodeOfRun, exitCodes } from "./exit-code.ts";
import { problemLines } from "./words.ts";

/** Reads both sides as often as it takes; sends nothing. */
export function leftRunsOf(context: Context, link: Link): Promise<LeftRuns> {
  const { sources, clock, azure } = context;
  const asked = azure === undefined ? {} : { azure: () => azure.linkOperations() };
  return concludeLeftRuns({ sources, clock, dataFolder: folderOf(context), ...asked }, link);
}

/** Of runs whose link is gone from both sides. */
export function leftGoneLinks(
  context: Context,
  estate: Estate,
  found: readonly Link[],
): readonly Link[] {
  return goneLinks(folderOf(context), estate, found);
}

function folderOf({ options }: Context): string {
  return openDataFolder(options.dataDir, thisMachine());
}

export function leftRunLines({ runs, damaged }: LeftRuns): readonly string[] {
  return [...runs.flatMap(runLines), ...damaged.flatMap(problemLines)];
}

/** The gravest of them: not known before in flight, in flight before failed. */
export function exitCodeOfLeft(runs: readonly LeftRun[]): ExitCode {
  const codes = runs.map(exitCodeOf);
  const gravest = [exitCodes.unknown, exitCodes.notReady, exitCodes.failed];
  return gravest.find((code) => codes.includes(code)) ?? exitCodes.done;
}

function exitCodeOf(run: LeftRun): ExitCode {
  if (run.kind === "inFlight") return exitCodes.notReady;
  return run.finding.ended === undefined
    ? exitCodes.unknown
    : exitCodeOfRun(run.finding.ended.outcome);
}

function runLines(run: LeftRun): readonly string[] {
  if (run.kind === "inFlight") return [visibleText(run.because)];
  const { lookedAt, ended, stillToDo } = run.finding;
  return [
    visibleText(lookedAt.summary),
    ...lookedAt.seen.map((one) => `  ${visibleText(one.what)}`),
    ...(ended === undefined
      ? ["  No new run is started before this is known. Look again with status."]
      : []),
    ...stillToDo.map((one) => `  Still to do: ${visibleText(one)}`),
    `  Report: ${run.files.reportFile}`,
  ];
}
