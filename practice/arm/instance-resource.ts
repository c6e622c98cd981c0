// A managed instance as ARM shows it.
import { location, type InstanceFacts } from "./inventory.ts";

/** `databaseFormat` and `hybridSecondaryUsage` came with this version; older ones do not show them. */
const sinceVersion = "2023-08-01";

export const instanceType = "Microsoft.Sql/managedInstances";

export function instanceId({ subscriptionId, resourceGroup, name }: InstanceFacts): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${instanceType}/${name}`;
}

/** The resource in the shape of `apiVersion` ("Managed Instances - Get"). */
export function instanceResource(facts: InstanceFacts, apiVersion: string): object {
  const { name, fullyQualifiedDomainName, tier, vCores, databaseFormat } = facts;
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
      provisioningState: "Succeeded",
      fullyQualifiedDomainName,
      state: facts.state,
      licenseType: "LicenseIncluded",
      vCores,
      storageSizeInGB: 256,
      collation: "SQL_Latin1_General_CP1_CI_AS",
      dnsZone,
      publicDataEndpointEnabled: false,
      proxyOverride: "Redirect",
      timezoneId: "UTC",
      zoneRedundant: false,
      ...(apiVersion >= sinceVersion ? { databaseFormat, hybridSecondaryUsage: "Active" } : {}),
    },
  };
}
