// What went wrong with a sign-in or a token, as a problem: from the library's error and from what its network remembers.
import type { AuthError } from "@azure/msal-node";
import { AppError } from "../../shared/errors/app-error.ts";
import type { EntraRefusal } from "../../shared/errors/entra-errors.ts";
import { problemFromEntraError } from "../../shared/errors/entra-errors.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import type { Network } from "./network.ts";

/** `what`: the tenant or account for the sentence. The library's error is not kept as cause: it can hold a request. */
export function entraFailure(error: unknown, network: Network, what: string): AppError {
  if (error instanceof AppError) return error;
  const failure = network.lastFailure();
  if (failure?.kind === "notSent") return new AppError(failure.problem);
  if (!isAuthError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    if (failure?.kind === "unreachable") return unreachable(failure);
    return new AppError(
      failure === undefined ? notMeant(text) : problemFromEntraError(failure.refusal, what),
    );
  }
  const own = refusalIn(error);
  if (own.number !== undefined) return new AppError(problemFromEntraError(own, what));
  if (failure?.kind === "unreachable") return unreachable(failure);
  const refusal = failure !== undefined && isVague(error) ? failure.refusal : own;
  return new AppError(problemFromEntraError(refusal, what));
}

/** Errors of the device code and of discovery say that something was answered, and not what. */
function isVague({ errorCode }: AuthError): boolean {
  return ["post_request_failed", "endpoints_resolution_error", "openid_config_error"].includes(
    errorCode,
  );
}

function unreachable({
  code,
  text,
  host,
}: {
  readonly code: string;
  readonly text: string;
  readonly host: string;
}): AppError {
  return new AppError(problemFromWebFailure(code, text, host));
}

/** The library may be loaded twice in a bundle: its errors are known by their shape. */
function isAuthError(error: unknown): error is AuthError {
  return error instanceof Error && "errorCode" in error && typeof error.errorCode === "string";
}

function refusalIn(error: AuthError): EntraRefusal {
  const { errorCode, errorMessage, correlationId } = error;
  const number = "errorNo" in error ? Number(error.errorNo) : aadstsIn(errorMessage);
  return {
    error: errorCode,
    number: Number.isInteger(number) ? number : undefined,
    text: errorMessage,
    correlationId,
  };
}

/** An answer by way of the browser carries its number only at the start of its text. */
function aadstsIn(text: string): number | undefined {
  const digits = /\bAADSTS(\d{4,9})\b/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function notMeant(text: string) {
  return {
    code: "signInFailed",
    class: "block",
    summary: "The sign-in to Azure failed in this program.",
    detail: text,
    remedy: "Try the other way of signing in; save the message for the makers of this program.",
  } as const;
}

/** The claims Entra wants to see at the next sign-in; undefined where it asked for none. */
export function claimsIn(error: unknown): string | undefined {
  const claims = error instanceof Error && "claims" in error ? error.claims : undefined;
  return typeof claims === "string" && claims !== "" ? claims : undefined;
}
