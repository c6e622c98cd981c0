// Every AADSTS number and word that the documents list for a desktop sign-in.

/** Source: "Microsoft Entra authentication and authorization error codes". */
export const entraCodes: readonly string[] = [
  ...["interaction_required", "login_required", "no_account_in_cache", "no_tokens_found"],
  ...["50076", "50079", "50078", "50097", "500021", "500022", "500212", "500213", "50014"],
  ...["50158", "53000", "53001", "53003", "53004", "65001", "65004", "90094", "90095", "700016"],
  ...["7000218", "7000215", "7000222", "50020", "90072", "50034", "50053", "50055", "50057"],
  ...["50126", "50058", "50105", "50011", "70008", "700082", "700084", "50173", "70043", "70044"],
  ...["75011", "16000", "500011", "900023", "90002"],
  ...["user_cancelled", "popup_window_error", "loopback_server_timeout"],
];

/** Source: the same, OAuth 2.0 (RFC 6749, RFC 8628) and the error codes of MSAL: what else a sign-in from here meets. */
export const moreEntraCodes: readonly string[] = [
  ...["invalid_grant", "consent_required", "no_account_found", "refresh_token_expired", "50074"],
  ...["basic_action", "additional_action", "530034", "access_denied", "authorization_declined"],
  ...["user_canceled", "no_auth_code_in_response", "unauthorized_client", "invalid_client"],
  ...["500113", "invalid_resource", "900021", "invalid_tenant", "device_code_expired", "70019"],
  ...["70020", "expired_token", "user_timeout_reached"],
];

/** Source: the same. The service itself: asking again is what there is to do. */
export const passingEntraCodes: readonly string[] = [
  ...["90033", "temporarily_unavailable", "server_error", "90090", "50196"],
];

/** No document that was found vouches for what these mean. */
export const unverifiedEntraCodes: readonly string[] = ["530033", "530036"];
