// Sends one statement, watches both sides while it runs, and says from what they show whether it happened.
import type { Step } from "../../shared/plan/plan.ts";
import { lostAnswer } from "../sql/failure.ts";
import type { PinnedSession } from "../sql/session.ts";
import { groupOf, settledByLook } from "./absent-or-hidden.ts";
import type { AwaitedEnd } from "./awaited-end.ts";
import { awaitEnd } from "./awaited-end.ts";
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
    const { end: told, endedAtMs } = statement.now();
    const end = settled(tools, sending, look, told);
    const activity = end.kind === "lost" ? await tools.activity(connectionOf(sending)) : undefined;
    const evidence: Evidence = { picture, end, endedAtMs, nowMs: look.atMs, activity };
    const judgement = judge(evidence, sending.times);
    if (judgement.kind !== "keepLooking") {
      return {
        end: end.kind === "running" ? unanswered(statement, sending) : end,
        judgement,
        look,
      };
    }
    await waitUnless(clock, settings.lookEveryMs, statement.settled);
  }
}

function startStatement(
  tools: RunTools,
  { step, statement, session, beganMs }: Sending,
): AwaitedEnd {
  return awaitEnd(tools, {
    stepId: step.id,
    beganMs,
    async send() {
      await session.execute(statement);
      return { kind: "returned" };
    },
    lost: (detail) => lostAnswer(session.address, detail),
  });
}

/** What was answered, as far as the look tells what it means. */
function settled(
  { plan }: RunTools,
  { step, session }: Sending,
  look: LinkLook,
  end: StatementEnd,
): StatementEnd {
  if (end.kind !== "refused") return end;
  const group = groupOf(step.action, plan);
  return { ...end, problem: settledByLook(end.problem, group, look[session.side]) };
}

/** Both sides show the end while no answer has come: then the answer counts as lost, and the connection is left alone. */
function unanswered(statement: AwaitedEnd, { session }: Sending): StatementEnd {
  const silence = "Both sides show the new roles, and the statement has not answered yet.";
  return statement.giveUp(lostAnswer(session.address, silence));
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
