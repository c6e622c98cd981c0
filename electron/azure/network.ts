// The network of the sign-in library: maps the practice authority, ends with its signal, and remembers why the last request failed.
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { EntraRefusal } from "../../shared/errors/entra-errors.ts";
import type { Cloud } from "./clouds.ts";
import { reachedAt } from "./clouds.ts";
import { createSender } from "./transport.ts";
import type { Transport, WebAnswer } from "./transport.ts";
import { codedError, failureCode } from "./web-failure.ts";

export type NetworkFailure =
  | { readonly kind: "refused"; readonly refusal: EntraRefusal }
  | {
      readonly kind: "unreachable";
      readonly host: string;
      readonly code: string;
      readonly text: string;
    }
  /** It did not leave this program. */
  | { readonly kind: "notSent"; readonly problem: Problem };

export interface Network {
  readonly module: INetworkModule;
  /** Why the last request failed; undefined when it went well. The library itself forgets half of it. */
  lastFailure(): NetworkFailure | undefined;
}

/** As much of OAuth's error answer as helps (RFC 6749 5.2, Entra's additions). */
const oauthError = z.object({
  error: z.string(),
  error_description: z.string().default(""),
  error_codes: z.array(z.number()).default([]),
  correlation_id: z.string().optional(),
});

/** Everything sent through it ends when `signal` aborts. */
export function createNetwork(cloud: Cloud, transport: Transport, signal: AbortSignal): Network {
  const sender = createSender(transport);
  let failure: NetworkFailure | undefined;
  const send = async <T>(
    method: "GET" | "POST",
    url: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> => {
    const request = {
      method,
      url: reachedAt(cloud, url),
      headers: options?.headers ?? {},
      body: options?.body,
    };
    const { host } = new URL(url);
    try {
      const answer = await sender(request, signal);
      const body = bodyOf(answer);
      failure = refusalOf(body);
      // The library says what it expects and checks what it gets.
      return { status: answer.status, headers: { ...answer.headers }, body: body as T };
    } catch (error) {
      if (error instanceof AppError) {
        failure = { kind: "notSent", problem: error.problem };
        throw error;
      }
      const text = error instanceof Error ? error.message : String(error);
      failure = { kind: "unreachable", host, code: failureCode(error), text };
      throw error;
    }
  };
  return {
    module: {
      sendGetRequestAsync: (url, options) => send("GET", url, options),
      sendPostRequestAsync: (url, options) => send("POST", url, options),
    },
    lastFailure: () => failure,
  };
}

/** Throws where it is not the authority that answered. */
function bodyOf({ status, text }: WebAnswer): unknown {
  if (status === 407) throw codedError("PROXY_407", "The proxy answered with status 407.");
  try {
    return JSON.parse(text);
  } catch {
    throw codedError("NO_JSON", `The answer, with status ${status}, is not JSON.`);
  }
}

function refusalOf(body: unknown): NetworkFailure | undefined {
  const parsed = oauthError.safeParse(body);
  if (!parsed.success) return undefined;
  const { error, error_description, error_codes, correlation_id } = parsed.data;
  return {
    kind: "refused",
    refusal: {
      error,
      number: error_codes[0],
      text: error_description,
      correlationId: correlation_id,
    },
  };
}
