// Waits until nobody has written on the old primary for a while; reads only, and can be stopped.
import { AppError } from "../../shared/errors/app-error.ts";
import type { WritingSession } from "../../shared/estate/estate.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import type { Seen } from "../../shared/run/events.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { notAsPlanned } from "./as-planned.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type WaitForNoWriters = Extract<Action, { readonly kind: "waitForNoWriters" }>;

/** Often enough that a transaction of a second is seen. */
export const writersEveryMs = 500;

/** On a slow way the time alone is no proof: between few readings every writer can pass unseen. */
const leastQuietReadings = 10;

/** Nobody was seen to write since then, in so many readings. */
interface Quiet {
  readonly sinceMs: number;
  readonly readings: number;
}

function isProved(quiet: Quiet | undefined, nowMs: number, seconds: number): boolean {
  if (quiet === undefined) return false;
  return quiet.readings >= leastQuietReadings && nowMs - quiet.sinceMs >= seconds * 1000;
}

/** A reading that fails begins the time anew: what was not seen is not quiet. */
export async function waitForNoWriters(
  tools: RunTools,
  step: Step,
  { side, databases, seconds }: WaitForNoWriters,
): Promise<StepResult> {
  const { clock, recorder, settings, stop, plan } = tools;
  const { serverName } = plan[side];
  const beganMs = clock.nowMs();
  recorder.begin({ kind: "stepBegan", stepId: step.id });
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  let quiet: Quiet | undefined;
  for (;;) {
    if (stop.aborted) return { outcome: "stopped", summary: "Nothing was sent.", seen: [] };
    const problem = notAsPlanned(plan, step.rolesBefore, await tools.look());
    if (problem?.code === "planNoLongerFits") return nothingSent(problem);
    const asked = problem === undefined ? await writersNow(tools, side) : { because: problem };
    const writers = "writers" in asked ? asked.writers : undefined;
    const { sinceMs = clock.nowMs(), readings = 0 } = quiet ?? {};
    quiet = writers?.length === 0 ? { sinceMs, readings: readings + 1 } : undefined;
    const seen: readonly Seen[] = [{ where: side, what: words(serverName, asked) }];
    if (isProved(quiet, clock.nowMs(), seconds)) {
      const summary = `No session has written to ${listOf(databases)} on ${serverName} for ${String(seconds)} s.`;
      return { outcome: "succeeded", summary, seen };
    }
    if (isWorthNoting(JSON.stringify(seen))) {
      const elapsedMs = clock.nowMs() - beganMs;
      recorder.note({ kind: "stepProgress", stepId: step.id, seen, elapsedMs });
    }
    await waitUnless(clock, writersEveryMs, stop);
  }
}

type Asked =
  | { readonly writers: readonly WritingSession[] }
  | { readonly because: { readonly summary: string } };

/** System transactions are shown elsewhere and do not count (design, *Writing session*). */
export async function writersNow(tools: RunTools, side: "box" | "instance"): Promise<Asked> {
  try {
    const { writers } = await tools.readOldCopy(side);
    return { writers: writers.filter(({ origin }) => origin !== "system") };
  } catch (error) {
    if (error instanceof AppError) return { because: error.problem };
    throw error;
  }
}

function words(serverName: string, asked: Asked): string {
  if ("because" in asked) return visibleText(`${serverName}: ${asked.because.summary}`);
  const { writers } = asked;
  if (writers.length === 0) return `Nobody writes on ${serverName}`;
  const names = writers.map(({ session, transactionId }) =>
    session === undefined
      ? `transaction ${transactionId} without a session`
      : `session ${String(session.sessionId)} (${session.login})`,
  );
  return visibleText(`Still writing on ${serverName}: ${listOf([...new Set(names)])}`);
}
