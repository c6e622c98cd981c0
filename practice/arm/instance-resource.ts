// A managed instance as ARM shows it.
import type { ServerState } from "../world/state.ts";
import { location, type InstanceFacts } from "./inventory.ts";

/** `databaseFormat` and `hybridSecondaryUsage` came with this version; older ones do not show them. */
const sinceVersion = "2023-08-01";

export const instanceType = "Microsoft.Sql/managedInstances";

export function instanceId({ subscriptionId, resourceGroup, name }: InstanceFacts): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${instanceType}/${name}`;
}

/** The resource in the shape of `apiVersion` ("Managed Instances - Get"). */
export function instanceResource(facts: InstanceFacts, apiVersion: string): object {
  const { name, fullyQualifiedDomainName, tier, vCores, databaseFormat, state } = facts;
  const side = facts.world?.state.instance;
  const dnsZone = fullyQualifiedDomainName.split(".")[1] ?? "";
  return {
    id: instanceId(facts),
    name,
    type: instanceType,
    location,
    tags: {},
    sku: {
      name: tier === "GeneralPurpose" ? "GP_Gen5" : "BC_Gen5",
      tier,
      family: "Gen5",
      capacity: vCores,
    },
    properties: {
      provisioningState: state === "Updating" ? "Updating" : "Succeeded",
      fullyQualifiedDomainName,
      state,
      licenseType: side?.surroundings.licenseType ?? "LicenseIncluded",
      vCores,
      storageSizeInGB: 256,
      collation: "SQL_Latin1_General_CP1_CI_AS",
      dnsZone,
      publicDataEndpointEnabled: false,
      proxyOverride: "Redirect",
      timezoneId: "UTC",
      zoneRedundant: false,
      ...(apiVersion >= sinceVersion
        ? {
            databaseFormat,
            hybridSecondaryUsage: side?.surroundings.hybridSecondaryUsage ?? "Active",
            hybridSecondaryUsageDetected: isSecondaryOfLink(side) ? "Passive" : "Active",
          }
        : {}),
    },
  };
}

/** What the service sees for itself: whether the instance only follows a SQL Server. */
function isSecondaryOfLink(side: ServerState | undefined): boolean {
  return side !== undefined && !side.linkDropped && side.linkRole === "SECONDARY";
}
