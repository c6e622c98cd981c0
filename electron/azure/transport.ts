// How requests leave for Azure: Node's client with proxy and certificate authority, or the fetch of the host (its proxy, its trust).
import type { HttpClient, PipelineOptions, PipelineRequest } from "@azure/core-rest-pipeline";
import { fetchClient } from "./fetch-client.ts";

/** `fetch`: Electron's net.fetch, which knows the system's proxy and certificates. `node`: proxy from HTTPS_PROXY where none is given. */
export type Transport =
  | {
      readonly kind: "fetch";
      readonly fetch: typeof globalThis.fetch;
      /** Makes a fetch that has no open connection yet: what a changing request needs to be sent once. */
      readonly freshFetch?: () => typeof globalThis.fetch;
    }
  | {
      readonly kind: "node";
      readonly proxy?: { readonly host: string; readonly port: number };
      /** PEM to trust beside nothing else; undefined: Node's own list. */
      readonly caCertificatePem?: string;
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

/** Longest wait for one answer, ms. */
export const answerTimeoutMs = 30_000;

/** The same for a changing request, longer than ARM's own gateways wait: then the answer counts as lost. */
export const changeTimeoutMs = 600_000;

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
): PipelineOptions & { readonly httpClient?: HttpClient } {
  const once = { retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } };
  if (transport.kind === "fetch") return { ...once, httpClient: fetchClient(transport.fetch) };
  const { proxy, caCertificatePem } = transport;
  return {
    ...once,
    ...(proxy === undefined ? {} : { proxyOptions: proxy }),
    ...(caCertificatePem === undefined ? {} : { tlsOptions: { ca: caCertificatePem } }),
  };
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
    const client = options.httpClient ?? sdk.createDefaultHttpClient();
    const answer = await pipeline.sendRequest(client, request);
    return {
      status: answer.status,
      headers: answer.headers.toJSON(),
      text: answer.bodyAsText ?? "",
    };
  };
}
