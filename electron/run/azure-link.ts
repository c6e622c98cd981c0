// What a run needs of Azure: the link's resource, one request sent once, and how an accepted operation stands.
import type { ArmInstance, ArmLink } from "../../shared/estate/azure-fact.ts";
import { instanceResourceId, linkResourceId } from "../../shared/plan/actions/link-request.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { LinkOperations, OperationAnswer } from "../azure/link-operations.ts";
import type { OperationProgress } from "../azure/operation-progress.ts";

export interface AzureLink {
  /** Null when Azure answers 404. Throws AppError when it cannot be read. */
  readonly read: () => Promise<ArmLink | null>;
  /** The instance and the certificates it trusts. Throws AppError when they cannot be read. */
  readonly readInstance: () => Promise<InstanceInAzure>;
  /** Exactly once. Throws AppError: `ambiguous` when the answer was lost, any other class when nothing was begun. */
  readonly send: (request: AzureRequest) => Promise<OperationAnswer>;
  /** Asks once. Throws AppError when Azure did not answer. */
  readonly poll: (operation: OperationState) => Promise<OperationProgress>;
}

export interface InstanceInAzure {
  readonly instance: ArmInstance;
  /** Names. */
  readonly trustCertificates: readonly string[];
}

/** Undefined for a plan that asks nothing of Azure. Rejects with what `operations` rejects with: nobody is signed in. */
export async function azureFor(
  plan: Plan,
  operations: () => Promise<LinkOperations>,
): Promise<AzureLink | undefined> {
  if (plan.azure === null) return undefined;
  const resourceId = linkResourceId(plan);
  const instanceId = instanceResourceId(plan);
  const link = await operations();
  return {
    read: () => link.readLink(resourceId),
    async readInstance() {
      const [instance, trustCertificates] = await Promise.all([
        link.readInstance(instanceId),
        link.readTrustCertificates(instanceId),
      ]);
      return { instance, trustCertificates };
    },
    send: (request) => link.send(request),
    poll: (operation) => link.poll(operation),
  };
}
