// Codes of Azure Resource Manager that speak of a link or its instance. Source: DistributedAvailabilityGroups, REST 2025-01-01; in brackets the engine's own number.
import type { AzureErrorRow } from "./azure-error-row.ts";
import { readBothRoles } from "./azure-error-row.ts";

export const armLinkErrors: readonly AzureErrorRow[] = [
  {
    // Two spellings: the REST description and its error list disagree.
    codes: [
      "InvalidDistributedAvailabilityGroupFailoverInstanceRole",
      "DistributedAvailabilityGroupFailoverInvalidInstanceRole",
    ],
    code: "armWrongRole",
    class: "wrongSide",
    meaning: "A planned failover of {what} runs on the primary, which is SQL Server now.",
    remedy: "Run it on SQL Server.",
  },
  {
    codes: [
      "InvalidDistributedAvailabilityGroupFailoverRequest",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequest",
      "InvalidRequestContent",
    ],
    code: "armRequestNotUnderstood",
    class: "fatal",
    meaning: "Azure did not understand the request for a change of {what}.",
    remedy: "Nothing was changed; save the report and tell the makers of this program.",
  },
  {
    // 47514
    codes: ["DistributedAvailabilityGroupFailoverSecondariesNotSynchronizing"],
    code: "armNotSynchronizing",
    class: "wait",
    meaning: "The secondary of {what} is not synchronizing.",
    remedy: "Wait until the link is healthy, then try again.",
  },
  {
    // 47515 and 47516
    codes: [
      "DistributedAvailabilityGroupFailoverLogSendQueueSizeTooBig",
      "DistributedAvailabilityGroupFailoverRedoQueueSizeTooBig",
    ],
    code: "armQueueTooBig",
    class: "wait",
    meaning: "The secondary of {what} is too far behind for a failover.",
    remedy: "Stop the workload and wait until the queues are short.",
  },
  {
    // 41965
    codes: ["DistributedAvailabilityGroupSetRoleInstanceAlreadyInRequestedRole"],
    code: "armAlreadyInRole",
    class: "info",
    meaning: "The instance of {what} already has that role.",
    remedy: "Nothing needs to be done; read both sides.",
  },
  {
    // 41968
    codes: ["DistributedAvailabilityGroupSetRoleChangeRoleAlreadyInProgress"],
    code: "armRoleChanging",
    class: "wait",
    meaning: "The role of the instance of {what} is being changed already.",
    remedy: "Wait until it has ended and read both sides.",
  },
  {
    // 41969
    codes: ["DistributedAvailabilityGroupSetRoleFailed"],
    code: "armSetRoleFailed",
    class: "ambiguous",
    meaning: "Azure could not change the role of the instance of {what}.",
    remedy: readBothRoles,
  },
  {
    // 41970
    codes: ["DistributedAvailabilityGroupSetRolePrimaryPlannedNotSupported"],
    code: "armPlannedToPrimary",
    class: "wrongSide",
    meaning: "Azure makes the instance of {what} primary only by a failover on SQL Server.",
    remedy: "Run the planned failover on SQL Server.",
  },
  {
    // 41979, 41980, 41981
    codes: [
      "DistributedAvailabilityGroupDbEncryptedWithSmk",
      "DistributedAvailabilityGroupDbCannotBeEncryptedWhenPrimaryInMiLink",
      "DistributedAvailabilityGroupProtectorCannotBeUpdtedToSmk",
      "SameKeyMaterialNotFoundOnRemoteServer",
    ],
    code: "armEncryptionKey",
    class: "block",
    meaning: "The encryption of the database of {what} does not suit the link.",
    remedy: "Read the message; the partner must hold the same key material.",
  },
  {
    // 41982
    codes: ["DistributedAvailabilityGroupMiPrimaryWithGeodr"],
    code: "armFailoverGroup",
    class: "block",
    meaning: "The instance of {what} is in a failover group, which cannot be primary of a link.",
    remedy: "Read the message; look at the instance's failover group.",
  },
  {
    // 41964
    codes: ["OperationCanNotStartDueToMiLink", "ManagedInstanceLinkIsNotInTheCatchupState"],
    code: "armLinkBeingMade",
    class: "wait",
    meaning: "{what} is still being created or seeded.",
    remedy: "Wait until the link is synchronizing.",
  },
  {
    codes: ["ManagedInstanceLinkIsNotFound"],
    code: "armNotFound",
    class: "block",
    meaning: "Azure has no {what}.",
    remedy: "Look whether the link was removed; read both sides.",
  },
  {
    codes: ["ManagedInstanceOperationInProgress", "ManagedInstanceUpdateSloInProgress"],
    code: "armBusy",
    class: "wait",
    meaning: "Another operation of Azure is working on the instance of {what}.",
    remedy: "Wait until it has ended; the portal shows it.",
  },
  {
    codes: ["ManagedInstanceStoppingOrStopped"],
    code: "armInstanceStopped",
    class: "block",
    meaning: "The instance of {what} is stopped or stopping.",
    remedy: "Start the instance, then read both sides.",
  },
  {
    codes: ["ManagedInstanceStarting"],
    code: "armInstanceStarting",
    class: "wait",
    meaning: "The instance of {what} is starting.",
    remedy: "Wait until it is ready.",
  },
  {
    codes: ["ManagedInstanceFailoverFullBackupMissing"],
    code: "armNoFullBackup",
    class: "wait",
    meaning: "The first full backup of a database on the instance of {what} has not ended.",
    remedy: "Wait for the backup.",
  },
  {
    codes: ["NameAlreadyExists", "ManagedDatabaseNameInUse", "RemoteDatabaseExists"],
    code: "armNameTaken",
    class: "block",
    meaning: "A name that {what} needs is taken on the instance.",
    remedy: "Look for a link or a copy of the database that was left.",
  },
  {
    codes: ["NoMoreSpaceInManagedInstance", "StorageAccountFull"],
    code: "armNoSpace",
    class: "block",
    meaning: "The instance of {what} has no room left.",
    remedy: "Give the instance more storage.",
  },
];
