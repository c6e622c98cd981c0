// One answer of Azure Resource Manager as it came, whatever its status, and the refusal that may be in it.
import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { ArmRefusal } from "../../shared/errors/azure-errors.ts";
import { armError } from "../../shared/estate/from-arm.ts";

export interface ArmAnswer {
  readonly status: number;
  readonly header: HeaderOf;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

/** A header by its name; undefined where it is not there. */
export type HeaderOf = (name: string) => string | undefined;

export function armAnswer({ status, headers, bodyAsText }: PipelineResponse): ArmAnswer {
  return { status, header: (name) => headers.get(name), body: jsonOf(bodyAsText) };
}

/** What an answer of status 400 and more was refused with. */
export function refusalIn({ status, header, body }: ArmAnswer): ArmRefusal {
  const { code, message } = armError.safeParse(body).data?.error ?? {};
  return {
    status,
    code,
    text: message ?? `Azure answered with status ${status}.`,
    requestId: header("x-ms-request-id"),
    retryAfterSeconds: retryAfterSeconds(header),
  };
}

/**
 * Retry-After in seconds or as an HTTP date (RFC 9110 10.2.3), which is held against the answer's own Date: two clocks would
 * tell their difference as waiting time. Undefined where it is not told, or in other words.
 */
export function retryAfterSeconds(header: HeaderOf): number | undefined {
  const told = header("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(told)) return Number(told);
  const ms = Date.parse(told) - Date.parse(header("date") ?? "");
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms / 1000)) : undefined;
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
