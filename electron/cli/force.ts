// check, plan, script and run of a forced failover: the secondary is watched first, and nothing is forced without the link's name.
import type { Problem } from "../../shared/errors/app-error.ts";
import { isLinkNameTyped, linkNameNotTyped } from "../../shared/forced/confirmed.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { ForcedPlanning, ForcedRequest } from "../run/make-forced-plan.ts";
import { planForced, watchTarget } from "../run/make-forced-plan.ts";
import { targetReader } from "../run/target-reader.ts";
import { writeScripts } from "../run/write-scripts.ts";
import { runApproved } from "./approved-run.ts";
import { approvalProblem } from "./approval.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import type { ForcedOptions } from "./forced-options.ts";
import { exitCodeOfLeft, leftRunLines, leftRunsOf } from "./left-runs.ts";
import { answer, answerProblems } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { checkVerdict, findingLines, planLines } from "./words.ts";

type Approved = NonNullable<ForcedPlanning["approved"]>;

export async function force(context: Context, forced: ForcedOptions): Promise<ExitCode> {
  const { command } = context.options;
  if (command === "status" || command === "rows") {
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
    const warned = findings.filter((finding) => finding.level !== "passed");
    answer(context, { hash, plan, findings }, [
      ...lossLines(plan),
      ...planLines(plan, hash),
      ...(warned.length === 0 ? [] : ["", ...findingLines(warned)]),
    ]);
    return exitCodes.done;
  }
  return runForced(context, forced, planning, approved);
}

function requestOf({ options }: Context, forced: ForcedOptions): ForcedRequest {
  const { to, despite, reason } = forced;
  return {
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
function lossLines({ loss }: Plan): readonly string[] {
  return loss === null ? [] : ["DATA CAN BE LOST.", ...loss.map((one) => visibleText(one)), ""];
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
  const problem = await notConfirmed(context, forced, approved);
  if (problem !== undefined) return answerProblems(context, [problem], exitCodes.notReady);
  return runApproved(context, approved, {
    sessions: context.sources,
    planAgain: () => planForced(context.sources, requestOf(context, forced), context.clock),
  });
}

/** The hash and the link's name on the command line, or the name typed on the terminal. Throws UsageError where there is none. */
async function notConfirmed(
  { options, terminal }: Context,
  { typedLinkName }: ForcedOptions,
  approved: Approved,
): Promise<Problem | undefined> {
  const { plan, hash } = approved;
  const otherPlan = approvalProblem(options, approved);
  if (otherPlan !== undefined) return otherPlan;
  let typed = typedLinkName;
  if (options.approve === undefined || typed === undefined) {
    if (!terminal.isInteractive) {
      throw new UsageError(
        "Without a terminal, a forced run needs --approve HASH and --link-name NAME; `plan --force` shows both.",
      );
    }
    terminal.tell([...lossLines(plan), ...planLines(plan, hash)].join("\n"));
    typed = await terminal.ask(
      `\nData can be lost. Type the name of the link, ${visibleText(plan.link.name)}, to force it: `,
    );
  }
  const { name } = plan.link;
  return isLinkNameTyped(name, typed) ? undefined : linkNameNotTyped(name);
}
