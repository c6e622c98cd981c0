// The addresses of the link's own resource in Azure and of its instance, and changing requests to them.
import type { AzureRequest } from "../azure-request.ts";
import type { PlanFrame } from "./action-form.ts";

/** Newest stable version with failover and setRole ("Distributed Availability Groups", Azure SQL's REST reference). */
const apiVersion = "2025-01-01";

/** `suffix`: what follows the link's name, '/failover'. Throws for a plan that knows nothing of Azure: none is built so. */
export function linkRequest(
  frame: PlanFrame,
  method: AzureRequest["method"],
  suffix = "",
  body?: AzureRequest["body"],
): AzureRequest {
  const path = `${linkResourceId(frame)}${suffix}`;
  return { method, path, apiVersion, ...(body === undefined ? {} : { body }) };
}

/** The same of the instance itself, or of what stands below it. */
export function instanceRequest(
  frame: PlanFrame,
  method: AzureRequest["method"],
  suffix: string,
  body?: AzureRequest["body"],
): AzureRequest {
  const path = `${instanceResourceId(frame)}${suffix}`;
  return { method, path, apiVersion, ...(body === undefined ? {} : { body }) };
}

/** The link's resource id, with every name escaped as a part of a path. */
export function linkResourceId(frame: Pick<PlanFrame, "azure" | "link">): string {
  const link = encodeURIComponent(frame.link.name);
  return `${instanceResourceId(frame)}/distributedAvailabilityGroups/${link}`;
}

export function instanceResourceId({ azure }: Pick<PlanFrame, "azure">): string {
  if (azure === null) throw new Error("A plan that asks something of Azure has to know where.");
  const parts = [
    ["subscriptions", azure.subscriptionId],
    ["resourceGroups", azure.resourceGroup],
    ["providers", "Microsoft.Sql"],
    ["managedInstances", azure.instanceName],
  ] as const;
  return parts.map(([kind, name]) => `/${kind}/${encodeURIComponent(name)}`).join("");
}
