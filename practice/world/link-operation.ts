// One operation on the link or its instance as Azure keeps it: what was asked, what becomes of it, how it ended. Contract (types only here).

/** A change of a link that the service can be asked for. */
export type LinkChange =
  | { readonly kind: "update"; readonly replicationMode: "Async" | "Sync" }
  | { readonly kind: "delete" }
  | { readonly kind: "failover"; readonly failoverType: "Planned" | "ForcedAllowDataLoss" }
  | {
      readonly kind: "setRole";
      readonly instanceRole: "Primary" | "Secondary";
      readonly roleChangeType: "Planned" | "Forced";
    };

/** A change of the instance itself that the service can be asked for. */
export type InstanceChange =
  | { readonly kind: "setUsage"; readonly hybridSecondaryUsage: "Active" | "Passive" }
  | { readonly kind: "removeTrust"; readonly certificate: string };

export type LinkRequest = LinkChange | InstanceChange;

/** Why an operation failed: an error of the engine, or one of the service, which has codes instead of numbers. */
export type OperationError =
  | { readonly number: number; readonly text: string }
  | { readonly code: string; readonly text: string };

/** What becomes of an operation, as a fault says it; an ordinary one is carried out and ends as it went. */
export interface LinkFate {
  readonly isCarriedOut: boolean;
  /** An error is told whatever was done. */
  readonly ends: "asItWent" | "never" | OperationError;
}

export interface LinkOperation {
  readonly id: string;
  readonly request: LinkRequest;
  /** Who asked. */
  readonly login: string;
  readonly fate: LinkFate;
  readonly acceptedMs: number;
  /** The role change it began; null where it began none. */
  readonly failover: number | null;
  /** True until the servers are as it leaves them; one that never ends is then still `running`. */
  isAtWork: boolean;
  outcome: "running" | "done" | "error";
  error: OperationError | null;
  endedMs: number | null;
}
