// What is in Azure: subscriptions and managed instances; one instance is the world's, the others only stand beside it.
import { adatum, fabrikam } from "../entra/directory.ts";
import type { ServerState, WorldState } from "../world/state.ts";

export interface Subscription {
  readonly subscriptionId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly resourceGroups: readonly string[];
}

/** Facts of a managed instance that `managedInstances` tells; names as the service spells them. */
export interface InstanceFacts {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** First label of its address. */
  readonly name: string;
  readonly fullyQualifiedDomainName: string;
  readonly state: "Ready" | "Stopped";
  readonly databaseFormat: "SQLServer2022" | "SQLServer2025" | "AlwaysUpToDate";
  readonly tier: "GeneralPurpose" | "BusinessCritical";
  readonly vCores: number;
  /** The instance of the world, with the link. */
  readonly isLinked: boolean;
}

export const location = "westeurope";

const production: Subscription = {
  subscriptionId: "d5f08b37-2a6c-4e91-8b74-f1c3a90e6d52",
  name: "Adatum Production",
  tenantId: adatum.tenantId,
  resourceGroups: ["rg-adatum-sql", "rg-adatum-reporting"],
};
const development: Subscription = {
  subscriptionId: "19e4c7a2-85d3-4fb0-96c8-0b7d2f54e831",
  name: "Adatum Development",
  tenantId: adatum.tenantId,
  resourceGroups: ["rg-adatum-dev"],
};
const sandbox: Subscription = {
  subscriptionId: "6a02d9f4-c71b-4583-ae06-94e8b5d3170f",
  name: "Adatum Sandbox",
  tenantId: adatum.tenantId,
  resourceGroups: [],
};
const shared: Subscription = {
  subscriptionId: "f37b6e15-04d9-4c82-b5a7-3d81e0c9f246",
  name: "Fabrikam Shared",
  tenantId: fabrikam.tenantId,
  resourceGroups: ["rg-fabrikam"],
};

export const subscriptions: readonly Subscription[] = [production, development, sandbox, shared];

/** Where the world's instance is. */
export const linkedInstancePlace = {
  subscriptionId: production.subscriptionId,
  resourceGroup: "rg-adatum-sql",
} as const;

/** All managed instances there are, in the order in which they are listed. */
export function instances({ instance }: WorldState): readonly InstanceFacts[] {
  const sql = linkedInstancePlace.resourceGroup;
  return [
    {
      ...linkedInstancePlace,
      name: resourceName(instance),
      fullyQualifiedDomainName: instance.name,
      state: "Ready",
      databaseFormat: databaseFormatOf(instance),
      tier: instance.serviceTier ?? "GeneralPurpose",
      vCores: 8,
      isLinked: true,
    },
    bystander(production, sql, "sqlmi2"),
    {
      ...bystander(production, "rg-adatum-reporting", "sqlmi-reporting"),
      tier: "BusinessCritical",
    },
    { ...bystander(development, "rg-adatum-dev", "sqlmi-dev"), state: "Stopped" },
    bystander(shared, "rg-fabrikam", "sqlmi-fabrikam"),
  ];
}

function bystander(
  { subscriptionId }: Subscription,
  resourceGroup: string,
  name: string,
): InstanceFacts {
  return {
    subscriptionId,
    resourceGroup,
    name,
    fullyQualifiedDomainName: `${name}.b7c8d9e0f1a2.database.windows.net`,
    state: "Ready",
    databaseFormat: "SQLServer2022",
    tier: "GeneralPurpose",
    vCores: 4,
    isLinked: false,
  };
}

function resourceName({ name }: ServerState): string {
  return name.split(".", 1)[0] ?? name;
}

/** The update policy, as SERVERPROPERTY tells it by T-SQL ("Update policy for Azure SQL Managed Instance"). */
function databaseFormatOf({ productUpdateType, productVersion }: ServerState) {
  if (productUpdateType !== "CU") return "AlwaysUpToDate";
  return Number.parseInt(productVersion, 10) >= 17 ? "SQLServer2025" : "SQLServer2022";
}
