// Codes of Azure Resource Manager met with every request: token, rights, what is not there, throttling, the service itself.
import type { AzureErrorRow } from "./azure-error-row.ts";
import { readBothRoles } from "./azure-error-row.ts";

/** Source: "Troubleshoot common Azure deployment errors" and the error lists of Microsoft.Sql's REST operations. */
export const armAccessErrors: readonly AzureErrorRow[] = [
  {
    codes: [
      "InvalidAuthenticationToken",
      "ExpiredAuthenticationToken",
      "AuthenticationFailed",
      "AuthenticationFailedInvalidHeader",
      "InvalidAuthenticationTokenAudience",
    ],
    code: "armTokenRefused",
    class: "block",
    meaning: "Azure did not accept the sign-in for {what}.",
    remedy: "Sign in to Azure again.",
  },
  {
    codes: ["InvalidAuthenticationTokenTenant"],
    code: "armWrongTenant",
    class: "block",
    meaning: "{what} belongs to another tenant than the one signed in to.",
    remedy: "Choose the tenant of the subscription, then the subscription again.",
  },
  {
    codes: ["AuthorizationFailed", "LinkedAuthorizationFailed"],
    code: "armNotAllowed",
    class: "block",
    meaning: "The signed-in account may not {action} on {what}.",
    remedy:
      "Have the role SQL Managed Instance Contributor, or one with that action, given to the account there.",
  },
  {
    codes: ["RequestDisallowedByPolicy"],
    code: "armPolicy",
    class: "block",
    meaning: "A policy of the organization forbids this request about {what}.",
    remedy: "Read the message for the policy's name, and ask who owns it.",
  },
  {
    codes: [
      "ResourceNotFound",
      "ResourceDoesNotExist",
      "ResourceGroupNotFound",
      "ServerNotInSubscriptionResourceGroup",
      "SubscriptionDoesNotHaveServer",
      "DatabaseDoesNotExist",
    ],
    code: "armNotFound",
    class: "block",
    meaning: "Azure has no {what}, or the account may not see it.",
    remedy: "Compare tenant and subscription; look whether it was removed.",
  },
  {
    codes: ["SubscriptionNotFound"],
    code: "armSubscriptionNotFound",
    class: "block",
    meaning: "Azure has no subscription for {what} that this account may see.",
    remedy: "Choose the tenant and the subscription again.",
  },
  {
    codes: ["OperationIdNotFound"],
    code: "armOperationGone",
    class: "ambiguous",
    meaning: "Azure does not know the operation on {what} any more.",
    remedy: readBothRoles,
  },
  {
    codes: ["SubscriptionDisabled", "ReadOnlyDisabledSubscription"],
    code: "armSubscriptionDisabled",
    class: "fatal",
    meaning: "The subscription of {what} is disabled.",
    remedy: "Have the subscription enabled by its billing owner.",
  },
  {
    codes: ["InvalidParameterValue", "SourceDatabaseNotFound", "InvalidResourceType"],
    code: "armWrongName",
    class: "block",
    meaning: "Azure does not accept a name in the request about {what}.",
    remedy: "Read the message, then read both sides again.",
  },
  {
    codes: ["NoRegisteredProviderFound", "MissingApiVersionParameter"],
    code: "armVersionUnknown",
    class: "block",
    meaning: "This cloud does not offer the version of the API that {what} is read with.",
    remedy: "Look at the link in the Azure portal of that cloud.",
  },
];

export const armServiceErrors: readonly AzureErrorRow[] = [
  {
    codes: [
      "TooManyRequests",
      "SubscriptionTooManyRequests",
      "SubscriptionTooManyCreateUpdateRequests",
      "ConflictingSubscriptionOperation",
      "ManagedInstanceFailoverThrottled",
    ],
    code: "armThrottled",
    class: "retry",
    meaning: "Azure takes no more requests about {what} for a while.",
    remedy: "Wait, then try again.",
  },
  {
    codes: [
      "ConflictingServerOperation",
      "ConflictingDatabaseOperation",
      "ConflictingSystemOperationInProgress",
      "ManagedInstanceIsBusy",
      "ManagementServiceDatabaseBusy",
    ],
    code: "armBusy",
    class: "retry",
    meaning: "Another operation of Azure is working on {what}.",
    remedy: "Wait until it has ended, then try again.",
  },
  {
    codes: ["ServiceUnavailable", "DatabaseUnavailable", "InternalServerError", "BadGateway"],
    code: "armUnavailable",
    class: "retry",
    meaning: "Azure cannot answer about {what} for a moment.",
    remedy: "Try again in a minute; look at Azure's status page if it stays.",
  },
  {
    codes: ["RequestTimeout", "GatewayTimeout", "GatewayInternalServerError", "OperationTimedOut"],
    code: "armTimedOut",
    class: "ambiguous",
    meaning: "Azure did not finish a request about {what} in time.",
    remedy: "Read {what} and the roles of both sides before any other step.",
  },
  {
    codes: ["OperationCancelled", "OperationInterrupted", "CannotCancelOperation"],
    code: "armInterrupted",
    class: "ambiguous",
    meaning: "An operation of Azure on {what} was interrupted.",
    remedy: readBothRoles,
  },
  {
    codes: ["NotImplemented", "CloudLifterUnsupportedFeature"],
    code: "armNotOffered",
    class: "block",
    meaning: "Azure does not offer this for {what}.",
    remedy: "Read the message for the feature that is missing.",
  },
];
