// Tokens: what the provider gives out for a user in a tenant, and whether an access token that comes back is one of them.
import { z } from "zod";
import {
  application,
  authorityHost,
  membershipOf,
  type Audience,
  type Tenant,
  type User,
} from "./directory.ts";
import { notInTenant } from "./errors.ts";
import type { GrantedScope } from "./scopes.ts";
import type { SigningKey } from "./signing-key.ts";

/** Microsoft Graph's id, the audience of a token nobody asked a resource for. */
const graph = "00000003-0000-0000-c000-000000000000";

export interface TokenRequest {
  readonly user: User;
  readonly tenant: Tenant;
  readonly scope: GrantedScope;
  readonly nonce?: string;
  readonly nowMs: number;
  readonly lifetimeSeconds: number;
}

/** The token endpoint's answer without its refresh token. Throws AADSTS50020 where the user is not in the tenant. */
export function issueTokens(key: SigningKey, request: TokenRequest) {
  const { user, tenant, scope, nonce, nowMs, lifetimeSeconds } = request;
  const { tenantId } = tenant;
  const member = membershipOf(user, tenantId);
  if (member === undefined) throw notInTenant(user.upn, tenant.name);
  const iat = Math.floor(nowMs / 1000);
  const common = {
    iat,
    nbf: iat,
    exp: iat + lifetimeSeconds,
    tid: tenantId,
    oid: member.objectId,
    sub: member.objectId,
    name: user.name,
  };
  const access: AccessClaims & Record<string, unknown> = {
    ...common,
    aud: scope.audience === "graph" ? graph : scope.audience,
    iss: `https://${authorityHost}/${tenantId}/`,
    ver: "1.0",
    appid: application.clientId,
    scp: "user_impersonation",
    upn: member.upn,
    unique_name: user.upn,
  };
  const identity = {
    ...common,
    aud: application.clientId,
    iss: `https://${authorityHost}/${tenantId}/v2.0`,
    ver: "2.0",
    preferred_username: user.upn,
    ...(nonce === undefined ? {} : { nonce }),
  };
  return {
    token_type: "Bearer",
    scope: scope.text,
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: key.sign(access),
    id_token: key.sign(identity),
    client_info: clientInfo(user),
  };
}

/** Who the user is at home, whatever tenant the token is of: clients keep their accounts by it. */
export function clientInfo({ home }: User): string {
  const info = { uid: home.objectId, utid: home.tenantId };
  return Buffer.from(JSON.stringify(info)).toString("base64url");
}

const accessClaims = z.object({
  aud: z.string(),
  iss: z.string(),
  exp: z.number(),
  tid: z.string(),
  oid: z.string(),
  upn: z.string(),
  appid: z.string(),
});

export type AccessClaims = z.infer<typeof accessClaims>;

export type TokenCheck =
  | { readonly kind: "valid"; readonly claims: AccessClaims }
  /** No token of this provider. */
  | { readonly kind: "forged" }
  | { readonly kind: "wrongAudience"; readonly audience: string }
  | { readonly kind: "expired"; readonly expiredMs: number };

/** Signature first, then audience, then time: nothing is said of a token that is not the provider's own. */
export function checkToken(
  key: SigningKey,
  token: string,
  asked: { readonly audience: Audience; readonly nowMs: number },
): TokenCheck {
  const parsed = accessClaims.safeParse(key.read(token));
  if (!parsed.success) return { kind: "forged" };
  const { data: claims } = parsed;
  if (claims.aud !== asked.audience) return { kind: "wrongAudience", audience: claims.aud };
  const expiredMs = claims.exp * 1000;
  return expiredMs <= asked.nowMs ? { kind: "expired", expiredMs } : { kind: "valid", claims };
}
