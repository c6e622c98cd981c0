// What a run needs of Azure: the link's resource, one request sent once, and how an accepted operation stands.
import type { ArmLink } from "../../shared/estate/azure-fact.ts";
import { linkResourceId } from "../../shared/plan/actions/link-request.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { LinkOperations, OperationAnswer } from "../azure/link-operations.ts";
import type { OperationProgress } from "../azure/operation-progress.ts";

export interface AzureLink {
  /** Null when Azure answers 404. Throws AppError when it cannot be read. */
  readonly read: () => Promise<ArmLink | null>;
  /** Exactly once. Throws AppError: `ambiguous` when the answer was lost, any other class when nothing was begun. */
  readonly send: (request: AzureRequest) => Promise<OperationAnswer>;
  /** Asks once. Throws AppError when Azure did not answer. */
  readonly poll: (operation: OperationState) => Promise<OperationProgress>;
}

/** The link of a plan that asks something of Azure. */
export function azureLinkOf(plan: Plan, operations: LinkOperations): AzureLink {
  const resourceId = linkResourceId(plan);
  return {
    read: () => operations.readLink(resourceId),
    send: (request) => operations.send(request),
    poll: (operation) => operations.poll(operation),
  };
}
