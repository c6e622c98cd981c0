// A step that sends a statement: its connection first, then the last checks, then the begin on disk, then the statement.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { PinnedSession } from "../sql/session.ts";
import type { Aim, JudgeTimes } from "./judge.ts";
import { readBackOf } from "./link-look.ts";
import type { RunTools } from "./run-tools.ts";
import { sendStatement } from "./send-statement.ts";
import { resultOf } from "./sent-result.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

export interface StatementStep {
  readonly step: Step;
  readonly aim: Aim;
  readonly times: JudgeTimes;
  /** Everything that must be so directly before the begin; answers why not, and then nothing is sent. */
  readonly lastCheck: () => Promise<StepResult | undefined>;
  /** The sentence of what happened. */
  readonly done: string;
}

/** Throws AppError `journalNotWritten` when the begin cannot be flushed: then nothing was sent either. */
export async function performStatement(tools: RunTools, what: StatementStep): Promise<StepResult> {
  const { step, aim, times } = what;
  const { statement, runsOn } = step;
  if (statement === undefined || (runsOn !== "box" && runsOn !== "instance")) {
    throw new Error(`Step ${step.id} sends a statement and does not say what or where.`);
  }
  const ready = await readySession(tools, what, runsOn);
  if (ready.kind === "refused") return ready.result;
  const { session } = ready;
  try {
    const { sessionId, loginTime } = session;
    const connection = { side: runsOn, sessionId, loginTime };
    tools.recorder.begin({ kind: "stepBegan", stepId: step.id, statement, connection });
    const beganMs = tools.clock.nowMs();
    const sent = await sendStatement(tools, { step, statement, session, aim, times, beganMs });
    tools.recorder.note({ kind: "readBack", stepId: step.id, sides: readBackOf(sent.look) });
    return resultOf(sent, what.done);
  } finally {
    await session.close();
  }
}

type Ready =
  | { readonly kind: "ready"; readonly session: PinnedSession }
  | { readonly kind: "refused"; readonly result: StepResult };

/** The checks may have waited for hours: a connection that ended meanwhile is opened anew, and everything is checked again. */
async function readySession(tools: RunTools, what: StatementStep, side: Side): Promise<Ready> {
  for (;;) {
    let session: PinnedSession | undefined;
    try {
      session = await tools.openPinned(side);
      const refusal = await what.lastCheck();
      if (refusal === undefined && session.isOpen) return { kind: "ready", session };
      await session.close();
      if (refusal !== undefined) return { kind: "refused", result: refusal };
    } catch (error) {
      await session?.close();
      if (!(error instanceof AppError)) throw error;
      return { kind: "refused", result: nothingSent(error.problem) };
    }
  }
}
