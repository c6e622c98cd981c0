// Starts the practice directory: an OpenID provider shaped like Microsoft Entra ID, plain HTTP on 127.0.0.1.
import { z } from "zod";
import { json, startWebServer, type WebAnswer, type WebRequest } from "../web/web-server.ts";
import { authorize } from "./authorize.ts";
import { deviceLogin, deviceLoginPath, startDeviceCode } from "./device-code.ts";
import { application, authorityHost, findTenant, type Audience } from "./directory.ts";
import { EntraError, errorAnswer } from "./errors.ts";
import { applyEntraFault, fairConditions } from "./faults.ts";
import type { EntraConditions, EntraFault } from "./faults.ts";
import { noGrants } from "./grants.ts";
import { messagePage } from "./pages.ts";
import { formOf, requireTenantSegment, type Provider } from "./provider.ts";
import { createSigningKey } from "./signing-key.ts";
import { giveTokens } from "./token-endpoint.ts";
import { checkToken, type TokenCheck } from "./tokens.ts";

export interface EntraOptions {
  /** ms since 1970 UTC: what tokens and codes are dated by. */
  readonly nowMs: () => number;
  /** Resolves after so much world time; for slow answers. */
  readonly wait: (ms: number) => Promise<void>;
}

/** How a client reaches the provider. */
export interface EntraFacts {
  /** What the client is configured with. Its host is `.invalid`: the client's network module maps it to `address`. */
  readonly authority: string;
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly clientId: string;
}

/** One request as it came, without its secrets. */
export interface EntraRecord {
  readonly method: string;
  readonly path: string;
  readonly grantType: string | null;
  readonly scope: string | null;
  readonly status: number;
}

export interface Entra {
  readonly facts: EntraFacts;
  readonly requests: readonly EntraRecord[];
  /** Every secret given out so far: codes, device codes, tokens. For tests that look where none of them may be. */
  handedOut(): readonly string[];
  checkToken(token: string, audience: Audience): TokenCheck;
  fault(fault: EntraFault): void;
  stop(): Promise<void>;
}

export async function startEntra({ nowMs, wait }: EntraOptions): Promise<Entra> {
  const key = createSigningKey();
  const provider: Provider = { key, grants: noGrants(), conditions: fairConditions(), nowMs };
  const { conditions, grants } = provider;
  const requests: EntraRecord[] = [];
  const inAnswers: string[] = [];
  const server = await startWebServer({
    handle: async (request) => {
      const slowMs = conditions.slowMs + slownessOf(conditions, request);
      if (slowMs > 0) await wait(slowMs);
      const answer = answerRequest(provider, request);
      requests.push(record(request, answer));
      inAnswers.push(...secretsIn(answer));
      return answer;
    },
  });
  return {
    facts: {
      authority: `https://${authorityHost}/organizations`,
      address: server.origin,
      clientId: application.clientId,
    },
    requests,
    handedOut: () => [...grants.codes.keys(), ...inAnswers],
    checkToken: (token, audience) => checkToken(key, token, { audience, nowMs: nowMs() }),
    fault: (fault) => {
      applyEntraFault(conditions, fault, grants.refreshTokens.size);
    },
    stop: () => server.stop(),
  };
}

function slownessOf({ slowTenants }: EntraConditions, { url }: WebRequest): number {
  const [, segment = ""] = url.pathname.split("/");
  return slowTenants.get(findTenant(segment)?.tenantId ?? "") ?? 0;
}

function answerRequest(provider: Provider, request: WebRequest): WebAnswer {
  try {
    return route(provider, request) ?? messagePage(404, "Not found", "There is no such page.");
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const id = request.headers["client-request-id"] ?? formOf(request).get("client-request-id");
    return errorAnswer(error, provider.nowMs(), typeof id === "string" ? id : undefined);
  }
}

function route(provider: Provider, request: WebRequest): WebAnswer | undefined {
  const { method, url } = request;
  if (url.pathname === deviceLoginPath) return deviceLogin(provider, request);
  const [, segment = "", ...rest] = url.pathname.split("/");
  switch (`${method} ${rest.join("/")}`) {
    case "GET v2.0/.well-known/openid-configuration":
      return json(200, discoveryDocument(segment));
    case "GET discovery/v2.0/keys":
      return json(200, { keys: [provider.key.publicKey] });
    case "GET oauth2/v2.0/authorize":
    case "POST oauth2/v2.0/authorize":
      return authorize(provider, request, segment);
    case "POST oauth2/v2.0/token":
      return giveTokens(provider, request, segment);
    case "POST oauth2/v2.0/devicecode":
      return startDeviceCode(provider, request, segment);
    case "GET oauth2/v2.0/logout":
      return messagePage(200, "You signed out", "It's a good idea to close all browser windows.");
    default:
      return undefined;
  }
}

/** OpenID Connect Discovery 1.0. Under `organizations` the issuer keeps Entra's placeholder. */
function discoveryDocument(segment: string): object {
  requireTenantSegment(segment);
  const base = `https://${authorityHost}/${segment}`;
  const issued = findTenant(segment)?.tenantId ?? "{tenantid}";
  return {
    issuer: `https://${authorityHost}/${issued}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ["code"],
    response_modes_supported: ["form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    token_endpoint_auth_methods_supported: ["none"],
    code_challenge_methods_supported: ["S256"],
  };
}

const secretFields = z
  .object({
    access_token: z.string(),
    id_token: z.string(),
    refresh_token: z.string(),
    device_code: z.string(),
  })
  .partial();

function secretsIn({ headers, body }: WebAnswer): readonly string[] {
  if (headers["content-type"]?.startsWith("application/json") !== true) return [];
  const found = secretFields.parse(JSON.parse(body));
  return Object.values(found).filter((secret) => secret !== undefined);
}

function record(request: WebRequest, { status }: WebAnswer): EntraRecord {
  const { method, url } = request;
  const form = formOf(request);
  return {
    method,
    path: url.pathname,
    grantType: form.get("grant_type"),
    scope: form.get("scope") ?? url.searchParams.get("scope"),
    status,
  };
}
