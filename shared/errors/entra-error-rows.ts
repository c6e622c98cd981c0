// AADSTS numbers and OAuth errors a desktop sign-in meets. Source: "Microsoft Entra authentication and authorization error codes".
import type { AzureErrorRow } from "./azure-error-row.ts";

const again = "Sign in to Azure again.";

export const entraRows: readonly AzureErrorRow[] = [
  {
    codes: [
      // Refresh token expired, revoked or ended by a sign-in frequency policy; no session.
      ...["70008", "700082", "700084", "50173", "70043", "70044", "50058", "50078"],
      ...["invalid_grant", "interaction_required", "login_required", "consent_required"],
      ...["no_account_in_cache", "no_account_found", "no_tokens_found", "refresh_token_expired"],
    ],
    code: "signInAgain",
    class: "block",
    meaning: "The sign-in of {what} has ended or was revoked.",
    remedy: again,
  },
  {
    codes: ["50076", "50079", "50158", "50074", "basic_action", "additional_action"],
    code: "signInMfa",
    class: "block",
    meaning: "Microsoft Entra ID asks {what} for one more proof, which takes a browser.",
    remedy: again,
  },
  {
    codes: ["50097", "53000", "53001", "53003", "53004", "530034"],
    code: "conditionalAccess",
    class: "block",
    meaning:
      "A Conditional Access policy does not let {what} in from this computer or in this way.",
    remedy:
      "Sign in by browser instead of a code, use a computer the policy allows, or ask its owner with the correlation id.",
  },
  {
    codes: ["500021", "500022", "500212", "500213"],
    code: "tenantRestricted",
    class: "block",
    meaning: "A restriction of this network or organization does not allow the tenant {what}.",
    remedy: "Have the tenant allowed by the owner of the proxy or the cross-tenant policy.",
  },
  {
    codes: ["50014", "50020", "90072"],
    code: "notInTenant",
    class: "block",
    meaning:
      "The account is no member of the tenant {what}, or its invitation is not accepted yet.",
    remedy: "Choose another tenant, accept the invitation, or have the account invited.",
  },
  {
    codes: ["65001", "90094", "90095"],
    code: "consentMissing",
    class: "block",
    meaning: "An administrator of {what} must allow this program first.",
    remedy: "Have admin consent given to the application in that tenant.",
  },
  {
    codes: ["65004", "access_denied", "authorization_declined", "user_cancelled", "user_canceled"],
    code: "signInDeclined",
    class: "block",
    meaning: "The sign-in was declined in the browser.",
    remedy: "Sign in again, and accept.",
  },
  {
    // The library's own words where its listener on this computer was not called back.
    codes: ["popup_window_error", "loopback_server_timeout", "no_auth_code_in_response"],
    code: "browserGone",
    class: "block",
    meaning: "The browser did not come back with an answer of {what}.",
    remedy: "Sign in again, or sign in with a code on another computer.",
  },
  {
    codes: ["700016", "unauthorized_client"],
    code: "applicationUnknown",
    class: "block",
    meaning: "The tenant {what} does not know this program's application.",
    remedy: "Choose another tenant, or check the client id: menu Azure > Cloud and client id.",
  },
  {
    codes: ["7000218", "7000215", "7000222", "invalid_client"],
    code: "applicationConfidential",
    class: "block",
    meaning: "The application registration is not a public client.",
    remedy: "Switch on 'Allow public client flows' in the registration.",
  },
  {
    codes: ["50011", "500113"],
    code: "redirectMissing",
    class: "block",
    meaning: "The application registration lacks the redirect address of this program.",
    remedy: "Add http://localhost under 'Mobile and desktop applications' in the registration.",
  },
  {
    codes: ["50105"],
    code: "notAssigned",
    class: "block",
    meaning: "The account is not assigned to this program's application.",
    remedy: "Have the account assigned to the application.",
  },
  {
    codes: ["500011", "invalid_resource"],
    code: "resourceUnknown",
    class: "block",
    meaning: "The tenant {what} does not know the Azure service asked for.",
    remedy: "Compare the tenant and the cloud (public, US Government, China).",
  },
  {
    codes: ["90002", "900023", "900021", "invalid_tenant"],
    code: "tenantUnknown",
    class: "block",
    meaning: "There is no tenant {what} in this cloud.",
    remedy: "Correct the tenant, or choose another cloud: menu Azure > Cloud and client id.",
  },
  {
    codes: ["50034"],
    code: "accountUnknown",
    class: "block",
    meaning: "There is no such account in {what}.",
    remedy: "Check the account's name and the tenant.",
  },
  {
    codes: ["50053", "50055", "50057", "50126"],
    code: "accountRefused",
    class: "block",
    meaning: "The account is locked or disabled, or its password is wrong or has expired.",
    remedy: "Read the message for which, and have it put right.",
  },
  {
    codes: ["16000", "75011"],
    code: "severalAccounts",
    class: "block",
    meaning: "Microsoft Entra ID could not tell which account to use.",
    remedy: "Sign in again and choose the account.",
  },
  {
    codes: ["device_code_expired", "70019", "70020", "expired_token", "user_timeout_reached"],
    code: "signInTimedOut",
    class: "block",
    meaning: "The code was not used in time.",
    remedy: "Sign in again and enter the new code.",
  },
  {
    codes: ["90033", "temporarily_unavailable", "server_error", "90090", "50196"],
    code: "entraUnavailable",
    class: "retry",
    meaning: "Microsoft Entra ID cannot answer for a moment.",
    remedy: "Try again in a minute.",
  },
];
