// A proxy on loopback with real sockets: opens tunnels, asks for a login, refuses, is silent, or looks into TLS with an authority of its own.
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, request as requestPlain } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { request as requestSecure } from "node:https";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { createAuthority } from "../../practice/tds/authority.ts";

/** `opens`: to the very address that is asked for. `inspects`: shows a certificate of its own and hands requests on. */
export type ProxyManner =
  | { readonly kind: "opens" }
  | { readonly kind: "inspects" }
  /** `only`: that `host:port`, and it inspects the others. */
  | { readonly kind: "refuses"; readonly only?: string }
  | { readonly kind: "silent" }
  /** `login`: `user:password` that it lets pass. */
  | { readonly kind: "wantsLogin"; readonly login: string };

export interface FakeProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Who signs what it shows when it inspects. */
  readonly issuer: string;
  /** PEM, and a file of it. */
  readonly authorityPem: string;
  readonly authorityFile: string;
  /** `host:port` of every tunnel that was opened. */
  readonly tunnels: readonly string[];
  /** `METHOD path` of every request it looked into. */
  readonly seen: readonly string[];
  behave(manner: ProxyManner): void;
  stop(): Promise<void>;
}

export interface FakeProxyOptions {
  /** Where requests for a host really go when it inspects, by `host:port`: an origin. */
  readonly origins?: Readonly<Record<string, string>>;
  /** PEM that it trusts there. */
  readonly upstreamPem?: string;
}

export async function startFakeProxy(options: FakeProxyOptions = {}): Promise<FakeProxy> {
  const issuer = "Adatum Web Gateway";
  const authority = await createAuthority(issuer);
  const authorityFile = path.join(mkdtempSync(path.join(tmpdir(), "mi-link-proxy-")), "ca.pem");
  writeFileSync(authorityFile, authority.caCertificatePem);
  const tunnels: string[] = [];
  const seen: string[] = [];
  const sockets = new Set<Duplex>();
  let manner: ProxyManner = { kind: "opens" };

  const inner = createServer((incoming, outgoing) => {
    // Node keeps the socket of the server it was handed to.
    const { target } = incoming.socket as Socket & { readonly target: string };
    seen.push(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
    const host = target.replace(/:443$/, "");
    handOn(incoming, outgoing, {
      host,
      origin: options.origins?.[target],
      ca: options.upstreamPem,
    });
  });
  const inspect = async (socket: Socket, target: string): Promise<void> => {
    const { key, cert } = await authority.issue([target.replace(/:\d+$/, "")]);
    socket.write(opened);
    const tls = new TLSSocket(socket, { isServer: true, key, cert });
    // A client that does not trust it hangs up.
    tls.on("error", () => void socket.destroy());
    inner.emit("connection", Object.assign(tls, { target }));
  };
  const outer = createServer();
  outer.on("connection", (socket) => void sockets.add(socket));
  outer.on("connect", (request: IncomingMessage, socket: Socket) => {
    const target = request.url ?? "";
    socket.on("error", () => void socket.destroy());
    const look = () => {
      tunnels.push(target);
      void inspect(socket, target);
    };
    switch (manner.kind) {
      case "silent":
        return;
      case "refuses":
        if (manner.only !== undefined && manner.only !== target) {
          look();
          return;
        }
        socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
        return;
      case "wantsLogin":
        if (request.headers["proxy-authorization"] !== basic(manner.login)) {
          socket.end(loginWanted);
          return;
        }
        break;
      case "inspects":
        look();
        return;
      case "opens":
        break;
    }
    tunnels.push(target);
    const { hostname, port } = new URL(`http://${target}`);
    const far = connect(Number(port), hostname, () => {
      socket.write(opened);
      far.pipe(socket).pipe(far);
    });
    sockets.add(far);
    far.on("error", () => void socket.destroy());
  });
  await new Promise<void>((resolve) => outer.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = outer.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    issuer,
    authorityPem: authority.caCertificatePem,
    authorityFile,
    tunnels,
    seen,
    behave: (next) => void (manner = next),
    stop: () =>
      new Promise((resolve) => {
        outer.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const opened = "HTTP/1.1 200 Connection established\r\n\r\n";
const loginWanted =
  'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="adatum"\r\ncontent-length: 0\r\n\r\n';

function basic(login: string): string {
  return `Basic ${Buffer.from(login).toString("base64")}`;
}

interface Upstream {
  /** As the client knows it. */
  readonly host: string;
  readonly origin: string | undefined;
  readonly ca: string | undefined;
}

/** To the real service; a host without an origin gets the proxy's own page. */
function handOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { host, origin, ca }: Upstream,
): void {
  if (origin === undefined) {
    outgoing.writeHead(200, { "content-type": "text/html" }).end("<p>Sign in to the network.</p>");
    return;
  }
  const request = origin.startsWith("https:") ? requestSecure : requestPlain;
  const { method } = incoming;
  // By its own name: it is another one than the client asked for.
  const headers = { ...incoming.headers, host: new URL(origin).host };
  const asked = (value: string | string[] = "") =>
    String(value).replaceAll(origin, `https://${host}`);
  const far = request(
    new URL(incoming.url ?? "/", origin),
    { method, headers, agent: false, ...(ca === undefined ? {} : { ca }) },
    (answer) => {
      const told = Object.entries(answer.headers).map(([name, value]) => [name, asked(value)]);
      outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(told) as OutgoingHttpHeaders);
      answer.pipe(outgoing);
    },
  );
  far.on("error", () => void outgoing.destroy());
  incoming.pipe(far);
}
