// Who calls: the bearer token of a request, and ARM's 401 for each way in which it is no good.
import { audiences, authorityHost, type Audience } from "../entra/directory.ts";
import type { TokenCheck } from "../entra/tokens.ts";
import type { WebRequest } from "../web/web-server.ts";
import { ArmError } from "./errors.ts";
import type { ArmConditions } from "./faults.ts";

/** The token's own account of its user. */
export interface Caller {
  readonly upn: string;
  readonly objectId: string;
  readonly tenantId: string;
}

export type CheckToken = (token: string, audience: Audience) => TokenCheck;

/** Throws 401 with the code and the challenge ARM gives. */
export function authenticate(
  { headers }: WebRequest,
  check: CheckToken,
  conditions: ArmConditions,
): Caller {
  const { authorization } = headers;
  if (authorization === undefined) {
    throw unauthorized(
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) {
    throw unauthorized(
      "AuthenticationFailedInvalidHeader",
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    );
  }
  const checked = check(token, audiences.arm);
  switch (checked.kind) {
    case "forged":
      throw unauthorized("InvalidAuthenticationToken", "The access token is invalid.");
    case "wrongAudience":
      throw unauthorized(
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${checked.audience}'. It should exactly match with one of the allowed audiences '${audiences.arm}'.`,
      );
    case "expired":
      throw expired(checked.expiredMs);
    case "valid": {
      const { upn, oid, tid, exp } = checked.claims;
      if (conditions.tokensRefusedRequests > 0) {
        conditions.tokensRefusedRequests--;
        throw expired(exp * 1000);
      }
      return { upn, objectId: oid, tenantId: tid };
    }
  }
}

function expired(expiredMs: number): ArmError {
  return unauthorized(
    "ExpiredAuthenticationToken",
    `The access token expiry UTC time '${new Date(expiredMs).toISOString()}' is earlier than current UTC time.`,
  );
}

function unauthorized(code: string, message: string): ArmError {
  return new ArmError(401, code, message, {
    "www-authenticate": `Bearer authorization_uri="https://${authorityHost}/organizations", error="invalid_token", error_description="${message.replaceAll('"', "'")}"`,
  });
}

/** 401 for a token of another tenant than the subscription's. */
export function wrongTenant(caller: Caller, subscriptionTenantId: string): ArmError {
  return unauthorized(
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://${authorityHost}/${caller.tenantId}/'. It must match the tenant 'https://${authorityHost}/${subscriptionTenantId}/' associated with this subscription. Please use the authority (URL) 'https://${authorityHost}/${subscriptionTenantId}' to get the token.`,
  );
}
