// One account that is signed in: tokens without asking anybody, in any of its tenants, for either audience.
import type { AccountInfo, AuthenticationResult, PublicClientApplication } from "@azure/msal-node";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { Cloud } from "./clouds.ts";
import { authorityOf } from "./clouds.ts";
import { claimsIn, entraFailure } from "./entra-failure.ts";
import type { Network } from "./network.ts";

export type Audience = "arm" | "sql";

export interface TokenRequest {
  readonly audience: Audience;
  readonly tenantId: string;
  /** What Azure wants to see in the token; then none is taken from the cache. */
  readonly claims?: string | undefined;
}

export interface Token {
  readonly token: string;
  /** ms since 1970 UTC. */
  readonly endsMs: number;
}

export interface Session {
  readonly accountId: string;
  /** Where it was signed in. */
  readonly cloud: Cloud;
  /** As the operator knows it, for sentences. */
  readonly name: string;
  /** The tenant whose tokens are for the instance: of the sign-in, then of the instance that was found. */
  readonly tenantId: () => string;
  readonly useTenant: (tenantId: string) => void;
  /** From the cache while it lives on for five minutes, else renewed. Throws AppError. */
  readonly token: (request: TokenRequest, signal?: AbortSignal) => Promise<Token>;
  /** What the next sign-in should show, where a token was refused for want of it. */
  readonly claimsWanted: () => string | undefined;
  readonly facts: () => Account;
}

export interface SessionParts {
  readonly application: PublicClientApplication;
  readonly network: Network;
  readonly cloud: Cloud;
  readonly account: AccountInfo;
  readonly tenantId: string;
}

export function createSession(parts: SessionParts): Session {
  const { application, network, cloud, account } = parts;
  const name = account.username === "" ? account.homeAccountId : account.username;
  const ends = new Map<string, number>();
  let tenant = parts.tenantId;
  let claimsWanted: string | undefined;
  const until = (audience: Audience): string | null => {
    const endsMs = ends.get(`${audience} ${tenant}`);
    return endsMs === undefined ? null : new Date(endsMs).toISOString();
  };
  const token = async (request: TokenRequest, signal?: AbortSignal): Promise<Token> => {
    signal?.throwIfAborted();
    const { audience, tenantId, claims } = request;
    const key = `${audience} ${tenantId}`;
    try {
      const result = await application.acquireTokenSilent({
        // The library looks in its cache by the account's tenant, and asks by the authority's.
        account: { ...account, tenantId },
        scopes: [audience === "arm" ? cloud.armScope : cloud.sqlScope],
        authority: authorityOf(cloud, tenantId),
        ...(claims === undefined ? {} : { claims }),
      });
      const given = tokenOf(result);
      ends.set(key, given.endsMs);
      return given;
    } catch (error) {
      ends.delete(key);
      claimsWanted = claimsIn(error) ?? claimsWanted;
      throw entraFailure(error, network, name);
    } finally {
      signal?.throwIfAborted();
    }
  };
  return {
    accountId: account.homeAccountId,
    cloud,
    name,
    tenantId: () => tenant,
    useTenant: (tenantId) => (tenant = tenantId),
    token,
    claimsWanted: () => claimsWanted,
    facts: () => ({
      accountId: account.homeAccountId,
      name,
      tenantId: tenant,
      armTokenUntil: until("arm"),
      sqlTokenUntil: until("sql"),
    }),
  };
}

/**
 * Both tokens of the tenant in use. The first audience must be there. The second may want more than the sign-in gave: it is asked
 * for again when it is used.
 */
export async function fetchBoth(session: Session, signal: AbortSignal): Promise<void> {
  const tenantId = session.tenantId();
  await session.token({ audience: "arm", tenantId }, signal);
  await session.token({ audience: "sql", tenantId }, signal).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof AppError)) throw error;
  });
}

function tokenOf({ accessToken, expiresOn }: AuthenticationResult): Token {
  if (accessToken === "" || expiresOn === null) {
    throw new AppError({
      code: "signInFailed",
      class: "block",
      summary: "Microsoft Entra ID answered without a token.",
      remedy: "Sign in to Azure again.",
    });
  }
  return { token: accessToken, endsMs: expiresOn.getTime() };
}
