// The tenants of the account as rows, each by itself: being read, told or refused; its subscriptions, and where the instance is. Pure.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import type { RequestStatus } from "../request-status.ts";
import { knownValue } from "../request-status.ts";

type Statuses<T> = Readonly<Record<string, RequestStatus<T> | undefined>>;

export type FoundInstance = NonNullable<RequestOutput<"azure.findInstance">>;

/** What Azure was asked so far. */
export interface Asked {
  readonly tenants: RequestStatus<RequestOutput<"azure.tenants">>;
  /** By tenant. */
  readonly subscriptions: Statuses<RequestOutput<"azure.subscriptions">>;
  /** Where the instance was looked for: by tenant, in all its subscriptions by one question, and by subscription. */
  readonly looks: Statuses<RequestOutput<"azure.findInstance">>;
}

export type Look = "notLooked" | "looking" | "holds" | "hasNot" | "refused";

export interface SubscriptionRow {
  readonly subscriptionId: string;
  readonly name: string;
  /** As Azure calls it, where it is not simply enabled. */
  readonly state: string | undefined;
  readonly look: Look;
  readonly problem: Problem | undefined;
}

export interface TenantRow {
  readonly tenantId: string;
  readonly name: string;
  readonly isBeingRead: boolean;
  /** Undefined while they are not known. */
  readonly subscriptions: readonly SubscriptionRow[] | undefined;
  readonly look: Look;
  readonly problem: Problem | undefined;
}

export function tenantRows(asked: Asked): readonly TenantRow[] {
  return (knownValue(asked.tenants) ?? []).map(({ tenantId, name }) => {
    const status = asked.subscriptions[tenantId] ?? { kind: "notStarted" };
    const look = asked.looks[tenantId];
    const problem = problemIn(status) ?? problemIn(look);
    const rows = knownValue(status)?.map((one) => subscriptionRow(one, look, asked.looks));
    return {
      tenantId,
      name,
      isBeingRead: status.kind === "loading" || status.kind === "notStarted",
      // What is told of a tenant that refuses now was true before.
      subscriptions: problemIn(status) === undefined ? rows : undefined,
      look: rows?.some((one) => one.look === "holds") === true ? "holds" : lookOf(look),
      problem,
    };
  });
}

/** Where the instance was found; undefined where it was not, or not yet. */
export interface Place {
  readonly found: FoundInstance;
  readonly subscription: string;
  readonly tenant: string;
}

export function placeOf(asked: Asked, rows: readonly TenantRow[]): Place | undefined {
  for (const tenant of rows) {
    for (const { subscriptionId, name, look } of tenant.subscriptions ?? []) {
      if (look !== "holds") continue;
      const found = foundBy(asked.looks[subscriptionId]) ?? foundBy(asked.looks[tenant.tenantId]);
      if (found !== undefined) return { found, subscription: name, tenant: tenant.name };
    }
  }
  return undefined;
}

/** Whether an answer is awaited that may still tell where the instance is. */
export function isLooking(asked: Asked, rows: readonly TenantRow[]): boolean {
  if (asked.tenants.kind === "loading" || asked.tenants.kind === "notStarted") return true;
  return rows.some(
    (tenant) =>
      tenant.isBeingRead ||
      [tenant, ...(tenant.subscriptions ?? [])].some(({ look }) => look === "looking"),
  );
}

/** How many tenants and subscriptions refused to be looked into. */
export function refusedCount(rows: readonly TenantRow[]): number {
  return rows
    .flatMap((tenant) => [tenant, ...(tenant.subscriptions ?? [])])
    .filter(({ problem }) => problem !== undefined).length;
}

/** Its own look says more than the one of its tenant, which begins with an index that lags behind. */
function subscriptionRow(
  { subscriptionId, name, state }: RequestOutput<"azure.subscriptions">[number],
  ofTenant: Asked["looks"][string],
  looks: Asked["looks"],
): SubscriptionRow {
  const own = looks[subscriptionId];
  const isFound = subscriptionOf(foundBy(ofTenant)) === subscriptionId.toLowerCase();
  return {
    subscriptionId,
    name,
    state: state === null || state === "Enabled" ? undefined : state,
    look: own === undefined && isFound ? "holds" : lookOf(own),
    problem: problemIn(own),
  };
}

function lookOf(status: Asked["looks"][string]): Look {
  switch (status?.kind) {
    case undefined:
    case "notStarted":
      return "notLooked";
    case "loading":
      return "looking";
    case "error":
      return "refused";
    case "loaded":
      return status.value === null ? "hasNot" : "holds";
  }
}

function problemIn(status: RequestStatus<unknown> | undefined): Problem | undefined {
  return status?.kind === "error" ? status.error : undefined;
}

function foundBy(status: Asked["looks"][string]): FoundInstance | undefined {
  return status?.kind === "loaded" ? (status.value ?? undefined) : undefined;
}

/** The id of a resource begins with its subscription; ids compare without case. */
function subscriptionOf(found: FoundInstance | undefined): string | undefined {
  return found?.resourceId.split("/")[2]?.toLowerCase();
}
