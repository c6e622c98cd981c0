// One request to Azure and the operation behind it: sent once, written down before it is waited for, then asked how it stands.
import { AppError } from "../../shared/errors/app-error.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { AzureLink } from "./azure-link.ts";
import type { AwaitedEnd } from "./awaited-end.ts";
import { awaitEnd } from "./awaited-end.ts";
import type { StatementEnd } from "./judge.ts";
import { waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";

interface Asked {
  readonly azure: AzureLink;
  readonly request: AzureRequest;
  readonly beganMs: number;
}

/** Asked no more often than this where Azure names no time. */
const usualPollSeconds = 5;

export function startOperation(tools: RunTools, step: Step, asked: Asked): AwaitedEnd {
  return awaitEnd(tools, {
    stepId: step.id,
    beganMs: asked.beganMs,
    send: (over) => askAzure(tools, step, asked, over),
    lost: (detail) => ({ ...stillWorking, detail }),
  });
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

export const stillWorking = {
  code: "operationNotEnded",
  class: "ambiguous",
  summary: "Azure has not said how the operation ended.",
  remedy: "Look at the link in Azure and at both sides before anything else.",
} as const;
