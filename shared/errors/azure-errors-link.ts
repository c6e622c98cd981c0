// Codes of Azure Resource Manager that speak of a link or its instance. Source: DistributedAvailabilityGroups, REST 2025-01-01; in brackets the engine's own number.
import type { ArmErrorRow } from "./azure-error-row.ts";
import { readBothRoles } from "./act-on.ts";

export const armLinkErrors: readonly ArmErrorRow[] = [
  {
    // Two spellings: the REST description and its error list disagree.
    codes: [
      "InvalidDistributedAvailabilityGroupFailoverInstanceRole",
      "DistributedAvailabilityGroupFailoverInvalidInstanceRole",
    ],
    code: "armWrongRole",
    class: "wrongSide",
    actOn: "bothSides",
    meaning: "The instance of {what} is not in the role that this failover starts from.",
    remedy:
      "Read both sides: a planned failover is run on the primary, a forced one on the secondary.",
  },
  {
    codes: [
      "InvalidDistributedAvailabilityGroupFailoverRequest",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequest",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequestInstanceAvailabilityGroupName",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequestPartnerAvailabilityGroupName",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequestPartnerEndpoint",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequestDatabases",
      "InvalidDistributedAvailabilityGroupsCreateOrUpdateRequestSeedingMode",
      "InvalidRequestContent",
    ],
    code: "armRequestNotUnderstood",
    class: "fatal",
    actOn: "none",
    meaning: "Azure did not understand the request for a change of {what}.",
    remedy:
      "Nothing was changed, and nothing needs to be done on a server: save the report and tell the makers of this program.",
  },
  {
    // 47514
    codes: ["DistributedAvailabilityGroupFailoverSecondariesNotSynchronizing"],
    code: "armNotSynchronizing",
    class: "block",
    actOn: "bothSides",
    meaning: "The secondary of {what} is not synchronizing.",
    remedy:
      "Nothing has changed. Look at the link on both sides, wait until it is healthy, then start again.",
  },
  {
    // 47515 and 47516
    codes: [
      "DistributedAvailabilityGroupFailoverLogSendQueueSizeTooBig",
      "DistributedAvailabilityGroupFailoverRedoQueueSizeTooBig",
    ],
    code: "armQueueTooBig",
    class: "block",
    actOn: "primary",
    meaning: "The secondary of {what} is too far behind for a failover.",
    remedy:
      "Nothing has changed. Stop the workload on the primary, wait until the queues are short, then start again.",
  },
  {
    // 41965
    codes: ["DistributedAvailabilityGroupSetRoleInstanceAlreadyInRequestedRole"],
    code: "armAlreadyInRole",
    class: "info",
    actOn: "none",
    meaning: "The instance of {what} already has that role.",
    remedy: "Nothing needs to be done; read both sides.",
  },
  {
    // 41968
    codes: ["DistributedAvailabilityGroupSetRoleChangeRoleAlreadyInProgress"],
    code: "armRoleChanging",
    class: "wait",
    actOn: "bothSides",
    meaning: "The role of the instance of {what} is being changed already.",
    remedy: "Wait until it has ended and read both sides.",
  },
  {
    // 41969
    codes: ["DistributedAvailabilityGroupSetRoleFailed"],
    code: "armSetRoleFailed",
    class: "ambiguous",
    actOn: "bothSides",
    meaning: "Azure could not change the role of the instance of {what}.",
    remedy: readBothRoles,
  },
  {
    // 41970
    codes: ["DistributedAvailabilityGroupSetRolePrimaryPlannedNotSupported"],
    code: "armPlannedToPrimary",
    class: "wrongSide",
    actOn: "sqlServer",
    meaning: "Azure makes the instance of {what} primary only by a failover on SQL Server.",
    remedy: "Run the planned failover on SQL Server.",
  },
  {
    // 41979, 41980, 41981
    codes: [
      "DistributedAvailabilityGroupDbEncryptedWithSmk",
      "DistributedAvailabilityGroupDbCannotBeEncryptedWhenPrimaryInMiLink",
      "DistributedAvailabilityGroupProtectorCannotBeUpdtedToSmk",
    ],
    code: "armEncryptionKey",
    class: "block",
    actOn: "instance",
    meaning: "The encryption of the database of {what} does not suit the link.",
    remedy:
      "Give the instance a customer-managed key; its partner must hold the same key material.",
  },
  {
    // 41982
    codes: ["DistributedAvailabilityGroupMiPrimaryWithGeodr"],
    code: "armFailoverGroup",
    class: "block",
    actOn: "instance",
    meaning: "The instance of {what} is in a failover group, which cannot be primary of a link.",
    remedy: "Take the instance out of the failover group, or remove the link.",
  },
  {
    // 41964
    codes: ["OperationCanNotStartDueToMiLink", "ManagedInstanceLinkIsNotInTheCatchupState"],
    code: "armLinkBeingMade",
    class: "wait",
    actOn: "instance",
    meaning: "{what} is still being created or seeded.",
    remedy: "Wait until the link on the instance is synchronizing, or have it removed.",
  },
  {
    codes: ["ManagedInstanceLinkIsNotFound"],
    code: "armNotFound",
    class: "block",
    actOn: "bothSides",
    meaning: "Azure has no {what}.",
    remedy: "Look whether the link was removed; read both sides.",
  },
  {
    codes: ["ManagedInstanceOperationInProgress", "ManagedInstanceUpdateSloInProgress"],
    code: "armBusy",
    class: "wait",
    actOn: "instance",
    meaning: "Another operation of Azure is working on the instance of {what}.",
    remedy: "Wait until the instance has ended it; the Azure portal shows it.",
  },
  {
    codes: ["ManagedInstanceStoppingOrStopped"],
    code: "armInstanceStopped",
    class: "block",
    actOn: "instance",
    meaning: "The instance of {what} is stopped or stopping.",
    remedy: "Start the instance, then read both sides.",
  },
  {
    codes: ["ManagedInstanceStarting"],
    code: "armInstanceStarting",
    class: "wait",
    actOn: "instance",
    meaning: "The instance of {what} is starting.",
    remedy: "Wait until the instance is ready.",
  },
  {
    codes: ["ManagedInstanceFailoverFullBackupMissing"],
    code: "armNoFullBackup",
    class: "wait",
    actOn: "instance",
    meaning: "The first full backup of a database on the instance of {what} has not ended.",
    remedy: "Wait for the backup of the instance.",
  },
  {
    codes: ["NameAlreadyExists", "ManagedDatabaseNameInUse", "RemoteDatabaseExists"],
    code: "armNameTaken",
    class: "block",
    actOn: "instance",
    meaning: "A name that {what} needs is taken on the instance.",
    remedy: "Look on the instance for a link or a copy of the database that was left.",
  },
  {
    codes: [
      "NoMoreSpaceInManagedInstance",
      "StorageAccountFull",
      "ManagedInstanceFileExceededMaxAzureStorageFileSizeLimit",
      "ManagedInstanceExceedMaxAzureStorage",
    ],
    code: "armNoSpace",
    class: "block",
    actOn: "instance",
    meaning: "The instance of {what} has no room left.",
    remedy: "Give the instance more storage.",
  },
];
