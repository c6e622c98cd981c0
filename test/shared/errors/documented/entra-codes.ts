// Every AADSTS number and word that the documents list for a desktop sign-in.

/** Source: "Microsoft Entra authentication and authorization error codes". */
export const entraCodes: readonly string[] = [
  ...["interaction_required", "login_required", "no_account_in_cache", "no_tokens_found"],
  ...["50076", "50079", "50078", "50097", "500021", "500022", "500212", "500213", "50014"],
  ...["50158", "53000", "53001", "53003", "53004", "65001", "65004", "90094", "90095", "700016"],
  ...["7000218", "7000215", "7000222", "50020", "90072", "50034", "50053", "50055", "50057"],
  ...["50126", "50058", "50105", "50011", "70008", "700082", "700084", "50173", "70043", "70044"],
  ...["75011", "16000", "500011", "900023", "90002"],
];

/** No document that was found vouches for what these mean. */
export const unverifiedEntraCodes: readonly string[] = ["530033", "530036"];
