// The end of what was sent once, a statement or a request: awaited, written down when it is known, and announced once.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { StatementEnd } from "./judge.ts";
import type { RunTools } from "./run-tools.ts";

export interface AwaitedEnd {
  now(): { readonly end: StatementEnd; readonly endedAtMs: number | null };
  /** Nobody waits for its answer any more: while there is none it counts as lost. */
  giveUp(problem: Problem): StatementEnd;
  /** Aborted once, when the end is known; undefined after it was announced. */
  readonly settled: AbortSignal | undefined;
}

export interface SentOnce {
  readonly stepId: string;
  /** When the step began, ms since 1970. */
  readonly beganMs: number;
  /** Sends it. `over` aborts when the end is known from elsewhere. Rejects with what was answered in its place. */
  readonly send: (over: AbortSignal) => Promise<StatementEnd>;
  /** What an error that is no answer means. */
  readonly lost: (detail: string) => Problem;
}

export function awaitEnd(tools: RunTools, sent: SentOnce): AwaitedEnd {
  const { clock } = tools;
  const settled = new AbortController();
  let end: StatementEnd = { kind: "running" };
  let endedAtMs: number | null = null;
  let isAnnounced = false;
  const finish = (how: StatementEnd) => {
    if (end.kind !== "running") return;
    end = how;
    endedAtMs = clock.nowMs();
    noteEnd(tools, sent, how, endedAtMs);
    settled.abort();
  };
  sent.send(settled.signal).then(finish, (error: unknown) => {
    finish(endOf(error, sent));
  });
  return {
    now: () => ({ end, endedAtMs }),
    giveUp(problem) {
      finish({ kind: "lost", problem });
      return end;
    },
    get settled() {
      if (isAnnounced) return undefined;
      isAnnounced = settled.signal.aborted;
      return settled.signal;
    },
  };
}

/**
 * What is not an answer in so many words is a lost answer. An error number of the engine is an answer, whatever it says, and so
 * is Azure's word that it could not set the role.
 */
function endOf(error: unknown, { lost }: SentOnce): StatementEnd {
  if (error instanceof AppError) {
    const { problem } = error;
    const isOfEngine = problem.sqlNumber !== undefined && problem.code !== "connectionLost";
    const isAnswer = isOfEngine || problem.code === "armSetRoleFailed";
    return problem.class === "ambiguous" && !isAnswer
      ? { kind: "lost", problem }
      : { kind: "refused", problem };
  }
  return { kind: "lost", problem: lost(error instanceof Error ? error.message : "") };
}

function noteEnd(
  { recorder }: RunTools,
  { stepId, beganMs }: SentOnce,
  end: StatementEnd,
  atMs: number,
): void {
  switch (end.kind) {
    case "running":
      return;
    case "returned":
      recorder.note({ kind: "statementReturned", stepId, elapsedMs: atMs - beganMs });
      return;
    case "refused":
      recorder.note({ kind: "statementFailed", stepId, problem: end.problem });
      return;
    case "lost":
      recorder.note({ kind: "answerLost", stepId, problem: end.problem });
  }
}
