// What a request that has been let in may read: tenants, subscriptions, instances and links of its caller.
import { findByObjectId, membershipOf, tenants } from "../entra/directory.ts";
import type { WebRequest } from "../web/web-server.ts";
import type { WorldState } from "../world/state.ts";
import type { World } from "../world/world.ts";
import type { Caller } from "./authenticate.ts";
import { ArmError } from "./errors.ts";
import type { ArmConditions } from "./faults.ts";
import { instanceType } from "./instance-resource.ts";
import {
  instances,
  isLinked,
  subscriptions,
  type InstanceFacts,
  type LinkedInstance,
  type Subscription,
} from "./inventory.ts";
import { linkResources, type LinkResource } from "./link-resource.ts";
import type { Readable } from "./resource-graph.ts";
import { roleOf } from "./roles.ts";

/** The service behind the wire. */
export interface Service {
  readonly world: World;
  /** Aborts when the estate ends: for answers that wait. */
  readonly over: AbortSignal;
}

/** One request that has been let in. */
export interface Call {
  readonly request: WebRequest;
  readonly caller: Caller;
  readonly conditions: ArmConditions;
  readonly service: Service;
  /** The world, brought up to its clock. */
  readonly state: WorldState;
  /** Undefined above the subscriptions. */
  readonly subscription: Subscription | undefined;
  /** Segments in braces, by name, as they were written. */
  readonly names: Readonly<Record<string, string>>;
  readonly apiVersion: string;
}

/** The tenants the caller is in, as a member or a guest. */
export function tenantsOf({ objectId }: Caller): readonly object[] {
  const user = findByObjectId(objectId);
  return tenants
    .filter(({ tenantId }) => user !== undefined && membershipOf(user, tenantId) !== undefined)
    .map(({ tenantId, name, domain }) => ({
      id: `/tenants/${tenantId}`,
      tenantId,
      displayName: name,
      defaultDomain: domain,
      domains: [domain],
      tenantType: "AAD",
      tenantCategory: tenantId === user?.home.tenantId ? "Home" : "ProjectedBy",
    }));
}

/** Of the token's tenant; none without a role. */
export function readableSubscriptions({ caller, conditions }: Call): readonly Subscription[] {
  if (roleOf(caller, conditions) === undefined) return [];
  return subscriptions.filter(({ tenantId }) => tenantId === caller.tenantId);
}

/** What Resource Graph can see: nothing in a subscription that is forbidden. */
export function readable(call: Call): Readable {
  const failing = call.conditions.subscriptions;
  const visible = readableSubscriptions(call).filter(
    ({ subscriptionId }) => failing.get(subscriptionId) !== "forbidden",
  );
  const ids = visible.map(({ subscriptionId }) => subscriptionId);
  const all = instances(call.service.world);
  const found = all.filter(({ subscriptionId }) => ids.includes(subscriptionId));
  return { subscriptions: visible, instances: found };
}

export function subscriptionResource(
  { subscriptionId, name, tenantId }: Subscription,
  { subscriptions: failing }: ArmConditions,
): object {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: name,
    state: failing.get(subscriptionId) === "disabled" ? "Disabled" : "Enabled",
    authorizationSource: "RoleBased",
  };
}

/** The subscription of an address that names one. */
export function subscriptionOf({ subscription }: Call): Subscription {
  if (subscription === undefined) throw new Error("the address names no subscription");
  return subscription;
}

/** Instances of the subscription, and of the resource group where there is one. Throws 404 for an unknown group. */
export function instancesIn(call: Call): readonly InstanceFacts[] {
  const { service, names } = call;
  const { subscriptionId, resourceGroups } = subscriptionOf(call);
  const all = instances(service.world);
  const inSubscription = all.filter((one) => one.subscriptionId === subscriptionId);
  const { group } = names;
  if (group === undefined) return inSubscription;
  if (!resourceGroups.some((one) => isSame(one, group))) {
    throw new ArmError(
      404,
      "ResourceGroupNotFound",
      `Resource group '${group}' could not be found.`,
    );
  }
  return inSubscription.filter(({ resourceGroup }) => isSame(resourceGroup, group));
}

/** Throws 404. */
export function instanceOf(call: Call): InstanceFacts {
  const { instance: name = "", group = "" } = call.names;
  const found = instancesIn(call).find((one) => isSame(one.name, name));
  if (found === undefined) throw notFound(`${instanceType}/${name}`, group);
  return found;
}

/** A link with the instance it belongs to. */
export interface FoundLink {
  readonly instance: LinkedInstance;
  readonly resource: LinkResource;
}

/** Undefined where the instance has no link of that name. Throws 404 where there is no such instance. */
export function findLink(call: Call): FoundLink | undefined {
  const { link = "" } = call.names;
  const instance = instanceOf(call);
  if (!isLinked(instance)) return undefined;
  const resource = linkResources(instance).find(({ name }) => isSame(name, link));
  if (resource === undefined) refuseForBystanders(instance, link);
  return resource && { instance, resource };
}

/** Every link of the instance. Throws 501 where Azure would know links that only stand there. */
export function linksOf(call: Call): readonly LinkResource[] {
  const instance = instanceOf(call);
  refuseForBystanders(instance);
  return linkResources(instance);
}

function refuseForBystanders({ world }: InstanceFacts, name?: string): void {
  const standing = world?.state.instance.surroundings.bystanders ?? [];
  const links = standing.flatMap(({ link }) => link ?? []);
  if (!links.some((link) => name === undefined || isSame(link.name, name))) return;
  throw new ArmError(
    501,
    "NotImplemented",
    "The practice estate does not tell Azure of links that only stand there.",
  );
}

/** Throws 404. */
export function linkOf(call: Call): FoundLink {
  const { instance = "", link = "", group = "" } = call.names;
  const found = findLink(call);
  if (found === undefined) {
    throw notFound(`${instanceType}/${instance}/distributedAvailabilityGroups/${link}`, group);
  }
  return found;
}

/** 404. */
export function notFound(resource: string, group: string): ArmError {
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${resource}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** Names of resources compare without case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
