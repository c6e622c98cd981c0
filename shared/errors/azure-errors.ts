// Azure Resource Manager's code or status to what it means and what to do.
import { visibleText } from "../visible-text.ts";
import type { Problem } from "./app-error.ts";
import { readBothRoles } from "./act-on.ts";
import type { ArmErrorRow, AzureErrorRow } from "./azure-error-row.ts";
import { rowsByCode } from "./azure-error-row.ts";
import { armAccessErrors, armServiceErrors } from "./azure-errors-arm.ts";
import { armCreationErrors } from "./azure-errors-creation.ts";
import { armLinkErrors } from "./azure-errors-link.ts";

/** What ARM refused with. */
export interface ArmRefusal {
  /** HTTP status. */
  readonly status: number;
  /** `error.code` of the answer; undefined where it had none. */
  readonly code: string | undefined;
  /** `error.message`, whole. */
  readonly text: string;
  /** x-ms-request-id: what Azure support asks for. */
  readonly requestId: string | undefined;
  /** Seconds of Retry-After; undefined where it was not told. */
  readonly retryAfterSeconds: number | undefined;
}

/** One row for every meaning. */
export const armErrorRows: readonly ArmErrorRow[] = [
  ...armAccessErrors,
  ...armLinkErrors,
  ...armCreationErrors,
  ...armServiceErrors,
];

/** Every code with its row. */
export const armErrors: ReadonlyMap<string, ArmErrorRow> = rowsByCode(armErrorRows);

/** What ARM says a long-running operation ended with. */
export type OperationError = Pick<ArmRefusal, "code" | "text" | "requestId">;

/**
 * The problem behind a refusal of a request about `what`, for which `action` of Azure's role-based access is needed. A code
 * without a row is told by its status. A status without a meaning of its own is `ambiguous`, but for a 4xx with ARM's own
 * code: that is a refusal in so many words.
 */
export function problemFromArmError(refusal: ArmRefusal, what: string, action: string): Problem {
  const { status, code, retryAfterSeconds } = refusal;
  const row = rowOf(code) ?? byStatus(status, code);
  const detail = `HTTP ${status}${code === undefined ? "" : ` ${code}`}: ${words(refusal)}`;
  const told = problemOf(row, { what, action }, detail);
  if (row.class !== "retry" || retryAfterSeconds === undefined) return told;
  return { ...told, remedy: `${told.remedy} Azure asks to wait ${retryAfterSeconds} s.` };
}

/** The problem behind an operation about `what` that was accepted and has failed. Something may have been done all the same. */
export function problemFromArmOperation(error: OperationError, what: string): Problem {
  const { code } = error;
  const detail = `${code === undefined ? "" : `${code}: `}${words(error)}`;
  return problemOf(rowOf(code) ?? operationFailed, { what, action: "" }, detail);
}

/** The problem where a changing request about `what` went out, and no word of ARM came back of whether it was taken. */
export function problemOfLostAnswer(what: string, why: Problem): Problem {
  const detail = why.detail === undefined ? why.summary : `${why.summary} ${why.detail}`;
  return problemOf(answerLost, { what, action: "" }, detail);
}

const operationFailed: AzureErrorRow = {
  codes: [],
  code: "armOperationFailed",
  class: "ambiguous",
  meaning: "The operation of Azure on {what} failed.",
  remedy: readBothRoles,
};

const answerLost: AzureErrorRow = {
  codes: [],
  code: "armAnswerLost",
  class: "ambiguous",
  meaning: "The answer to a request about {what} was lost: whether Azure took it is not known.",
  remedy: `Do not send it again. ${readBothRoles}`,
};

interface About {
  readonly what: string;
  readonly action: string;
}

function problemOf(row: AzureErrorRow, { what, action }: About, detail: string): Problem {
  const fill = (sentence: string) =>
    sentence
      .replaceAll("{what}", () => visibleText(what))
      .replaceAll("{action}", () => visibleText(action));
  const { code, class: problemClass, meaning, remedy } = row;
  return { code, class: problemClass, summary: fill(meaning), detail, remedy: fill(remedy) };
}

function words({ text, requestId }: OperationError): string {
  return requestId === undefined ? text : `${text} (request id ${visibleText(requestId)})`;
}

function rowOf(code: string | undefined): ArmErrorRow | undefined {
  return armErrors.get(code?.toLowerCase() ?? "");
}

const statusRows: Readonly<Record<number, string>> = {
  401: "InvalidAuthenticationToken",
  403: "AuthorizationFailed",
  404: "ResourceNotFound",
  409: "ConflictingServerOperation",
  429: "TooManyRequests",
  503: "ServiceUnavailable",
  504: "RequestTimeout",
};

function byStatus(status: number, code: string | undefined): AzureErrorRow {
  // A conflict with a code that is not known is some other conflict than a busy server.
  const known = status === 409 && code !== undefined ? undefined : rowOf(statusRows[status]);
  if (known !== undefined) return known;
  const isRefusal = code !== undefined && status >= 400 && status < 500;
  return {
    codes: [],
    code: `arm${status}`,
    class: isRefusal ? "block" : "ambiguous",
    meaning: `Azure answered a request about {what} with status ${status}.`,
    remedy: "Read the message; look at {what} in the Azure portal.",
  };
}
