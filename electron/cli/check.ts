// check: every check with its finding, and one look through the gate.
import { lookThroughGate, planFor, readLinkOfEstate } from "../run/make-plan.ts";
import type { Context } from "./context.ts";
import { bothSessions, planRequest, withAzure } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { remember } from "./memory.ts";
import { answer, answerProblems } from "./output.ts";
import { checkVerdict, findingLines } from "./words.ts";

/** Not ready when a finding stands in the way of a run. */
export async function check(context: Context): Promise<ExitCode> {
  const sessions = bothSessions(context);
  if ("problems" in sessions) return answerProblems(context, sessions.problems);
  const request = planRequest(context);
  const seen = await readLinkOfEstate(withAzure(context, sessions), request, context.clock);
  remember(context, seen.estate);
  const gate = await lookThroughGate(sessions, seen, context.clock);
  const { findings } = planFor(seen, request.environment, gate);
  const verdict = checkVerdict(findings);
  answer(context, { link: seen.link.name, verdict, findings }, [
    verdict,
    ...findingLines(findings),
  ]);
  return findings.some((finding) => finding.blocks) ? exitCodes.notReady : exitCodes.done;
}
