// Device code: the codes a client asks for (RFC 8628), and the page where the user types one.
import { json, type WebAnswer, type WebRequest } from "../web/web-server.ts";
import { findUser, membershipOf } from "./directory.ts";
import { EntraError, notInTenant } from "./errors.ts";
import { requireWorkingTenant } from "./faults.ts";
import { keep, newUserCode, type DeviceGrant } from "./grants.ts";
import { deviceLoginPage, messagePage } from "./pages.ts";
import { formOf, requireApplication, requireTenantSegment, tenantFor } from "./provider.ts";
import type { Provider } from "./provider.ts";

export const deviceLoginPath = "/devicelogin";

/**
 * The devicecode endpoint. The page's address is the provider's own on 127.0.0.1: a person types it into any browser, and
 * no browser knows the mapped authority.
 */
export function startDeviceCode(
  { grants, conditions, nowMs }: Provider,
  request: WebRequest,
  segment: string,
): WebAnswer {
  const form = formOf(request);
  requireTenantSegment(segment);
  requireApplication(form.get("client_id"), segment);
  const { deviceCodeLifetimeSeconds, deviceCodeIntervalSeconds } = conditions;
  const userCode = newUserCode();
  const deviceCode = keep<DeviceGrant>(grants.devices, {
    userCode,
    tenantSegment: segment,
    scope: form.get("scope") ?? "",
    expiresMs: nowMs() + deviceCodeLifetimeSeconds * 1000,
    outcome: { kind: "pending" },
  });
  const page = `${request.url.origin}${deviceLoginPath}`;
  return json(200, {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: deviceCodeLifetimeSeconds,
    interval: deviceCodeIntervalSeconds,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  });
}

/** GET shows the form, POST takes code and account. */
export function deviceLogin(provider: Provider, request: WebRequest): WebAnswer {
  if (request.method !== "POST") return deviceLoginPage(deviceLoginPath, "");
  const form = formOf(request);
  const typed = form.get("user_code") ?? "";
  try {
    return choose(provider, form);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return deviceLoginPage(deviceLoginPath, typed, error.message);
  }
}

function choose({ grants, conditions, nowMs }: Provider, form: URLSearchParams): WebAnswer {
  const typed = form.get("user_code") ?? "";
  const grant = findByUserCode(grants.devices.values(), typed);
  if (grant?.outcome.kind !== "pending" || grant.expiresMs <= nowMs()) {
    return deviceLoginPage(
      deviceLoginPath,
      typed,
      "That code didn't work. Check the code and try again.",
    );
  }
  const user = findUser(form.get("upn"));
  if (form.get("choice") === "cancel" || (user !== undefined && conditions.isConsentDeclined)) {
    grant.outcome = { kind: "declined" };
    return messagePage(200, "Sign-in cancelled", "You can close this window.");
  }
  if (user === undefined) {
    return deviceLoginPage(deviceLoginPath, typed, "Choose one of the accounts.");
  }
  const tenant = tenantFor(grant.tenantSegment, user);
  requireWorkingTenant(conditions, tenant.tenantId, true);
  if (membershipOf(user, tenant.tenantId) === undefined) throw notInTenant(user.upn, tenant.name);
  grant.outcome = { kind: "signedIn", user, tenant };
  return messagePage(200, "You have signed in", "You can close this window.");
}

/** Case, spaces and hyphens are forgiven. */
function findByUserCode(grants: Iterable<DeviceGrant>, typed: string): DeviceGrant | undefined {
  const code = typed.replace(/[\s-]/g, "").toUpperCase();
  return [...grants].find(({ userCode }) => userCode === code);
}
