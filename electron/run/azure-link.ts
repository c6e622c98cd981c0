// What a run needs of Azure: the link's resource, one request sent once, and how an accepted operation stands. Given from outside.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { ArmLink } from "../../shared/estate/azure-fact.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";

export interface AzureLink {
  /** Null when Azure answers 404. Throws AppError when it cannot be read. */
  readonly read: () => Promise<ArmLink | null>;
  /** Exactly once. Throws AppError: `ambiguous` when the answer was lost, any other class when nothing was begun. */
  readonly send: (request: AzureRequest) => Promise<OperationAnswer>;
  /** Asks once. Throws AppError when Azure did not answer. */
  readonly poll: (operation: OperationState) => Promise<OperationProgress>;
}

export type OperationAnswer =
  | { readonly kind: "done" }
  | {
      readonly kind: "accepted";
      readonly operation: OperationState;
      readonly retryAfterSeconds: number | null;
    };

export type OperationProgress =
  | { readonly kind: "running"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly problem: Problem }
  /** Azure keeps no result of it any more: how it ended has to be seen on the link itself. */
  | { readonly kind: "gone"; readonly problem: Problem };
