// The token endpoint: codes, device codes and refresh tokens become tokens.
import { createHash } from "node:crypto";
import { json, type WebAnswer, type WebRequest } from "../web/web-server.ts";
import type { Tenant, User } from "./directory.ts";
import { refuse } from "./errors.ts";
import { requireWorkingTenant } from "./faults.ts";
import { keep } from "./grants.ts";
import { formOf, requireApplication, requireTenantSegment, tenantFor } from "./provider.ts";
import type { Provider } from "./provider.ts";
import { readScope } from "./scopes.ts";
import { issueTokens } from "./tokens.ts";

/** Throws EntraError. */
export function giveTokens(provider: Provider, request: WebRequest, segment: string): WebAnswer {
  const form = formOf(request);
  requireTenantSegment(segment);
  requireApplication(form.get("client_id"), segment);
  const proved = redeem(provider, form, segment);
  const { user, tenant, nonce, isByHand } = proved;
  const { key, grants, conditions, nowMs } = provider;
  requireWorkingTenant(conditions, tenant.tenantId, isByHand);
  const scope = readScope(form.get("scope") ?? proved.scope, tenant);
  const tokens = issueTokens(key, {
    user,
    tenant,
    scope,
    ...(nonce === undefined ? {} : { nonce }),
    nowMs: nowMs(),
    lifetimeSeconds: conditions.tokenLifetimeSeconds,
  });
  if (!scope.hasRefreshToken) return json(200, tokens);
  const refreshToken = keep(grants.refreshTokens, { user, number: grants.refreshTokens.size });
  return json(200, { ...tokens, refresh_token: refreshToken });
}

/** What a grant proves. */
interface Proved {
  readonly user: User;
  readonly tenant: Tenant;
  /** What was asked when the grant was made. */
  readonly scope: string;
  readonly nonce?: string;
  /** The user has just been at the page. */
  readonly isByHand: boolean;
}

function redeem(provider: Provider, form: URLSearchParams, segment: string): Proved {
  const grantType = form.get("grant_type") ?? "";
  switch (grantType) {
    case "authorization_code":
      return redeemCode(provider, form);
    case "refresh_token":
      return redeemRefreshToken(provider, form, segment);
    case "device_code":
    case "urn:ietf:params:oauth:grant-type:device_code":
      return redeemDeviceCode(provider, form);
    default:
      throw refuse(
        "unsupported_grant_type",
        70003,
        `The app requested an unsupported grant type '${grantType}'.`,
      );
  }
}

function redeemCode({ grants, nowMs }: Provider, form: URLSearchParams): Proved {
  const grant = grants.codes.get(form.get("code") ?? "");
  if (grant === undefined) {
    throw refuse("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
  }
  if (grant.isRedeemed) {
    throw refuse("invalid_grant", 54005, "OAuth2 Authorization code was already redeemed.");
  }
  grant.isRedeemed = true;
  if (grant.expiresMs <= nowMs()) {
    throw refuse("invalid_grant", 70008, "The provided authorization code has expired.");
  }
  if (form.get("redirect_uri") !== grant.redirectUri) {
    throw refuse("invalid_grant", 500112, "The reply address does not match the one asked for.");
  }
  const verifier = form.get("code_verifier") ?? "";
  if (createHash("sha256").update(verifier).digest("base64url") !== grant.codeChallenge) {
    throw refuse(
      "invalid_grant",
      501481,
      "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    );
  }
  const { user, tenant, scope, nonce } = grant;
  return { user, tenant, scope, ...(nonce === undefined ? {} : { nonce }), isByHand: true };
}

function redeemRefreshToken(
  { grants, conditions }: Provider,
  form: URLSearchParams,
  segment: string,
): Proved {
  const grant = grants.refreshTokens.get(form.get("refresh_token") ?? "");
  if (grant === undefined) {
    throw refuse("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
  }
  if (grant.number < conditions.validFromNumber) {
    throw refuse(
      "invalid_grant",
      50173,
      "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
    );
  }
  const { user } = grant;
  return { user, tenant: tenantFor(segment, user), scope: "", isByHand: false };
}

/** RFC 8628 3.5. */
function redeemDeviceCode({ grants, nowMs }: Provider, form: URLSearchParams): Proved {
  const secret = form.get("device_code") ?? "";
  const grant = grants.devices.get(secret);
  if (grant === undefined) {
    throw refuse("bad_verification_code", 70018, "The verification code is not known.");
  }
  const { outcome, scope } = grant;
  if (outcome.kind === "declined") {
    throw refuse("authorization_declined", 65004, "User declined to consent to access the app.");
  }
  if (grant.expiresMs <= nowMs()) {
    throw refuse("expired_token", 70019, "The verification code has expired.");
  }
  if (outcome.kind === "pending") {
    throw refuse(
      "authorization_pending",
      70016,
      "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
    );
  }
  grants.devices.delete(secret);
  return { user: outcome.user, tenant: outcome.tenant, scope, isByHand: true };
}
