// Entra's refusals: an OAuth error, its AADSTS number and sentence, and the JSON they are told in.
import { randomUUID } from "node:crypto";
import { json, type WebAnswer } from "../web/web-server.ts";

export interface EntraRefusal {
  readonly status: number;
  /** As RFC 6749 and RFC 8628 name it: `invalid_grant`, `authorization_pending`. */
  readonly error: string;
  /** Number behind AADSTS ("Microsoft Entra authentication and authorization error codes"). */
  readonly code: number;
  readonly text: string;
  /** `basic_action`: signing in again, by hand, would help. */
  readonly suberror?: string;
}

/** Thrown by whatever refuses; the server answers with it. */
export class EntraError extends Error {
  readonly refusal: EntraRefusal;

  constructor(refusal: EntraRefusal) {
    super(`AADSTS${refusal.code}: ${refusal.text}`);
    this.refusal = refusal;
  }
}

/** 400, as nearly all of them. */
export function refuse(
  error: string,
  code: number,
  text: string,
  more: Partial<Pick<EntraRefusal, "status" | "suberror">> = {},
): EntraError {
  return new EntraError({ status: 400, error, code, text, ...more });
}

/** `correlationId`: what the client sent as client-request-id. */
export function errorAnswer(
  { refusal, message }: EntraError,
  nowMs: number,
  correlationId: string | undefined,
): WebAnswer {
  const { status, error, code, suberror } = refusal;
  const timestamp = new Date(nowMs).toISOString().replace("T", " ").replace(/\.\d+/, "");
  const traceId = randomUUID();
  const correlation = correlationId ?? randomUUID();
  return json(status, {
    error,
    error_description: `${message} Trace ID: ${traceId} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlation,
    ...(suberror === undefined ? {} : { suberror }),
  });
}

export function unknownTenant(segment: string): EntraError {
  return refuse(
    "invalid_tenant",
    90002,
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

export function unknownApplication(clientId: string, directory: string): EntraError {
  return refuse(
    "unauthorized_client",
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${directory}'.`,
  );
}

/** The user is neither a member nor a guest of the tenant. */
export function notInTenant(upn: string, tenantName: string): EntraError {
  return refuse(
    "invalid_grant",
    50020,
    `User account '${upn}' from identity provider does not exist in tenant '${tenantName}' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.`,
  );
}
