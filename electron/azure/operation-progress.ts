// What the answer of a poll address says about an operation.
import { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { problemFromArmError, problemFromArmOperation } from "../../shared/errors/azure-errors.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { ArmAnswer } from "./arm-answer.ts";
import { refusalIn, retryAfterSeconds } from "./arm-answer.ts";
import type { Subject } from "./arm-pipeline.ts";
import { understood } from "./arm-pipeline.ts";

export type OperationProgress =
  | { readonly kind: "running"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "succeeded" }
  /** Something may have been done all the same. */
  | { readonly kind: "failed"; readonly problem: Problem }
  /**
   * Azure tells its end to nobody any more (404), or not to this account (403): it may be running, done or failed, and the
   * link has to be looked at.
   */
  | { readonly kind: "gone"; readonly problem: Problem };

/** "Track asynchronous Azure operations": everything that is no end is on its way. */
const operationBody = z.object({
  status: z.string(),
  error: z.object({ code: z.string().optional(), message: z.string().optional() }).nullish(),
});

/** Throws AppError where the answer says nothing about the operation: it may be asked again. */
export function progressOf(
  tells: OperationState["tells"],
  answer: ArmAnswer,
  subject: Subject,
): OperationProgress {
  if (answer.status >= 400) return ofRefusal(tells, answer, subject);
  return tells === "asyncOperation" ? ofBody(answer, subject) : ofStatus(answer);
}

function ofStatus(answer: ArmAnswer): OperationProgress {
  return answer.status === 202 ? running(answer) : { kind: "succeeded" };
}

function ofBody(answer: ArmAnswer, subject: Subject): OperationProgress {
  const { status, error } = understood(operationBody, answer, subject);
  switch (status.toLowerCase()) {
    case "succeeded":
      return { kind: "succeeded" };
    case "failed":
    case "canceled":
    case "cancelled": {
      const { requestId } = refusalIn(answer);
      const text = error?.message ?? `The operation ended with the status ${status}.`;
      const ended = { code: error?.code, text, requestId };
      return { kind: "failed", problem: problemFromArmOperation(ended, subject.what) };
    }
    default:
      return running(answer);
  }
}

function running({ header }: ArmAnswer): OperationProgress {
  return { kind: "running", retryAfterSeconds: retryAfterSeconds(header) ?? null };
}

/**
 * Location answers with the operation's own error, so the question's has to be told apart from it: no token, too many, a
 * service that is not there for a moment, a gateway. OperationTimedOut is the one 5xx that is an end (rolled back).
 */
function ofRefusal(
  tells: OperationState["tells"],
  answer: ArmAnswer,
  { what, action }: Subject,
): OperationProgress {
  const refusal = refusalIn(answer);
  const { status, code } = refusal;
  const problem = problemFromArmError(refusal, what, action);
  if (status === 403 || status === 404) return { kind: "gone", problem };
  const isEnd = status < 500 ? code !== undefined : code === "OperationTimedOut";
  if ([401, 408, 429].includes(status) || !isEnd) throw new AppError(problem);
  // Azure-AsyncOperation tells of a failure in a body with status 200: another refusal there is none of the operation's.
  if (tells === "asyncOperation" || problem.code === "armVersionUnknown") {
    return { kind: "gone", problem };
  }
  return { kind: "failed", problem: problemFromArmOperation(refusal, what) };
}
