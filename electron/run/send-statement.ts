// Sends one statement, watches both sides while it runs, and says from what they show whether it happened.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import { lostAnswer } from "../sql/failure.ts";
import type { PinnedSession } from "../sql/session.ts";
import type { Aim, Evidence, Judgement, JudgeTimes, StatementEnd } from "./judge.ts";
import { judge, noPicture, pictureAfter } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";

export interface Sending {
  readonly step: Step;
  readonly statement: string;
  readonly session: PinnedSession;
  readonly aim: Aim;
  readonly times: JudgeTimes;
  /** When the step began, ms since 1970. */
  readonly beganMs: number;
}

export interface Sent {
  readonly end: StatementEnd;
  readonly judgement: Exclude<Judgement, { readonly kind: "keepLooking" }>;
  readonly look: LinkLook;
}

/**
 * The begin must be on disk before this is called. The statement is sent exactly once and never cancelled; both sides are read
 * every second, by other connections, until one clear state is seen or the patience after the statement's end is over.
 */
export async function sendStatement(tools: RunTools, sending: Sending): Promise<Sent> {
  const { clock, settings } = tools;
  const statement = startStatement(tools, sending);
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  let picture = noPicture;
  for (;;) {
    const look = await tools.look();
    picture = pictureAfter(picture, look, sending.aim);
    noteLook(tools, sending, look, isWorthNoting);
    const { end, endedAtMs } = statement.now();
    const activity = end.kind === "lost" ? await tools.activity(connectionOf(sending)) : undefined;
    const evidence: Evidence = { picture, end, endedAtMs, nowMs: look.atMs, activity };
    const judgement = judge(evidence, sending.times);
    if (judgement.kind !== "keepLooking") {
      return { end: statement.endAs(judgement), judgement, look };
    }
    await waitUnless(clock, settings.lookEveryMs, statement.settled);
  }
}

interface Statement {
  now(): { readonly end: StatementEnd; readonly endedAtMs: number | null };
  /** Both sides show the end while no answer has come: then the answer counts as lost, and the connection is left alone. */
  endAs(judgement: Judgement): StatementEnd;
  /** Aborted once, when the server has answered: what both sides show then is looked at without waiting out the second. */
  readonly settled: AbortSignal | undefined;
}

function startStatement(tools: RunTools, sending: Sending): Statement {
  const { clock } = tools;
  const settled = new AbortController();
  let end: StatementEnd = { kind: "running" };
  let endedAtMs: number | null = null;
  let isAnnounced = false;
  const finish = (how: StatementEnd) => {
    if (end.kind !== "running") return;
    end = how;
    endedAtMs = clock.nowMs();
    noteStatementEnd(tools, sending, how);
    settled.abort();
  };
  sending.session.execute(sending.statement).then(
    () => {
      finish({ kind: "returned" });
    },
    (error: unknown) => {
      finish(endOf(error, sending));
    },
  );
  return {
    now: () => ({ end, endedAtMs }),
    endAs(judgement) {
      if (judgement.kind === "happened") {
        const silence = "Both sides show the new roles, and the statement has not answered yet.";
        finish({ kind: "lost", problem: lostAnswer(sending.session.address, silence) });
      }
      return end;
    },
    get settled() {
      if (isAnnounced) return undefined;
      isAnnounced = settled.signal.aborted;
      return settled.signal;
    },
  };
}

/** What is not an answer of the server with a number of its own is a lost answer. */
function endOf(error: unknown, sending: Sending): StatementEnd {
  if (error instanceof AppError) {
    const { problem } = error;
    return problem.class === "ambiguous" ? { kind: "lost", problem } : { kind: "refused", problem };
  }
  const detail = error instanceof Error ? error.message : "";
  return { kind: "lost", problem: lostAnswer(sending.session.address, detail) };
}

function noteStatementEnd(tools: RunTools, sending: Sending, end: StatementEnd): void {
  const stepId = sending.step.id;
  const elapsedMs = tools.clock.nowMs() - sending.beganMs;
  switch (end.kind) {
    case "running":
      return;
    case "returned":
      tools.recorder.note({ kind: "statementReturned", stepId, elapsedMs });
      return;
    case "refused":
      tools.recorder.note({ kind: "statementFailed", stepId, problem: end.problem });
      return;
    case "lost":
      tools.recorder.note({ kind: "answerLost", stepId, problem: end.problem });
  }
}

function noteLook(
  tools: RunTools,
  sending: Sending,
  look: LinkLook,
  isWorthNoting: (words: string) => boolean,
): void {
  const seen = seenWords(look);
  if (!isWorthNoting(JSON.stringify(seen))) return;
  const elapsedMs = tools.clock.nowMs() - sending.beganMs;
  tools.recorder.note({ kind: "stepProgress", stepId: sending.step.id, seen, elapsedMs });
}

function connectionOf({ session }: Sending) {
  return { side: session.side, sessionId: session.sessionId, loginTime: session.loginTime };
}
