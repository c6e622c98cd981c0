// The way to Azure told and tested as it is now: by the host's own client where the requests leave by it, else by Node's.
import type { NeededAddress, Way } from "../../shared/network/contract.ts";
import { webServices } from "../../shared/network/contract.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { HostWeb } from "../host/host.ts";
import type { NetworkTest } from "../services/network-test.ts";
import type { Cloud } from "./clouds.ts";
import { neededServices } from "./needed-addresses.ts";
import type { NodeNetwork } from "./node-network.ts";
import { proxyFor, proxyName } from "./proxy.ts";
import { testByHost } from "./test-by-host.ts";
import { testBySocket } from "./test-by-socket.ts";

export type Access =
  | { readonly kind: "node"; readonly network: () => NodeNetwork }
  | {
      readonly kind: "host";
      readonly web: Pick<HostWeb, "witnessedFetch" | "resolveProxy">;
      /** The proxy that is set; null: the system's. */
      readonly proxy: () => string | null;
    };

export function createNetworkTest(cloud: () => Cloud, access: Access): NetworkTest {
  const wayTo = access.kind === "host" ? hostWay(access) : nodeWay(access.network);
  return {
    async look() {
      const needed = neededServices(cloud());
      const addresses = webServices.map(async (service): Promise<NeededAddress> => {
        const { address, url } = needed[service];
        return { service, address, way: await wayTo(url) };
      });
      return {
        addresses: await Promise.all(addresses),
        trust: access.kind === "host" ? "operatingSystem" : "ownList",
      };
    },
    async test(service, signal) {
      const needed = neededServices(cloud())[service];
      if (access.kind === "node") return testBySocket(needed, access.network, signal);
      return testByHost(needed, { web: access.web, way: await wayTo(needed.url) }, signal);
    },
  };
}

type WayTo = (url: string) => Promise<Way>;

function nodeWay(network: () => NodeNetwork): WayTo {
  return (url) => Promise.resolve(wayNow(network, url));
}

function wayNow(network: () => NodeNetwork, url: string): Way {
  try {
    const { proxy: choice } = network();
    const proxy = proxyFor(url, choice);
    if (proxy === undefined) return { kind: "direct" };
    const setBy = choice.kind === "given" ? "settings" : "environment";
    return { kind: "proxy", proxy: proxyName(proxy), setBy };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unknown", problem: error.problem };
    throw error;
  }
}

/** Chromium lists proxies in their order, `PROXY host:port; DIRECT`; the first is the one that is tried. */
function hostWay({ web, proxy: set }: Extract<Access, { kind: "host" }>): WayTo {
  return async (url) => {
    const [first = ""] = (await web.resolveProxy(url)).split(";");
    const proxy = /^\S+ (\S+)$/.exec(first.trim())?.[1];
    if (proxy === undefined) return { kind: "direct" };
    return { kind: "proxy", proxy, setBy: set() === null ? "system" : "settings" };
  };
}
