// What Azure tells of the sample link: its resource, and what the account may do with it.
import type { ArmLink, AzureFact, LinkRights } from "../../../shared/estate/azure-fact.ts";
import { names } from "../estate/sample-estate.ts";

const instanceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/managedInstances/mi";

export const armLink: ArmLink = {
  resourceId: `${instanceId}/distributedAvailabilityGroups/l`,
  name: names.link,
  groupId: null,
  failoverMode: "Manual",
  replicationMode: "Async",
  instanceLinkRole: "Secondary",
  partnerLinkRole: "Primary",
  partnerAvailabilityGroupName: null,
  instanceAvailabilityGroupName: null,
  partnerEndpoint: null,
  databases: [],
};

export const everyRight: LinkRights = {
  linkName: names.link,
  write: true,
  delete: true,
  failover: true,
  setRole: true,
  readResults: true,
};

/** Every link with every right. */
export function azureSeen(...links: readonly ArmLink[]): AzureFact {
  return azureWith(everyRight, links);
}

/** The sample link, and what may be done with it. */
export function azureWith(
  rights: Partial<LinkRights>,
  links: readonly ArmLink[] = [armLink],
): AzureFact {
  const instance = {
    resourceId: instanceId,
    name: "mi",
    fullyQualifiedDomainName: "mi.zone.database.windows.net",
    databaseFormat: "SQLServer2022",
    state: "Ready",
    hybridSecondaryUsage: "Active",
    hybridSecondaryUsageDetected: "Passive",
  };
  const linkRights = links.map(({ name }) => ({ ...everyRight, ...rights, linkName: name }));
  return {
    kind: "seen",
    at: "2026-11-21T08:00:00.000Z",
    tenantId: "t",
    instance,
    links,
    linkRights,
    instanceRights: { write: true, removeTrust: true },
  };
}
