// The authorize endpoint: the account page, and the answer that the browser posts to the application.
import type { WebAnswer, WebRequest } from "../web/web-server.ts";
import { findUser, membershipOf } from "./directory.ts";
import { EntraError, notInTenant, refuse } from "./errors.ts";
import { requireWorkingTenant } from "./faults.ts";
import { keep } from "./grants.ts";
import { accountPage, formPostPage, messagePage } from "./pages.ts";
import { formOf, requireApplication, requireTenantSegment, tenantFor } from "./provider.ts";
import type { Provider } from "./provider.ts";
import { clientInfo } from "./tokens.ts";

/** A code can be redeemed for this long, ms. */
const codeLifetimeMs = 10 * 60 * 1000;

/**
 * GET shows the accounts, POST takes the choice. A request that cannot be trusted (application, redirect, tenant) is told
 * on the page alone; a refusal of the user goes back to the application. Entra does the same.
 */
export function authorize(provider: Provider, request: WebRequest, segment: string): WebAnswer {
  const isChoice = request.method === "POST";
  const parameters = isChoice ? formOf(request) : request.url.searchParams;
  const upn = parameters.get("upn");
  const choice = parameters.get("choice");
  parameters.delete("upn");
  parameters.delete("choice");
  try {
    const asked = readAuthorization(parameters, segment);
    if (!isChoice && parameters.get("prompt") === "none") {
      return goBack(asked, {
        error: "login_required",
        error_description:
          "AADSTS50058: A silent sign-in request was sent but no user is signed in.",
      });
    }
    if (choice === "cancel") return goBack(asked, { ...declined, error_subcode: "cancel" });
    if (upn === null) return accountPage(request.url.pathname, parameters);
    return signIn(provider, { asked, segment, upn });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    // With another account it may go well; anything else is beyond the person at the page.
    return error.refusal.code === 50020 || error.refusal.code === 50034
      ? accountPage(request.url.pathname, parameters, error.message)
      : messagePage(error.refusal.status, "Sign-in failed", error.message);
  }
}

const declined = {
  error: "access_denied",
  error_description: "AADSTS65004: User declined to consent to access the app.",
};

interface Authorization {
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scope: string;
  readonly codeChallenge: string;
  readonly nonce: string | null;
}

/** A public client's redirect: this computer, any port, no path ("Redirect URI restrictions", localhost exceptions). */
const loopback = /^http:\/\/localhost(:\d{1,5})?\/?$/;

function readAuthorization(parameters: URLSearchParams, segment: string): Authorization {
  requireTenantSegment(segment);
  requireApplication(parameters.get("client_id"), segment);
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (!loopback.test(redirectUri)) {
    throw refuse(
      "invalid_request",
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application.`,
    );
  }
  requireValue(parameters, "response_type", "code");
  requireValue(parameters, "response_mode", "form_post");
  const codeChallenge = parameters.get("code_challenge") ?? "";
  if (codeChallenge === "" || parameters.get("code_challenge_method") !== "S256") {
    throw refuse("invalid_request", 501491, "Invalid size or method of Code_Challenge parameter.");
  }
  return {
    redirectUri,
    state: parameters.get("state"),
    scope: parameters.get("scope") ?? "",
    codeChallenge,
    nonce: parameters.get("nonce"),
  };
}

function requireValue(parameters: URLSearchParams, name: string, only: string): void {
  const value = parameters.get(name) ?? "";
  if (value !== only) {
    throw refuse("invalid_request", 70007, `'${value}' is not a supported value of '${name}'.`);
  }
}

interface Choice {
  readonly asked: Authorization;
  readonly segment: string;
  readonly upn: string;
}

function signIn(provider: Provider, { asked, segment, upn }: Choice): WebAnswer {
  const { conditions, grants, nowMs } = provider;
  const user = findUser(upn);
  if (user === undefined) {
    throw refuse(
      "invalid_grant",
      50034,
      `The user account ${upn} does not exist in the directory.`,
    );
  }
  const tenant = tenantFor(segment, user);
  requireWorkingTenant(conditions, tenant.tenantId, true);
  if (membershipOf(user, tenant.tenantId) === undefined) throw notInTenant(upn, tenant.name);
  if (conditions.isConsentDeclined) return goBack(asked, declined);
  const { scope, redirectUri, codeChallenge, nonce } = asked;
  const code = keep(grants.codes, {
    user,
    tenant,
    scope,
    redirectUri,
    codeChallenge,
    ...(nonce === null ? {} : { nonce }),
    expiresMs: nowMs() + codeLifetimeMs,
    isRedeemed: false,
  });
  return goBack(asked, { code, client_info: clientInfo(user) });
}

function goBack(
  { redirectUri, state }: Authorization,
  answer: Readonly<Record<string, string>>,
): WebAnswer {
  const fields = Object.entries(answer);
  return formPostPage(redirectUri, state === null ? fields : [...fields, ["state", state]]);
}
