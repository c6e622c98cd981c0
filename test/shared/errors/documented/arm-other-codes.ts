// Codes of Azure Resource Manager itself that a request about a link can meet, beyond those that the link's own API lists.
import type { DocumentedCodes } from "./documented.ts";

export const armOtherCodes: DocumentedCodes = {
  source: "Troubleshoot common Azure deployment errors; Azure Resource Manager's own answers",
  rows: [
    [401, "AuthenticationFailed", "block", "The 'Authorization' header is missing."],
    [401, "AuthenticationFailedInvalidHeader", "block", "The header has an invalid format."],
    [401, "InvalidAuthenticationTokenAudience", "block", "The token is for the wrong audience."],
    [401, "InvalidAuthenticationTokenTenant", "block", "The token is from the wrong issuer."],
    [404, "ResourceGroupNotFound", "block", "Resource group 'rg' could not be found."],
    [404, "InvalidResourceType", "block", "The resource type could not be found."],
    [409, "ReadOnlyDisabledSubscription", "fatal", "The subscription is marked as read only."],
    [400, "NoRegisteredProviderFound", "block", "No provider found for this API version."],
    [400, "MissingApiVersionParameter", "block", "The api-version query parameter is required."],
    [400, "InvalidRequestContent", "fatal", "The request content was invalid."],
    [400, "ManagedInstanceExceedMaxAzureStorage", "block", "The instance has reached its limit."],
    [500, "InternalServerError", "retry", "Encountered internal server error."],
    [501, "NotImplemented", "block", "The operation is not implemented."],
    [502, "BadGateway", "retry", "The gateway received an invalid response."],
    [503, "ServiceUnavailable", "retry", "The service is temporarily unavailable."],
    [504, "GatewayTimeout", "ambiguous", "The gateway did not receive a response in time."],
  ],
};
