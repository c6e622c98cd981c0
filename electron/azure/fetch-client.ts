// Lets the SDK's clients send by a fetch of the host's.
import type { HttpClient } from "@azure/core-rest-pipeline";

/** Headers that a fetch sets itself and refuses to be given. */
const ownHeaders: readonly string[] = ["accept-encoding", "connection", "content-length", "host"];

export function fetchClient(fetch: typeof globalThis.fetch): HttpClient {
  return {
    async sendRequest(request) {
      const { createHttpHeaders } = await import("@azure/core-rest-pipeline");
      const { method, url, body, timeout } = request;
      const given = Object.entries(request.headers.toJSON());
      const headers = given.filter(([name]) => !ownHeaders.includes(name.toLowerCase()));
      const answer = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        ...(typeof body === "string" ? { body } : {}),
        redirect: "manual",
        signal: signalOf(request.abortSignal, timeout),
      });
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders(Object.fromEntries(answer.headers)),
        bodyAsText: await answer.text(),
      };
    },
  };
}

interface Abortable {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

/** The SDK's signal is older than the platform's, and does not tell its reason. */
function signalOf(asked: Abortable | undefined, timeoutMs: number): AbortSignal {
  const ended = new AbortController();
  if (asked?.aborted === true) ended.abort();
  asked?.addEventListener("abort", () => {
    ended.abort();
  });
  if (timeoutMs === 0) return ended.signal;
  return AbortSignal.any([ended.signal, AbortSignal.timeout(timeoutMs)]);
}
