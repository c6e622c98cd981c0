// What is read from Azure Resource Manager: tenants, subscriptions, instances and their links.
import { z } from "zod";
import type { RequestOutput } from "../../shared/ipc.ts";
import type { ArmInstance, ArmLink } from "../../shared/estate/azure-fact.ts";
import { armInstance, armLink } from "../../shared/estate/from-arm.ts";
import type { ArmPipeline } from "./arm-pipeline.ts";
import { linkActions } from "./link-actions.ts";

/** The version with roles, failoverMode and databases; the stable 2023-08-01 still has the old model. */
export const sqlApiVersion = "2025-01-01";
const resourcesApiVersion = "2022-12-01";

const instanceType = "Microsoft.Sql/managedInstances";

const tenant = z
  .object({ tenantId: z.string(), displayName: z.string().nullish() })
  .transform(({ tenantId, displayName }) => ({ tenantId, name: displayName ?? tenantId }));

const subscription = z
  .object({
    subscriptionId: z.string(),
    displayName: z.string().nullish(),
    state: z.string().nullish(),
  })
  .transform(({ subscriptionId, displayName, state }) => ({
    subscriptionId,
    name: displayName ?? subscriptionId,
    state: state ?? null,
  }));

/** Every tenant the account is a member or a guest of. */
export function listTenants(
  arm: ArmPipeline,
  signal: AbortSignal,
): Promise<RequestOutput<"azure.tenants">> {
  const question = { what: "the account's tenants", action: "read", signal };
  return arm.list(`/tenants?api-version=${resourcesApiVersion}`, tenant, question);
}

/** Those of the pipeline's tenant that the account may see. */
export function listSubscriptions(
  arm: ArmPipeline,
  signal: AbortSignal,
): Promise<RequestOutput<"azure.subscriptions">> {
  const question = { what: "the account's subscriptions", action: "read", signal };
  return arm.list(`/subscriptions?api-version=${resourcesApiVersion}`, subscription, question);
}

export function readInstance(
  arm: ArmPipeline,
  resourceId: string,
  signal: AbortSignal,
): Promise<ArmInstance> {
  const question = { what: resourceId, action: `${instanceType}/read`, signal };
  return arm.get(`${resourceId}?api-version=${sqlApiVersion}`, armInstance, question);
}

export function listLinks(
  arm: ArmPipeline,
  { resourceId }: ArmInstance,
  signal: AbortSignal,
): Promise<readonly ArmLink[]> {
  const path = `${resourceId}/distributedAvailabilityGroups?api-version=${sqlApiVersion}`;
  return arm.list(path, armLink, {
    what: `the links of ${resourceId}`,
    action: linkActions.read,
    signal,
  });
}
