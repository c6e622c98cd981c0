// The web services that this program needs of a cloud, what it asks of each to test it, and what only that service answers.
import { z } from "zod";
import type { WebService } from "../../shared/network/contract.ts";
import type { Cloud } from "./clouds.ts";
import { authorityOf, reachedAt } from "./clouds.ts";
import type { WebAnswer } from "./transport.ts";

export interface NeededService {
  readonly service: WebService;
  /** What is asked, as it is reached from here. Without a token: nothing of an account is in it. */
  readonly url: string;
  /** The name that a person knows, `host:port`. */
  readonly address: string;
  /** One sentence for the service's own answer; undefined for anything else. */
  readonly recognised: (answer: WebAnswer) => string | undefined;
}

export function neededServices(cloud: Cloud): Readonly<Record<WebService, NeededService>> {
  const authority = `${authorityOf(cloud, null)}/v2.0/.well-known/openid-configuration`;
  const arm = `${cloud.armEndpoint}/subscriptions?api-version=2022-12-01`;
  return {
    signIn: {
      service: "signIn",
      url: reachedAt(cloud, authority),
      address: addressOf(authority),
      recognised: signInAnswer,
    },
    arm: { service: "arm", url: arm, address: addressOf(arm), recognised: armAnswered },
  };
}

/** `host:port` of a URL, its scheme's port where it names none. */
export function addressOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === "" ? (protocol === "http:" ? "80" : "443") : port}`;
}

/** OpenID Connect Discovery 1.0. */
const discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });

function signInAnswer({ status, text }: WebAnswer): string | undefined {
  const isOurs = status === 200 && discovery.safeParse(jsonOf(text)).success;
  return isOurs ? "The sign-in service answered with status 200." : undefined;
}

/** ARM asks whoever brings no token for one. */
function armAnswered({ status, headers }: WebAnswer): string | undefined {
  const challenge = headers["www-authenticate"] ?? "";
  const isOurs = status === 401 && /^Bearer\b/i.test(challenge);
  return isOurs
    ? "Azure Resource Manager answered with status 401: it asks for a token, as it should."
    : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
