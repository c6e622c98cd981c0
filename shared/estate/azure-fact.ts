// What Azure Resource Manager tells of the instance and its links, or why it was not read. Contract.
import type { Problem } from "../errors/app-error.ts";

export type AzureFact =
  /** Nobody is signed in to Azure. */
  | { readonly kind: "notAsked" }
  /** `at` is when it failed or was told: this tool's clock, ISO 8601 UTC. */
  | { readonly kind: "failed"; readonly at: string; readonly problem: Problem }
  | {
      readonly kind: "seen";
      readonly at: string;
      /** The tenant it was read in. */
      readonly tenantId: string;
      readonly instance: ArmInstance;
      readonly links: readonly ArmLink[];
      /** One per link, in their order. */
      readonly linkRights: readonly LinkRights[];
      readonly instanceRights: InstanceRights;
    };

/**
 * What the roles of the account that is signed in hold at a link; null = could not be read. Azure itself decides: a role given
 * a moment ago may not be in it, and what a role denies elsewhere is not.
 */
export interface LinkRights {
  readonly linkName: string;
  /** PATCH. */
  readonly write: boolean | null;
  readonly delete: boolean | null;
  /** POST failover; the custom role that Microsoft documents for links lacks it. */
  readonly failover: boolean | null;
  readonly setRole: boolean | null;
  /** Asking after an operation that was accepted. */
  readonly readResults: boolean | null;
}

/** The same at the instance itself. */
export interface InstanceRights {
  /** PATCH of the instance, for the hybrid benefit. */
  readonly write: boolean | null;
  /** DELETE of a certificate that it trusts. */
  readonly removeTrust: boolean | null;
}

/** A managed instance as ARM tells it. */
export interface ArmInstance {
  readonly resourceId: string;
  readonly name: string;
  readonly fullyQualifiedDomainName: string;
  /** The update policy: `SQLServer2022`, `SQLServer2025`, `AlwaysUpToDate`; null where not told. */
  readonly databaseFormat: string | null;
  /** `Ready`, `Stopped`, ...; null where not told. */
  readonly state: string | null;
  /** `Active` or `Passive`: what its owner says, and what the service sees; null where not told. */
  readonly hybridSecondaryUsage: string | null;
  readonly hybridSecondaryUsageDetected: string | null;
}

export type ArmLinkRole = "Primary" | "Secondary";

/** A distributed availability group at api-version 2025-01-01; null where ARM does not tell. Words are ARM's own. */
export interface ArmLink {
  readonly resourceId: string;
  readonly name: string;
  readonly groupId: string | null;
  /** `None` (one-way), `Manual` (two-way). */
  readonly failoverMode: string | null;
  /** `Sync` or `Async`. */
  readonly replicationMode: string | null;
  readonly instanceLinkRole: ArmLinkRole | null;
  readonly partnerLinkRole: ArmLinkRole | null;
  readonly partnerAvailabilityGroupName: string | null;
  readonly instanceAvailabilityGroupName: string | null;
  readonly partnerEndpoint: string | null;
  readonly databases: readonly ArmLinkDatabase[];
}

/** LSNs are decimal digits without leading zeros; times are ISO 8601 as ARM wrote them. */
export interface ArmLinkDatabase {
  readonly databaseName: string;
  readonly replicaState: string | null;
  readonly synchronizationHealth: string | null;
  readonly connectedState: string | null;
  readonly lastCommitLsn: string | null;
  readonly lastHardenedLsn: string | null;
  readonly lastReceivedLsn: string | null;
  readonly lastSentLsn: string | null;
  readonly lastBackupLsn: string | null;
  readonly lastBackupTime: string | null;
  readonly mostRecentLinkError: string | null;
  readonly partnerCertificateExpiryDate: string | null;
}
