// What the provider remembers between two requests: codes, device codes, refresh tokens. In memory alone.
import { randomBytes } from "node:crypto";
import type { Tenant, User } from "./directory.ts";

/** An authorization code, to be redeemed once. */
export interface CodeGrant {
  readonly user: User;
  readonly tenant: Tenant;
  readonly scope: string;
  readonly redirectUri: string;
  /** PKCE, S256. */
  readonly codeChallenge: string;
  readonly nonce?: string;
  readonly expiresMs: number;
  isRedeemed: boolean;
}

export interface DeviceGrant {
  /** What the user types: letters and digits that are not mistaken for one another. */
  readonly userCode: string;
  /** The tenant segment of the authority that was asked: an id, a domain or `organizations`. */
  readonly tenantSegment: string;
  readonly scope: string;
  readonly expiresMs: number;
  outcome:
    | { readonly kind: "pending" }
    | { readonly kind: "declined" }
    | { readonly kind: "signedIn"; readonly user: User; readonly tenant: Tenant };
}

/** Good for every resource and every tenant of its user, as Entra's are. */
export interface RefreshGrant {
  readonly user: User;
  readonly number: number;
}

export interface Grants {
  readonly codes: Map<string, CodeGrant>;
  readonly devices: Map<string, DeviceGrant>;
  readonly refreshTokens: Map<string, RefreshGrant>;
}

export function noGrants(): Grants {
  return { codes: new Map(), devices: new Map(), refreshTokens: new Map() };
}

/** Keeps a grant under a secret nobody can guess, and tells the secret. */
export function keep<Grant>(grants: Map<string, Grant>, grant: Grant): string {
  const secret = randomBytes(32).toString("base64url");
  grants.set(secret, grant);
  return secret;
}

const codeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** Nine characters, as Entra's. */
export function newUserCode(): string {
  return [...randomBytes(9)].map((byte) => codeLetters[byte % codeLetters.length]).join("");
}
