// From a refusal or a failure in the world to ARM's status, code and sentence (domain.md 4.4).
import { SqlError } from "../sql-types.ts";
import type { OperationError } from "../world/link-operation.ts";
import { LinkIsBusy } from "../world/link-operations.ts";
import type { WorldSettings } from "../world/state.ts";
import { ArmError } from "./errors.ts";

const group = "DistributedAvailabilityGroup";

/** By error number of the engine. */
const conflicts: Readonly<Record<number, string>> = {
  47514: `${group}FailoverSecondariesNotSynchronizing`,
  47515: `${group}FailoverLogSendQueueSizeTooBig`,
  47516: `${group}FailoverRedoQueueSizeTooBig`,
  // The partner has dropped the group: to the service one that does not follow.
  47511: `${group}FailoverSecondariesNotSynchronizing`,
  41965: `${group}SetRoleInstanceAlreadyInRequestedRole`,
  41968: `${group}SetRoleChangeRoleAlreadyInProgress`,
  41969: `${group}SetRoleFailed`,
  41970: `${group}SetRolePrimaryPlannedNotSupported`,
  41979: `${group}DbEncryptedWithSmk`,
  41980: `${group}DbCannotBeEncryptedWhenPrimaryInMiLink`,
  41981: `${group}ProtectorCannotBeUpdtedToSmk`,
  41982: `${group}MiPrimaryWithGeodr`,
  41140: "ManagedInstanceIsBusy",
  41190: "ManagedInstanceIsBusy",
  47512: "ManagedInstanceIsBusy",
  47513: "ManagedInstanceIsBusy",
};

/** FAILOVER on the secondary, forced on the primary: the instance's role does not fit the type. */
const wrongRole: readonly number[] = [47517, 41122];

/** The specification's name and the one seen live differ. */
const wrongRoleCodes: Readonly<Record<WorldSettings["failoverRoleCode"], string>> = {
  specified: `Invalid${group}FailoverInstanceRole`,
  observed: `${group}FailoverInvalidInstanceRole`,
};

/** Codes of the service that are no conflicts. */
const statuses: Readonly<Record<string, number>> = {
  OperationTimedOut: 500,
  GatewayInternalServerError: 500,
  TooManyRequests: 503,
  DatabaseUnavailable: 503,
  RequestTimeout: 504,
};

/** The error of an operation that failed. An engine error that the documents give no code keeps its number and words. */
export function operationError(error: OperationError, settings: WorldSettings): ArmError {
  if ("code" in error) return new ArmError(statuses[error.code] ?? 409, error.code, error.text);
  const { number, text } = error;
  if (wrongRole.includes(number)) {
    return new ArmError(400, wrongRoleCodes[settings.failoverRoleCode], text);
  }
  const code = conflicts[number];
  if (code !== undefined) return new ArmError(409, code, text);
  return new ArmError(409, `${group}SetRoleFailed`, `Msg ${number}: ${text}`);
}

/** What a request was refused with. Whatever is neither the engine's nor the service's refusal is thrown on. */
export function requestError(error: unknown, settings: WorldSettings): ArmError {
  if (error instanceof LinkIsBusy) {
    return error.why === "operation"
      ? new ArmError(
          409,
          "ConflictingServerOperation",
          "An operation is currently in progress for the server. Please wait a few minutes before trying again.",
        )
      : new ArmError(
          409,
          "ManagedInstanceIsBusy",
          "The operation could not be started, because the managed instance is busy. Please try again later.",
        );
  }
  if (!(error instanceof SqlError)) throw error;
  return operationError(error.sql, settings);
}
