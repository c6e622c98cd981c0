// A small web server on loopback: requests become plain data, answers come from plain data. ARM and Entra stand on it.
import { createServer as createHttpServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface WebRequest {
  /** Upper case. */
  readonly method: string;
  /** Under the server's own origin, whatever the Host header says. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** At most `mostBodyBytes`, UTF-8. */
  readonly body: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection is cut instead: the client never hears it. */
  readonly isLost?: true;
}

export interface WebServerOptions {
  /** PEM texts; without them the server speaks plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** A rejection is answered with 500. */
  readonly handle: (request: WebRequest) => Promise<WebAnswer>;
}

export interface WebServer {
  /** `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Cuts all connections and stops listening. */
  stop(): Promise<void>;
}

const host = "127.0.0.1";
const mostBodyBytes = 256 * 1024;

/** Starts on a port the system chooses. */
export async function startWebServer({ tls, handle }: WebServerOptions): Promise<WebServer> {
  let origin = "";
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    void answer(incoming, origin, handle).then((given) => {
      if (given.isLost) {
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(given.status, given.headers);
      outgoing.end(given.body);
    });
  };
  const server =
    tls === undefined ? createHttpServer(listener) : createHttpsServer({ ...tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  origin = `${tls === undefined ? "http" : "https"}://${host}:${port}`;
  return {
    origin,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  origin: string,
  handle: WebServerOptions["handle"],
): Promise<WebAnswer> {
  try {
    const body = await readBody(incoming);
    if (body === undefined) return plain(413, "The request is too large.");
    const address = `${origin}${incoming.url ?? "/"}`;
    if (!URL.canParse(address)) return plain(400, "The address is not valid.");
    const { method = "GET", headers } = incoming;
    return await handle({ method: method.toUpperCase(), url: new URL(address), headers, body });
  } catch (error) {
    return plain(500, error instanceof Error ? error.message : String(error));
  }
}

/** Undefined when the body is larger than allowed; the rest is read and thrown away, so that the client hears the answer. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    // Without an encoding set, a request's chunks are buffers.
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes <= mostBodyBytes) chunks.push(buffer);
  }
  return bytes > mostBodyBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}

function plain(status: number, text: string): WebAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

/** An answer in JSON that nobody may keep. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): WebAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
    body: JSON.stringify(value),
  };
}
