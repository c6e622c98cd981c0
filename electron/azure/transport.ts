// How requests leave for Azure: Node's client with proxy and certificate authority, or the fetch of the host (its proxy, its trust).
import type { HttpClient, PipelineOptions, PipelineRequest } from "@azure/core-rest-pipeline";
import { fetchClient } from "./fetch-client.ts";
import { nodeClient } from "./node-client.ts";
import type { NodeNetwork } from "./node-network.ts";
import { environmentNetwork } from "./node-network.ts";
import { answerTimeoutMs } from "./time-limits.ts";

/** `fetch`: Electron's net.fetch, which knows the system's proxy and certificates. `node`: Node's client. */
export type Transport =
  | {
      readonly kind: "fetch";
      readonly fetch: typeof globalThis.fetch;
      /** Makes a fetch that has no open connection yet: what a changing request needs to be sent once. */
      readonly freshFetch?: () => typeof globalThis.fetch;
    }
  | {
      readonly kind: "node";
      /** Asked for at each request; absent: as the environment has it. May throw AppError. */
      readonly network?: () => NodeNetwork;
    };

/** An answer of any status. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface WebRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * How a changing request leaves. Chromium's network sends a request of any method again when a connection that it had used
 * before ends without an answer (HttpNetworkTransaction::ShouldResendRequest): it is given one without open connections, or
 * it is not used. Node's client never sends again.
 */
export function transportForChange(transport: Transport): Transport {
  if (transport.kind === "node") return transport;
  const { freshFetch } = transport;
  return freshFetch === undefined ? { kind: "node" } : { kind: "fetch", fetch: freshFetch() };
}

/** What the SDK's clients are given: no retries and no redirects; who waits for the answer decides. */
export function pipelineOptions(
  transport: Transport,
): PipelineOptions & { readonly httpClient: HttpClient } {
  const once = { retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } };
  const httpClient =
    transport.kind === "fetch"
      ? fetchClient(transport.fetch)
      : nodeClient(transport.network ?? (() => environmentNetwork));
  return { ...once, httpClient };
}

/** A sender for the sign-in library. Rejects where nothing answered, with the SDK's error. */
export function createSender(
  transport: Transport,
): (request: WebRequest, signal: AbortSignal) => Promise<WebAnswer> {
  return async ({ method, url, headers, body }, signal) => {
    const sdk = await import("@azure/core-rest-pipeline");
    const options = pipelineOptions(transport);
    const pipeline = sdk.createPipelineFromOptions(options);
    // The SDK's log names addresses and headers of every request, and a sign-in's are nobody's business.
    pipeline.removePolicy({ name: sdk.logPolicyName });
    const request: PipelineRequest = sdk.createPipelineRequest({
      method,
      url,
      headers: sdk.createHttpHeaders(headers),
      ...(body === undefined ? {} : { body }),
      abortSignal: signal,
      timeout: answerTimeoutMs,
      allowInsecureConnection: new URL(url).protocol === "http:",
    });
    const answer = await pipeline.sendRequest(options.httpClient, request);
    return {
      status: answer.status,
      headers: answer.headers.toJSON(),
      text: answer.bodyAsText ?? "",
    };
  };
}
