// What went wrong with a request to Azure Resource Manager that got no answer, as a problem.
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromArmError, problemOfLostAnswer } from "../../shared/errors/azure-errors.ts";
import type { ArmRefusal } from "../../shared/errors/azure-errors.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import type { HeaderOf } from "./arm-answer.ts";
import { retryAfterSeconds } from "./arm-answer.ts";
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
  const refusal = refusalOf(error);
  if (refusal !== undefined) return new AppError(problemFromArmError(refusal, what, action));
  return new AppError(webProblem(error, host));
}

/**
 * The same for a changing request: `ambiguous` unless it surely never left. A token that is not given is told by an AppError
 * before anything is sent.
 */
export function answerLost(error: unknown, { what, host }: Asked): AppError {
  if (error instanceof AppError) return error;
  const problem = webProblem(error, host);
  return new AppError(
    neverLeft(error, problem.code) ? problem : problemOfLostAnswer(what, problem),
  );
}

function webProblem(error: unknown, host: string) {
  const text = error instanceof Error ? firstLine(error.message) : String(error);
  return problemFromWebFailure(failureCode(error), text, host);
}

/** Each of them ends the attempt before the request leaves: a proxy's too, since what it is asked first is the way. */
const beforeTheRequest: readonly string[] = [
  "webHostUnknown",
  "webCertificate",
  "webProxyUnreachable",
  "webProxyAuthentication",
  "webProxyRefused",
];

/**
 * No name, nobody listening, no trust in the certificate, no way through the proxy. A route that is lost (EHOSTUNREACH) can also
 * end a connection on which the request has gone out.
 */
function neverLeft(error: unknown, problemCode: string): boolean {
  return (
    ["ECONNREFUSED", "ERR_CONNECTION_REFUSED"].includes(failureCode(error)) ||
    beforeTheRequest.includes(problemCode)
  );
}

/** The SDK's own clients tell a refusal as an error. */
function refusalOf(error: unknown): ArmRefusal | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  if (typeof error.statusCode !== "number") return undefined;
  const header = "response" in error ? headersOf(error.response) : () => undefined;
  return {
    status: error.statusCode,
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    text: firstLine(error.message),
    requestId: header("x-ms-request-id"),
    retryAfterSeconds: retryAfterSeconds(header),
  };
}

function headersOf(response: unknown): HeaderOf {
  if (typeof response !== "object" || response === null || !("headers" in response)) {
    return () => undefined;
  }
  const { headers } = response;
  const canGet =
    typeof headers === "object" &&
    headers !== null &&
    "get" in headers &&
    typeof headers.get === "function";
  if (!canGet) return () => undefined;
  // Only the SDK makes these, and all of its headers answer to a name.
  const known = headers as { readonly get: HeaderOf };
  return (name) => known.get(name);
}

/** What follows the first line is the SDK's dump of request and response. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
