// One request to Azure and the operation behind it: sent once, written down before it is waited for, then asked how it stands.
import { AppError } from "../../shared/errors/app-error.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { AzureLink } from "./azure-link.ts";
import type { Judgement, StatementEnd } from "./judge.ts";
import { waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";

export interface Operation {
  now(): { readonly end: StatementEnd; readonly endedAtMs: number | null };
  /** Both sides show the end while Azure still works on it: then its answer counts as lost. */
  endAs(judgement: Judgement): StatementEnd;
  /** Aborted once, when Azure has said how it ended; undefined after it was announced. */
  readonly settled: AbortSignal | undefined;
}

interface Asked {
  readonly azure: AzureLink;
  readonly request: AzureRequest;
  readonly beganMs: number;
}

/** Asked no more often than this where Azure names no time. */
const usualPollSeconds = 5;

export function startOperation(tools: RunTools, step: Step, asked: Asked): Operation {
  const { clock } = tools;
  const settled = new AbortController();
  let end: StatementEnd = { kind: "running" };
  let endedAtMs: number | null = null;
  let isAnnounced = false;
  const finish = (how: StatementEnd) => {
    if (end.kind !== "running") return;
    end = how;
    endedAtMs = clock.nowMs();
    noteEnd(tools, step, how, endedAtMs - asked.beganMs);
    settled.abort();
  };
  askAzure(tools, step, asked, settled.signal).then(finish, (error: unknown) => {
    finish(endOf(error));
  });
  return {
    now: () => ({ end, endedAtMs }),
    endAs(judgement) {
      // Nobody waits for it any more, however the judgement came about.
      if (judgement.kind === "happened" || judgement.kind === "cannotSay") {
        finish({ kind: "lost", problem: stillWorking });
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

/** Sends once and asks until it has an end. Rejects with AppError of the sending. */
async function askAzure(
  tools: RunTools,
  step: Step,
  { azure, request }: Asked,
  over: AbortSignal,
): Promise<StatementEnd> {
  const answer = await azure.send(request);
  if (answer.kind === "done") return { kind: "returned" };
  const { operation } = answer;
  tools.recorder.note({ kind: "operationAccepted", stepId: step.id, operation });
  return untilEnded(tools, azure, { operation, first: answer.retryAfterSeconds, over });
}

interface Waiting {
  readonly operation: OperationState;
  /** Seconds that Azure asked for before the first question. */
  readonly first: number | null;
  readonly over: AbortSignal;
}

/** An operation that cannot be asked about for a while is asked again: it goes on without us. */
async function untilEnded(
  tools: RunTools,
  azure: AzureLink,
  { operation, first, over }: Waiting,
): Promise<StatementEnd> {
  let waitSeconds = first ?? usualPollSeconds;
  for (;;) {
    await waitUnless(tools.clock, waitSeconds * 1000, over);
    if (over.aborted) return { kind: "lost", problem: stillWorking };
    try {
      const progress = await azure.poll(operation);
      switch (progress.kind) {
        case "succeeded":
          return { kind: "returned" };
        case "failed":
          return { kind: "refused", problem: progress.problem };
        case "gone":
          return { kind: "lost", problem: progress.problem };
        case "running":
          waitSeconds = progress.retryAfterSeconds ?? usualPollSeconds;
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      waitSeconds = usualPollSeconds;
    }
  }
}

function endOf(error: unknown): StatementEnd {
  if (!(error instanceof AppError)) {
    const detail = error instanceof Error ? error.message : "";
    return { kind: "lost", problem: { ...stillWorking, detail } };
  }
  const { problem } = error;
  return problem.class === "ambiguous" ? { kind: "lost", problem } : { kind: "refused", problem };
}

function noteEnd(tools: RunTools, step: Step, end: StatementEnd, elapsedMs: number): void {
  const stepId = step.id;
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

const stillWorking = {
  code: "operationNotEnded",
  class: "ambiguous",
  summary: "Azure has not said how the operation ended.",
  remedy: "Look at the link in Azure and at both sides before anything else.",
} as const;
