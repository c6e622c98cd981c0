// check, plan, script and run of a forced failover: the secondary is watched first, and nothing is forced without the link's name.
import type { Finding } from "../../shared/checks/finding.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { ForcedPlanning, ForcedRequest } from "../run/make-forced-plan.ts";
import { planForced, watchTarget } from "../run/make-forced-plan.ts";
import { targetReader } from "../run/target-reader.ts";
import { writeScripts } from "../run/write-scripts.ts";
import { runApproved } from "./approved-run.ts";
import { notConfirmed } from "./confirm.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import type { ForcedOptions } from "./forced-options.ts";
import { exitCodeOfLeft, leftRunLines, leftRunsOf } from "./left-runs.ts";
import { recall } from "./memory.ts";
import { answer, answerProblems } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { checkVerdict, findingLines, planLines } from "./words.ts";

type Approved = NonNullable<ForcedPlanning["approved"]>;

export async function force(context: Context, forced: ForcedOptions): Promise<ExitCode> {
  const { command } = context.options;
  if (command === "status" || command === "rows" || command === "readiness") {
    throw new UsageError("--force goes with check, plan, script and run.");
  }
  const request = requestOf(context, forced);
  const planning = await planWatched(context, request);
  const { findings, approved } = planning;
  if (approved === undefined || command === "check") return answerChecks(context, planning);
  const { plan, hash } = approved;
  if (command === "script") {
    const files = writeScripts(context.options.out ?? ".", plan, hash);
    answer(context, { hash, files }, [...files, `Plan ${hash}`]);
    return exitCodes.done;
  }
  if (command === "plan") {
    const warned = findings.filter(({ level, check }) => level !== "passed" && check !== "memory");
    answer(context, { hash, plan, findings }, [
      ...lossLines(plan, findings),
      ...planLines(plan, hash),
      ...(warned.length === 0 ? [] : ["", ...findingLines(warned)]),
    ]);
    return exitCodes.done;
  }
  return runForced(context, forced, planning, approved);
}

function requestOf(context: Context, forced: ForcedOptions): ForcedRequest {
  const { options } = context;
  const { to, despite, reason } = forced;
  return {
    recall: (groupId) => recall(context, groupId),
    linkName: options.linkName,
    environment: options.environment,
    choices: {
      kind: "forcedFailover",
      to,
      failoverBy: to === "instance" ? options.failoverBy : "tsql",
      despite,
      reason,
    },
  };
}

async function planWatched(context: Context, request: ForcedRequest): Promise<ForcedPlanning> {
  const { sources, clock, terminal } = context;
  const { to } = request.choices;
  const first = await planForced(sources, request, clock);
  const source = sources[to];
  if ("unreachable" in source) return first;
  terminal.tell(`${visibleText(source.address)} is watched: does its log still arrive?`);
  const read = targetReader({ to, link: first.link }, sources, clock);
  return planForced(sources, request, clock, await watchTarget(read, clock));
}

function answerChecks(context: Context, { findings, link }: ForcedPlanning): ExitCode {
  const verdict = checkVerdict(findings);
  answer(context, { link: link.name, verdict, findings, hash: null }, [
    verdict,
    ...findingLines(findings),
  ]);
  return findings.some(({ blocks }) => blocks) ? exitCodes.notReady : exitCodes.done;
}

/** First of all, in words that nobody can overlook. */
function lossLines({ loss }: Plan, findings: readonly Finding[]): readonly string[] {
  if (loss === null) return [];
  const age = findings.filter(({ check }) => check === "memory").map(({ summary }) => summary);
  return ["DATA CAN BE LOST.", ...[...loss, ...age].map((one) => visibleText(one)), ""];
}

async function runForced(
  context: Context,
  forced: ForcedOptions,
  planning: ForcedPlanning,
  approved: Approved,
): Promise<ExitCode> {
  const left = await leftRunsOf(context, planning.link);
  if (left.runs.length > 0) {
    answer(context, { leftRuns: left.runs }, leftRunLines(left));
    return exitCodeOfLeft(left.runs);
  }
  const problem = await notConfirmed(context, approved, {
    what: "a forced run",
    shownBy: "`plan --force`",
    first: lossLines(approved.plan, planning.findings),
    risk: "Data can be lost.",
    purpose: "to force it",
  });
  if (problem !== undefined) return answerProblems(context, [problem], exitCodes.notReady);
  return runApproved(context, approved, {
    sessions: context.sources,
    planAgain: () => planForced(context.sources, requestOf(context, forced), context.clock),
  });
}
