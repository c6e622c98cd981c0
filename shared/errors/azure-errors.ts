// Azure Resource Manager's code or status to what it means and what to do.
import { visibleText } from "../visible-text.ts";
import type { Problem } from "./app-error.ts";
import type { AzureErrorRow } from "./azure-error-row.ts";
import { rowsByCode } from "./azure-error-row.ts";
import { armAccessErrors, armServiceErrors } from "./azure-errors-arm.ts";
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

/** Every code with its row. */
export const armErrors: ReadonlyMap<string, AzureErrorRow> = rowsByCode([
  ...armAccessErrors,
  ...armLinkErrors,
  ...armServiceErrors,
]);

/**
 * The problem behind a refusal of a request about `what`, for which `action` of Azure's role-based access is needed. A code
 * without a row is told by its status; a status without a meaning of its own is `ambiguous`.
 */
export function problemFromArmError(refusal: ArmRefusal, what: string, action: string): Problem {
  const { status, code, text, requestId, retryAfterSeconds } = refusal;
  const row = armErrors.get(code?.toLowerCase() ?? "") ?? byStatus(status);
  const name = visibleText(what);
  const fill = (sentence: string) =>
    sentence.replaceAll("{what}", () => name).replaceAll("{action}", () => visibleText(action));
  const wait =
    row.class === "retry" && retryAfterSeconds !== undefined
      ? ` Azure asks to wait ${retryAfterSeconds} s.`
      : "";
  const id = requestId === undefined ? "" : ` (request id ${visibleText(requestId)})`;
  return {
    code: row.code,
    class: row.class,
    summary: fill(row.meaning),
    detail: `HTTP ${status}${code === undefined ? "" : ` ${code}`}: ${text}${id}`,
    remedy: `${fill(row.remedy)}${wait}`,
  };
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

function byStatus(status: number): AzureErrorRow {
  const known = armErrors.get(statusRows[status]?.toLowerCase() ?? "");
  if (known !== undefined) return known;
  return {
    codes: [],
    code: `arm${status}`,
    class: "ambiguous",
    meaning: `Azure answered a request about {what} with status ${status}.`,
    remedy: "Read the message; look at {what} in the Azure portal.",
  };
}
