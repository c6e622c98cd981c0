// What is in Azure: subscriptions and managed instances; those with a link are the world's, the others only stand beside them.
import { adatum, fabrikam } from "../entra/directory.ts";
import { policyOf, type UpdatePolicy } from "../world/versions.ts";
import type { World } from "../world/world.ts";

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
  readonly state: "Ready" | "Updating" | "Stopped";
  readonly databaseFormat: UpdatePolicy;
  readonly tier: "GeneralPurpose" | "BusinessCritical";
  readonly vCores: number;
  /** The world seen with this instance and its link; null for one that only stands beside it. */
  readonly world: World | null;
}

/** An instance of the world. */
export interface LinkedInstance extends InstanceFacts {
  readonly world: World;
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

/** Where the world's instances are. */
export const linkedInstancePlace = {
  subscriptionId: production.subscriptionId,
  resourceGroup: "rg-adatum-sql",
} as const;

/** Those that only stand there; a scenario may have one of that name with a link. */
const bystanders: readonly InstanceFacts[] = [
  bystander(production, linkedInstancePlace.resourceGroup, "sqlmi2"),
  { ...bystander(production, "rg-adatum-reporting", "sqlmi-reporting"), tier: "BusinessCritical" },
  { ...bystander(development, "rg-adatum-dev", "sqlmi-dev"), state: "Stopped" },
  bystander(shared, "rg-fabrikam", "sqlmi-fabrikam"),
];

/** All managed instances there are, in the order in which they are listed. */
export function instances(world: World): readonly InstanceFacts[] {
  const linked = linkedInstances(world);
  const names = linked.map(({ name }) => name);
  return [...linked, ...bystanders.filter(({ name }) => !names.includes(name))];
}

/** The instance of each link there is. */
export function linkedInstances(world: World): readonly LinkedInstance[] {
  const all = world.otherLink === null ? [world] : [world, world.otherLink];
  return all.map(linkedInstance);
}

export function isLinked(facts: InstanceFacts): facts is LinkedInstance {
  return facts.world !== null;
}

function linkedInstance(world: World): LinkedInstance {
  const { instance } = world.state;
  return {
    ...linkedInstancePlace,
    name: instance.name.split(".", 1)[0] ?? instance.name,
    fullyQualifiedDomainName: instance.name,
    state: isBeingChanged(world) ? "Updating" : "Ready",
    databaseFormat: policyOf(instance),
    tier: instance.serviceTier ?? "GeneralPurpose",
    vCores: 8,
    world,
  };
}

/** While the service works on the instance itself; a change of its link leaves it Ready. */
function isBeingChanged({ state }: World): boolean {
  return state.linkOperations.some(
    ({ outcome, request }) => outcome === "running" && request.kind === "setUsage",
  );
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
    world: null,
  };
}
