// Every code of Azure Resource Manager that the documents list for a link that is there.
import type { DocumentedCodes } from "./documented.ts";

const api = "Distributed Availability Groups - Failover, Set Role (Azure REST API)";
const group = "DistributedAvailabilityGroup";

export const armCodes: readonly DocumentedCodes[] = [
  {
    source: `${api}: failover and role change`,
    rows: [
      [
        400,
        `Invalid${group}FailoverRequest`,
        "fatal",
        "Distributed Availability Group Failover request body is empty or invalid.",
      ],
      [
        400,
        `Invalid${group}FailoverInstanceRole`,
        "wrongSide",
        "Planned failover can be executed on a link in the primary role only.",
      ],
      [
        400,
        `${group}FailoverInvalidInstanceRole`,
        "wrongSide",
        "Planned failover can be executed on a link in the primary role only.",
      ],
      [
        409,
        `${group}FailoverSecondariesNotSynchronizing`,
        "block",
        "Planned failover cannot be executed if secondaries are not synchronizing.",
      ],
      [
        409,
        `${group}FailoverLogSendQueueSizeTooBig`,
        "block",
        "Planned failover cannot be executed if send queue is too large.",
      ],
      [
        409,
        `${group}FailoverRedoQueueSizeTooBig`,
        "block",
        "Planned failover cannot be executed if redo queue is too large on secondary.",
      ],
      [
        409,
        `${group}SetRoleInstanceAlreadyInRequestedRole`,
        "info",
        "Managed instance link is already in requested role.",
      ],
      [
        409,
        `${group}SetRoleChangeRoleAlreadyInProgress`,
        "wait",
        "There exist a previous role change in progress on Azure SQL Managed Instance.",
      ],
      [
        409,
        `${group}SetRoleFailed`,
        "ambiguous",
        "Setting the role has failed due to an unknown reason.",
      ],
      [
        409,
        `${group}SetRolePrimaryPlannedNotSupported`,
        "wrongSide",
        "User attempted to perform setRole operation to primary in planned fashion.",
      ],
      [
        409,
        `${group}DbEncryptedWithSmk`,
        "block",
        "This managed database is encrypted with service managed key.",
      ],
      [
        409,
        `${group}DbCannotBeEncryptedWhenPrimaryInMiLink`,
        "block",
        "Database cannot be encrypted using the service managed key.",
      ],
      [
        409,
        `${group}ProtectorCannotBeUpdtedToSmk`,
        "block",
        "Switching the encryption protector to service managed is not allowed.",
      ],
      [
        409,
        `${group}MiPrimaryWithGeodr`,
        "block",
        "There already exists database geo-replication using auto-failover groups.",
      ],
      [
        400,
        "ManagedInstanceStoppingOrStopped",
        "block",
        "Conflicting operation submitted while instance is in stopping/stopped state",
      ],
      [
        400,
        "ManagedInstanceStarting",
        "wait",
        "Conflicting operation submitted while instance is in starting state",
      ],
      [
        400,
        "OperationCanNotStartDueToMiLink",
        "wait",
        "There exists a database in a process of creation through Managed Instance link.",
      ],
      [
        400,
        "ManagedInstanceOperationInProgress",
        "wait",
        "The operation could not be completed because another is in progress.",
      ],
      [
        400,
        "ManagedInstanceUpdateSloInProgress",
        "wait",
        "A service tier change is in progress for managed instance 'mi'.",
      ],
      [400, "ManagedInstanceFailoverThrottled", "wait", "The last failover was a short while ago."],
      [
        409,
        "ManagedInstanceFailoverFullBackupMissing",
        "wait",
        "The first full backup of a new database has not finished.",
      ],
    ],
  },
  {
    source: `${api}: common; Troubleshoot common Azure deployment errors`,
    rows: [
      [401, "InvalidAuthenticationToken", "block", "The access token is invalid."],
      [
        401,
        "ExpiredAuthenticationToken",
        "block",
        "The access token expiry is earlier than the current time.",
      ],
      [
        403,
        "AuthorizationFailed",
        "block",
        "The client does not have authorization to perform the action.",
      ],
      [
        403,
        "LinkedAuthorizationFailed",
        "block",
        "The client does not have permission on the linked scope.",
      ],
      [403, "RequestDisallowedByPolicy", "block", "Resource was disallowed by policy."],
      [404, "ResourceNotFound", "block", "The requested resource was not found."],
      [404, "ResourceDoesNotExist", "block", "Resource with the name 'x' does not exist."],
      [
        404,
        "ServerNotInSubscriptionResourceGroup",
        "block",
        "Specified server does not exist in the specified resource group.",
      ],
      [404, "SubscriptionDoesNotHaveServer", "block", "The requested server was not found"],
      [404, "SubscriptionNotFound", "block", "The requested subscription was not found."],
      // Whatever the operation did before it was forgotten has to be looked for.
      [404, "OperationIdNotFound", "ambiguous", "The operation with Id does not exist."],
      [
        404,
        "DatabaseDoesNotExist",
        "block",
        "User has specified a database name that does not exist.",
      ],
      [
        409,
        "ManagementServiceDatabaseBusy",
        "retry",
        "Database 'Adatum' is busy with another operation.",
      ],
      [
        409,
        "ConflictingDatabaseOperation",
        "retry",
        "There is already some operation on the database.",
      ],
      [
        409,
        "ConflictingServerOperation",
        "retry",
        "An operation is currently in progress for the server.",
      ],
      [409, "ManagedInstanceIsBusy", "retry", "The server 'mi' is currently busy."],
      [
        409,
        "ConflictingSystemOperationInProgress",
        "retry",
        "A system maintenance operation is in progress.",
      ],
      [409, "OperationCancelled", "ambiguous", "The operation has been cancelled by user."],
      [
        409,
        "OperationInterrupted",
        "ambiguous",
        "It was interrupted by another operation on the same resource.",
      ],
      [
        409,
        "CannotCancelOperation",
        "ambiguous",
        "The management operation is in a state that cannot be cancelled.",
      ],
      [409, "SubscriptionDisabled", "fatal", "Subscription is disabled."],
      [
        429,
        "SubscriptionTooManyRequests",
        "retry",
        "Requests beyond max requests that can be processed.",
      ],
      [
        429,
        "SubscriptionTooManyCreateUpdateRequests",
        "retry",
        "Requests beyond max requests that can be processed.",
      ],
      [
        429,
        "ConflictingSubscriptionOperation",
        "retry",
        "An operation is currently in progress for the subscription.",
      ],
      [
        500,
        "OperationTimedOut",
        "ambiguous",
        "The operation timed out and automatically rolled back.",
      ],
      [
        500,
        "GatewayInternalServerError",
        "ambiguous",
        "The server encountered an unexpected exception.",
      ],
      [503, "TooManyRequests", "retry", "Requests beyond max requests that can be processed."],
      [
        503,
        "DatabaseUnavailable",
        "retry",
        "The operation failed because the database is unavailable.",
      ],
      [504, "RequestTimeout", "ambiguous", "Service request exceeded the allowed timeout."],
    ],
  },
];
