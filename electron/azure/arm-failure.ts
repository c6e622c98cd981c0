// What went wrong with a request to Azure Resource Manager, as a problem.
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromArmError } from "../../shared/errors/azure-errors.ts";
import type { ArmRefusal } from "../../shared/errors/azure-errors.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import { failureCode } from "./web-failure.ts";

/** What was asked, for the sentence: the thing, and the action of role-based access that it takes. */
export interface Asked {
  readonly what: string;
  readonly action: string;
  /** Host of ARM. */
  readonly host: string;
}

/**
 * The SDK's error is read by its shape and never kept as cause: it holds the request, and with it the token. A refusal of the
 * token service comes through as it is.
 */
export function armFailure(error: unknown, { what, action, host }: Asked): AppError {
  if (error instanceof AppError) return error;
  const refusal = refusalIn(error);
  if (refusal !== undefined) return new AppError(problemFromArmError(refusal, what, action));
  const text = error instanceof Error ? firstLine(error.message) : String(error);
  return new AppError(problemFromWebFailure(failureCode(error), text, host));
}

interface Answered {
  readonly headers: { get(name: string): string | undefined };
}

function refusalIn(error: unknown): ArmRefusal | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  if (typeof error.statusCode !== "number") return undefined;
  const headers = "response" in error ? headersOf(error.response) : undefined;
  const seconds = Number(headers?.get("retry-after") ?? Number.NaN);
  return {
    status: error.statusCode,
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    text: firstLine(error.message),
    requestId: headers?.get("x-ms-request-id"),
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
  };
}

function headersOf(response: unknown): Answered["headers"] | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response))
    return undefined;
  const { headers } = response;
  const canGet =
    typeof headers === "object" &&
    headers !== null &&
    "get" in headers &&
    typeof headers.get === "function";
  // Only the SDK makes these, and all of its headers answer to a name.
  return canGet ? (headers as Answered["headers"]) : undefined;
}

/** What follows the first line is the SDK's dump of request and response. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
