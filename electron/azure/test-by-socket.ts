// Tests the way of Node's client to one service: name, proxy or port, certificate, answer; at the first that fails, what to do.
import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { TLSSocket } from "node:tls";
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromWebFailure } from "../../shared/errors/web-errors.ts";
import { resultsOf } from "../../shared/connect/layers.ts";
import { webLayers } from "../../shared/network/contract.ts";
import type { WebLayer, WebLayerResult } from "../../shared/network/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { oneLine } from "../sql/probe-certificate.ts";
import { withoutBrackets } from "../sql/server-address.ts";
import { addressOf } from "./needed-addresses.ts";
import type { NeededService } from "./needed-addresses.ts";
import type { NodeNetwork } from "./node-network.ts";
import type { Proxy } from "./proxy.ts";
import { proxyFor, proxyName } from "./proxy.ts";
import { askService, webProblemOf } from "./test-service.ts";
import { answerTimeoutMs } from "./time-limits.ts";
import { openTunnel } from "./tunnel.ts";
import { codedError } from "./web-failure.ts";

/** Never throws for what a layer says; throws the signal's reason. `network` may throw AppError: then nothing was reached. */
export async function testBySocket(
  needed: NeededService,
  network: () => NodeNetwork,
  signal: AbortSignal,
): Promise<readonly WebLayerResult[]> {
  const passed = new Map<WebLayer, string>();
  const until = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
  let socket: Socket | undefined;
  let layer: WebLayer = "name";
  try {
    const { proxy: choice, trusted } = network();
    const proxy = proxyFor(needed.url, choice);
    passed.set("name", await nameFound(needed, proxy));
    layer = "port";
    socket = await reach(needed, proxy, until);
    passed.set("port", reached(needed, proxy));
    layer = "tls";
    passed.set("tls", await certificateOf(needed, { socket, trusted, signal: until }));
    layer = "answer";
    passed.set("answer", await askService(needed, { kind: "node", network }, signal));
    return resultsOf(webLayers, passed, undefined);
  } catch (error) {
    signal.throwIfAborted();
    return resultsOf(webLayers, passed, { layer, problems: [webProblemOf(error, needed)] });
  } finally {
    socket?.destroy();
  }
}

/** Behind a proxy it is the proxy's name that has to be known here. */
async function nameFound({ url, address }: NeededService, proxy?: Proxy): Promise<string> {
  const host = proxy?.host ?? bare(url);
  const found = (await lookUp(host)).map((one) => one.address).join(", ");
  return proxy === undefined
    ? `${visibleText(address)} is ${found}.`
    : `The proxy ${visibleText(host)} is ${found}; it looks up ${visibleText(address)} itself.`;
}

async function lookUp(host: string) {
  try {
    return await lookup(host, { all: true });
  } catch (error) {
    throw new AppError(webProblemOf(error, { address: host }));
  }
}

async function reach({ url }: NeededService, proxy: Proxy | undefined, signal: AbortSignal) {
  if (proxy !== undefined) return openTunnel(proxy, addressOf(url), signal);
  return new Promise<Socket>((resolve, reject) => {
    const port = Number(addressOf(url).split(":").at(-1));
    const socket = connect({ host: bare(url), port, signal });
    socket.once("error", reject);
    socket.once("connect", () => {
      resolve(socket);
    });
  });
}

function reached({ address }: NeededService, proxy: Proxy | undefined): string {
  const name = visibleText(address);
  return proxy === undefined
    ? `${name} takes connections; no proxy is used.`
    : `The proxy ${visibleText(proxyName(proxy))} opens the way to ${name}.`;
}

interface Handshake {
  readonly socket: Socket;
  readonly trusted: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Whose certificate was shown, whether it is trusted or not. Throws AppError where it is not. */
async function certificateOf(needed: NeededService, given: Handshake): Promise<string> {
  const { url, address } = needed;
  if (new URL(url).protocol === "http:") return "Not encrypted: it is on this computer.";
  const shown = await handshake(bare(url), given);
  const certificate = shown.getPeerX509Certificate();
  const issuer = visibleText(oneLine(certificate?.issuer ?? ""));
  if (!shown.authorized) {
    // A string where the documents promise an Error (Node's tls: onConnectSecure sets the code).
    const problem = problemFromWebFailure(String(shown.authorizationError), "", address);
    throw new AppError({ ...problem, summary: `${problem.summary} It is issued by ${issuer}.` });
  }
  const validTo = new Date(certificate?.validTo ?? 0).toISOString().slice(0, 10);
  return `The certificate is trusted; it is issued by ${issuer}, valid until ${validTo}.`;
}

function handshake(host: string, { socket, trusted, signal }: Handshake): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      host,
      servername: isIP(host) === 0 ? host : "",
      rejectUnauthorized: false,
      ...(trusted === undefined ? {} : { ca: [...trusted] }),
    });
    const give = () => void tls.destroy(codedError("ETIMEDOUT", "No certificate was shown."));
    signal.addEventListener("abort", give, { once: true });
    tls.once("error", reject);
    tls.once("secureConnect", () => {
      resolve(tls);
    });
  });
}

/** The host of a URL without the brackets of an IPv6 address. */
function bare(url: string): string {
  return withoutBrackets(new URL(url).hostname);
}
