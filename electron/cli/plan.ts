// plan and script: the plan with its hash, as text, JSON or scripts. Nothing is changed anywhere.
import type { Side } from "../../shared/estate/estate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { Planning } from "../run/make-plan.ts";
import { planFor, readLinkOfEstate } from "../run/make-plan.ts";
import { writeScripts } from "../run/write-scripts.ts";
import type { Context, Sessions } from "./context.ts";
import { bothSessions, planRequest, withAzure } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { remember } from "./memory.ts";
import { answer, answerProblems } from "./output.ts";
import { checkVerdict, findingLines, planLines } from "./words.ts";

export async function plan(context: Context): Promise<ExitCode> {
  return withPlan(context, ({ plan: built, hash }, { findings }) => {
    const warned = findings.filter((finding) => finding.level !== "passed");
    answer(context, { hash, plan: built, findings }, [
      ...planLines(built, hash),
      ...(warned.length === 0 ? [] : ["", ...findingLines(warned)]),
    ]);
  });
}

export async function script(context: Context): Promise<ExitCode> {
  return withPlan(context, ({ plan: built, hash }) => {
    const files = writeScripts(context.options.out ?? ".", built, hash);
    answer(context, { hash, files }, [...files, `Plan ${hash}`]);
  });
}

/** Reads both sides and plans; `to` as in `planRequest`. */
export async function makePlan(context: Context, sessions: Sessions, to?: Side): Promise<Planning> {
  const request = planRequest(context, to);
  const sources = withAzure(context, sessions);
  const seen = await readLinkOfEstate(sources, request, context.clock);
  remember(context, seen.estate);
  return planFor(seen, request.environment);
}

/** Says what stands in the way of a plan. */
export function answerNotReady(context: Context, { findings }: Planning): ExitCode {
  const blocking = findings.filter((finding) => finding.blocks);
  answer(context, { hash: null, findings }, [checkVerdict(findings), ...findingLines(blocking)]);
  return exitCodes.notReady;
}

async function withPlan(
  context: Context,
  act: (approved: { readonly plan: Plan; readonly hash: string }, planning: Planning) => void,
): Promise<ExitCode> {
  const sessions = bothSessions(context);
  if ("problems" in sessions) return answerProblems(context, sessions.problems);
  const planning = await makePlan(context, sessions);
  if (planning.approved === undefined) return answerNotReady(context, planning);
  act(planning.approved, planning);
  return exitCodes.done;
}
