// check, plan, script and run of clean-up, hybrid-benefit and repair: the same way for each.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { PlannedAgain, RunRequest } from "../run/start-run.ts";
import { writeScripts } from "../run/write-scripts.ts";
import { runApproved } from "./approved-run.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { exitCodeOfLeft, leftRunLines, leftRunsOf } from "./left-runs.ts";
import { answer, answerProblems } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { checkVerdict, findingLines, planLines } from "./words.ts";

/** Of a plan that stands in the way of itself only the findings are shown. */
export function showTask(context: Context, { findings, approved }: PlannedAgain): ExitCode {
  const { command, out } = context.options;
  if (approved === undefined || command === "check") {
    const verdict = checkVerdict(findings);
    answer(context, { verdict, findings, hash: null }, [verdict, ...findingLines(findings)]);
    return findings.some(({ blocks }) => blocks) ? exitCodes.notReady : exitCodes.done;
  }
  const { plan, hash } = approved;
  if (command === "script") {
    const files = writeScripts(out ?? ".", plan, hash);
    answer(context, { hash, files }, [...files, `Plan ${hash}`]);
    return exitCodes.done;
  }
  const warned = findings.filter(({ level }) => level !== "passed");
  answer(context, { hash, plan, findings }, [
    ...planLines(plan, hash),
    ...(warned.length === 0 ? [] : ["", ...findingLines(warned)]),
  ]);
  return exitCodes.done;
}

export interface TaskRun {
  readonly planning: PlannedAgain & { readonly link: Link };
  readonly planAgain: () => Promise<PlannedAgain>;
}

/**
 * Runs left of the same link are told first, also where nothing is left to plan. `notApproved` answers why it does not begin;
 * asked once nothing of an earlier run can still be going on.
 */
export async function runTask(
  context: Context,
  { planning, planAgain }: TaskRun,
  notApproved: (approved: RunRequest["approved"]) => Promise<Problem | undefined>,
): Promise<ExitCode> {
  if (context.options.dryRun) throw new UsageError("--dry-run goes with a failover alone.");
  const left = await leftRunsOf(context, planning.link);
  if (left.runs.length > 0) {
    answer(context, { leftRuns: left.runs }, leftRunLines(left));
    return exitCodeOfLeft(left.runs);
  }
  const { approved } = planning;
  if (approved === undefined) return showTask(context, planning);
  const problem = await notApproved(approved);
  if (problem !== undefined) return answerProblems(context, [problem], exitCodes.notReady);
  return runApproved(context, approved, { sessions: context.sources, planAgain });
}
