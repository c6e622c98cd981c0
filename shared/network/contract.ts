// What the window asks about the way to Azure: the addresses, the proxy to each, and a test of one. Contract.
import { z } from "zod";
import type { LayerResult } from "../connect/layers.ts";
import type { Problem } from "../errors/app-error.ts";
import { isProxyAddress } from "./network-settings.ts";

/** The services of the cloud in use; SQL addresses are tested by Connect. */
export const webServices = ["signIn", "arm"] as const;
export type WebService = (typeof webServices)[number];

/** In the order in which a request meets them. */
export const webLayers = ["name", "port", "tls", "answer"] as const;
export type WebLayer = (typeof webLayers)[number];

export type WebLayerResult = LayerResult<WebLayer>;

/** How a request would leave now. `proxy`: `host:port`, never its login. */
export type Way =
  | { readonly kind: "direct" }
  | {
      readonly kind: "proxy";
      readonly proxy: string;
      readonly setBy: "settings" | "environment" | "system";
    }
  | { readonly kind: "unknown"; readonly problem: Problem };

export interface NeededAddress {
  readonly service: WebService;
  /** `host:port`. */
  readonly address: string;
  readonly way: Way;
}

export interface NetworkFacts {
  readonly addresses: readonly NeededAddress[];
  /** Whose list of authorities is asked; `operatingSystem` takes no file of ours. */
  readonly trust: "operatingSystem" | "ownList";
}

/** Of `settings.write`. */
export const networkInput = z.strictObject({
  proxy: z.string().max(300).refine(isProxyAddress).nullable(),
  caFile: z.string().min(1).max(4096).nullable(),
});

export const networkRequests = {
  /** The addresses that the cloud in use needs, and the way to each; asks nobody but the system. */
  "network.look": z.strictObject({}),
  /** Tries one of them layer by layer, with what is set now. */
  "network.test": z.strictObject({ service: z.enum(webServices) }),
} as const;

export interface NetworkOutputs {
  "network.look": NetworkFacts;
  "network.test": readonly WebLayerResult[];
}
