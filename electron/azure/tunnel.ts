// The way through an HTTP proxy: CONNECT, and what it answers.
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Socket } from "node:net";
import { answerTimeoutMs } from "./time-limits.ts";
import type { Proxy } from "./proxy.ts";
import { codedError } from "./web-failure.ts";

/**
 * A connection to `target` (`host:port`) through the proxy. Rejects with an Error whose code is PROXY_UNREACHABLE, PROXY_407 or
 * PROXY_REFUSED, or with the signal's reason.
 */
export function openTunnel(proxy: Proxy, target: string, signal?: AbortSignal): Promise<Socket> {
  const { host, port, isSecure, authorization } = proxy;
  const over = AbortSignal.timeout(answerTimeoutMs);
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestSecure : requestPlain)({
      host,
      port,
      method: "CONNECT",
      path: target,
      agent: false,
      headers: {
        host: target,
        ...(authorization === undefined ? {} : { "proxy-authorization": authorization }),
      },
      signal: signal === undefined ? over : AbortSignal.any([signal, over]),
    });
    request.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      const code = statusCode === 407 ? "PROXY_407" : "PROXY_REFUSED";
      reject(codedError(code, `The proxy answered CONNECT with status ${statusCode}.`));
    });
    request.once("error", (error) => {
      if (signal?.aborted === true) reject(error);
      else reject(codedError("PROXY_UNREACHABLE", over.aborted ? "No answer." : error.message));
    });
    request.end();
  });
}
