// Tests the way of the host's own client to one service. Its answer decides; which layer failed is told by its error and the certificate.
import { resultsOf } from "../../shared/connect/layers.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { webLayers } from "../../shared/network/contract.ts";
import type { Way, WebLayer, WebLayerResult } from "../../shared/network/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { HostWeb } from "../host/host.ts";
import type { NeededService } from "./needed-addresses.ts";
import { askService, webProblemOf } from "./test-service.ts";

export interface HostWay {
  readonly web: Pick<HostWeb, "witnessedFetch">;
  readonly way: Way;
}

/** Never throws for what a layer says; throws the signal's reason. */
export async function testByHost(
  needed: NeededService,
  { web, way }: HostWay,
  signal: AbortSignal,
): Promise<readonly WebLayerResult[]> {
  const { fetch, issuer } = web.witnessedFetch(new URL(needed.url).hostname);
  const passed = new Map<WebLayer, string>([
    ["name", "The operating system, or the proxy, knows the name."],
    ["port", waySentence(needed, way)],
  ]);
  try {
    passed.set("answer", await askService(needed, { kind: "fetch", fetch }, signal));
    passed.set("tls", trusted(issuer()));
    return resultsOf(webLayers, passed, undefined);
  } catch (error) {
    signal.throwIfAborted();
    const problem = webProblemOf(error, needed);
    const layer = layerOf(problem, issuer() !== undefined);
    passed.set("tls", trusted(issuer()));
    const problems = [layer === "tls" ? withIssuer(problem, issuer()) : problem];
    return resultsOf(webLayers, passed, { layer, problems });
  }
}

function waySentence({ address }: NeededService, way: Way): string {
  const name = visibleText(address);
  return way.kind === "proxy"
    ? `The proxy ${visibleText(way.proxy)} opens the way to ${name}.`
    : `${name} takes connections.`;
}

function trusted(issuer: string | undefined): string {
  const by = issuer === undefined ? "" : `; it is issued by ${visibleText(issuer)}`;
  return `The operating system trusts the certificate${by}.`;
}

function withIssuer(problem: Problem, issuer: string | undefined): Problem {
  if (issuer === undefined) return problem;
  return { ...problem, summary: `${problem.summary} It is issued by ${visibleText(issuer)}.` };
}

const layerOfCode: ReadonlyMap<string, WebLayer> = new Map([
  ["webHostUnknown", "name"],
  ["webCertificate", "tls"],
  ["webOtherAnswer", "answer"],
]);

/** Before a certificate was shown it was the way that failed, after it the answer. */
function layerOf({ code }: Problem, hasCertificate: boolean): WebLayer {
  return layerOfCode.get(code) ?? (hasCertificate ? "answer" : "port");
}
