// Connections of Node's client to Azure: through the tunnel of a proxy where there is one, with the trust that is given.
import { Agent } from "node:https";
import type { AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { NodeNetwork } from "./node-network.ts";
import type { Proxy } from "./proxy.ts";
import { proxyFor, proxyName } from "./proxy.ts";
import { openTunnel } from "./tunnel.ts";

type Connected = (error: Error | null, stream: Duplex) => void;

/** Owns its connections. */
class TunnelAgent extends Agent {
  readonly #proxy: Proxy;
  constructor(proxy: Proxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }
  override createConnection(options: RequestOptions, connected?: Connected): undefined {
    const { host, port } = options;
    // Node's own promise: an error comes without a stream.
    const failed = connected as ((error: unknown) => void) | undefined;
    openTunnel(this.#proxy, `${host ?? ""}:${port ?? ""}`).then(
      (socket) => connected?.(null, connect({ ...tlsOf(options), socket })),
      (error: unknown) => failed?.(error),
    );
  }
}

/** What the agent and the request say of TLS; port and path are the request's. */
function tlsOf({ ca, host, servername }: RequestOptions) {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(host == null ? {} : { host }),
    ...(servername === undefined ? {} : { servername }),
  };
}

/** `isFresh`: a connection that nothing was asked on before, closed after the answer. */
export type AgentFor = (url: string, isFresh: boolean) => Agent;

/** Agents by what is set at the time of each request; one that was used for the same is used again. */
export function agentsOf(network: () => NodeNetwork): AgentFor {
  const made = new Map<string, Agent>();
  return (url, isFresh) => {
    const now = network();
    const proxy = proxyFor(url, now.proxy);
    const { trusted } = now;
    const options = { keepAlive: !isFresh, ...(trusted === undefined ? {} : { ca: [...trusted] }) };
    if (isFresh) return agentOf(proxy, options);
    const key = JSON.stringify([proxy && proxyName(proxy), trusted]);
    const agent = made.get(key) ?? agentOf(proxy, options);
    // The one before is forgotten: its connections close when they are idle.
    made.clear();
    made.set(key, agent);
    return agent;
  };
}

function agentOf(proxy: Proxy | undefined, options: AgentOptions): Agent {
  return proxy === undefined ? new Agent(options) : new TunnelAgent(proxy, options);
}
