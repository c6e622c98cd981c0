// A session of the account that is signed in to the Azure CLI: no registration of ours, nothing to keep, nobody asked.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Clock } from "../run/clock.ts";
import type { System } from "./az-command.ts";
import type { AzToken } from "./az-token.ts";
import { azToken } from "./az-token.ts";
import type { Cloud } from "./clouds.ts";
import type { Audience, Session, Token, TokenRequest } from "./session.ts";

export interface AzureCliOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  /** Undefined: az's own. */
  readonly tenantId?: string | undefined;
  /** The process's own where it is not told. */
  readonly system?: System;
}

/** As sessions of the sign-in library do: a token that ends sooner is asked for anew. */
const renewBeforeMs = 5 * 60_000;

const name = "the account of the Azure CLI";
const accountId = "azureCli";

/** Asks az for a first token, which tells the tenant. Throws AppError. */
export async function createAzureCliSession(options: AzureCliOptions): Promise<Session> {
  const { cloud, clock, system = { platform: process.platform, env: process.env } } = options;
  const kept = new Map<string, AzToken>();
  const underWay = new Map<string, Promise<AzToken>>();
  const { tenantId } = options;
  const first = await azToken({ resource: resourceOf(cloud, "arm"), tenantId }, system);
  let tenant = first.tenantId;
  kept.set(`arm ${tenant}`, first);

  /** Questions at the same time share one start of az. */
  const renewed = (audience: Audience, tenantId: string): Promise<AzToken> => {
    const key = `${audience} ${tenantId}`;
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const asked = azToken({ resource: resourceOf(cloud, audience), tenantId }, system)
      .then((token) => {
        kept.set(key, token);
        return token;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  };
  const token = async (request: TokenRequest, signal?: AbortSignal): Promise<Token> => {
    signal?.throwIfAborted();
    const { audience, tenantId, claims } = request;
    if (claims !== undefined) throw claimsRefused();
    const known = kept.get(`${audience} ${tenantId}`);
    const isGood = known !== undefined && known.endsMs - clock.nowMs() > renewBeforeMs;
    const given = isGood ? known : await renewed(audience, tenantId);
    signal?.throwIfAborted();
    return given;
  };
  const until = (audience: Audience): string | null => {
    const known = kept.get(`${audience} ${tenant}`);
    return known === undefined ? null : new Date(known.endsMs).toISOString();
  };
  return {
    accountId,
    cloud,
    name,
    tenantId: () => tenant,
    useTenant: (tenantId) => (tenant = tenantId),
    token,
    claimsWanted: () => undefined,
    facts: () => ({
      accountId,
      name,
      tenantId: tenant,
      armTokenUntil: until("arm"),
      sqlTokenUntil: until("sql"),
    }),
  };
}

/** az takes the resource, and makes the scope of it itself. */
function resourceOf({ armScope, sqlScope }: Cloud, audience: Audience): string {
  return (audience === "arm" ? armScope : sqlScope).replace(/\/\.default$/, "");
}

/** What a policy wants to see in a token, az can only be asked for at its own sign-in. */
function claimsRefused(): AppError {
  return new AppError({
    code: "azureCliClaims",
    class: "block",
    summary: "Azure wants to see more in the token than the sign-in of the Azure CLI gave.",
    remedy: "Run az login in this account, then try again.",
  });
}
