// What Azure tells of the one link of a scenario, for plans that ask something of it.
import type { ArmLink, AzureFact } from "../../shared/estate/azure-fact.ts";
import type { LinkShape } from "./linked-estate.ts";

type Seen = Extract<AzureFact, { readonly kind: "seen" }>;

export const azureIds = {
  tenantId: "7b0d4c2e-0000-4000-8000-00000000a001",
  subscriptionId: "11111111-2222-4333-8444-555555555555",
  resourceGroup: "rg-adatum-sql",
  instanceName: "sqlmi1",
} as const;

export function azureOf(shape: LinkShape, more: Partial<ArmLink> = {}): Seen {
  const { tenantId, subscriptionId, resourceGroup, instanceName } = azureIds;
  const resourceId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/managedInstances/${instanceName}`;
  return {
    kind: "seen",
    at: "2026-11-21T20:00:01.000Z",
    tenantId,
    instance: {
      resourceId,
      name: instanceName,
      fullyQualifiedDomainName: shape.instance.serverName,
      databaseFormat: "SQLServer2022",
      state: "Ready",
      hybridSecondaryUsage: "Active",
      hybridSecondaryUsageDetected: "Passive",
    },
    linkRights: [
      {
        linkName: shape.link,
        write: true,
        delete: true,
        failover: true,
        setRole: true,
        readResults: true,
      },
    ],
    instanceRights: { write: true, removeTrust: true },
    links: [
      {
        resourceId: `${resourceId}/distributedAvailabilityGroups/${shape.link}`,
        name: shape.link,
        groupId: null,
        failoverMode: "Manual",
        replicationMode: "Async",
        instanceLinkRole: shape.primary === "instance" ? "Primary" : "Secondary",
        partnerLinkRole: shape.primary === "box" ? "Primary" : "Secondary",
        partnerAvailabilityGroupName: shape.boxGroup,
        instanceAvailabilityGroupName: shape.instanceGroup,
        partnerEndpoint: "TCP://sqlbox01.adatum.example:5022",
        databases: [],
        ...more,
      },
    ],
  };
}
