// Codes of Azure Resource Manager with which the creation of a link is refused. Source: DistributedAvailabilityGroups, REST 2025-02-01-preview; in brackets the engine's own number.
import type { ArmErrorRow } from "./azure-error-row.ts";

export const armCreationErrors: readonly ArmErrorRow[] = [
  {
    codes: ["InstanceAvailabilityGroupNamePartnerAvailabilityGroupNameMatch"],
    code: "armGroupNamesMatch",
    class: "block",
    actOn: "bothSides",
    meaning: "The availability groups of {what} have the same name.",
    remedy: "Give the groups of both sides different names.",
  },
  {
    // 41987
    codes: [
      "CloudLifterChimeraMIAgNameIsAlreadyUsed",
      "ManagedInstanceLinkForProvidedAvailabilityGroupsAlreadyExists",
    ],
    code: "armGroupTaken",
    class: "block",
    actOn: "instance",
    meaning: "A link of the instance of {what} already uses that availability group.",
    remedy: "Choose another name on the instance, or remove the link that is there.",
  },
  {
    // 41988
    codes: ["CloudLifterChimeraBoxAndMiOnDifferentDbVersionsFailoverModeManual"],
    code: "armFormatsDiffer",
    class: "block",
    actOn: "bothSides",
    meaning: "The two sides of {what} have different database formats.",
    remedy: "Compare both sides: SQL Server's version and the instance's update policy.",
  },
  {
    // 41976, 41977, 41986
    codes: [
      "ManagedInstanceLinkConnectivityIsNotEstablished",
      "CloudLifterChimeraAvailabilityGroupConnectionCannotBeEstablished",
      "CloudLifterChimeraEstablishDbConnectionNotEstablished",
    ],
    code: "armLinkNotConnected",
    class: "block",
    actOn: "bothSides",
    meaning: "The two sides of {what} do not reach each other.",
    remedy:
      "Test the ports between both sides (5022 and 11000 to 11999), and compare the groups' names.",
  },
  {
    // 41973
    codes: ["ManagedInstanceLinkCertificateNotFoundOnManagedInstance"],
    code: "armCertificateNotOnInstance",
    class: "block",
    actOn: "instance",
    meaning: "SQL Server's endpoint certificate is not known to the instance of {what}.",
    remedy: "Import the public key of SQL Server's certificate on the instance.",
  },
  {
    // 41974
    codes: ["ManagedInstanceLinkCertificateNotFoundOnSqlServer"],
    code: "armCertificateNotOnSqlServer",
    class: "block",
    actOn: "sqlServer",
    meaning: "The endpoint certificate of the instance of {what} is not known to SQL Server.",
    remedy: "Import it on SQL Server and add its issuer with sp_certificate_add_issuer.",
  },
  {
    codes: ["ManagedInstanceLinkTdeCertificateMissing", "SameKeyMaterialNotFoundOnRemoteServer"],
    code: "armKeyMissing",
    class: "block",
    actOn: "bothSides",
    meaning: "One side of {what} lacks the key that the other's database is encrypted with.",
    remedy: "Bring the certificate or the key to both sides first.",
  },
  {
    codes: ["AkvEndpointNotReachableFromNode", "AkvHostNotResolvingFromNode"],
    code: "armKeyVault",
    class: "block",
    actOn: "instance",
    meaning: "The instance of {what} does not reach the Azure key vault of its encryption key.",
    remedy: "Look at the network of the instance, and at the key vault.",
  },
  {
    // 41947 to 41951
    codes: [
      "ManagedInstanceLinkSourceDbHasHekatonFile",
      "ManagedInstanceLinkSourceDbHasMultipleLogFiles",
      "ManagedInstanceLinkSourceDbHasFilestream",
      "ManagedInstanceLinkSourceDbHasDefunctFiles",
      "ManagedInstanceLinkUnsupportedNumberOfFilesOnSourceDb",
    ],
    code: "armDatabaseFiles",
    class: "block",
    actOn: "sqlServer",
    meaning: "The database of {what} has files that a link does not take.",
    remedy: "Read the message, correct the files on SQL Server, then create the link again.",
  },
];
