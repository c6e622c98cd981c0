// Azure Resource Graph: one query over the resources of all subscriptions the caller can read.
import { z } from "zod";
import { ArmError } from "./errors.ts";
import { instanceResource } from "./instance-resource.ts";
import type { InstanceFacts, Subscription } from "./inventory.ts";
import { parseQuery, type Condition, type Query } from "./kusto.ts";
import { readBody } from "./request-body.ts";

const requestBody = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
});

type Row = Readonly<Record<string, unknown>>;

/** Newest shape: Resource Graph shows resources without asking for their api-version. */
const shapeVersion = "2025-01-01";

export interface Readable {
  readonly subscriptions: readonly Subscription[];
  readonly instances: readonly InstanceFacts[];
}

/** "Resources - Resources". Throws 400 for a body or a query it cannot read. */
export function queryResources(body: string, readable: Readable): object {
  const { query: text, subscriptions } = readBody(body, requestBody, "BadRequest");
  const query = parseQuery(text);
  if (query?.table.toLowerCase() !== "resources") {
    throw new ArmError(
      400,
      "InvalidQuery",
      "Query is invalid. The practice estate reads Resources with where (==, =~, and) and project.",
    );
  }
  const data = readable.instances
    .filter(({ subscriptionId }) => subscriptions?.includes(subscriptionId) ?? true)
    .map((facts) => rowOf(facts, readable.subscriptions))
    .filter((row) => query.conditions.every((condition) => holds(row, condition)))
    .map((row) => project(row, query.columns));
  return {
    totalRecords: data.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: "false",
  };
}

function rowOf(facts: InstanceFacts, subscriptions: readonly Subscription[]): Row {
  const { subscriptionId, resourceGroup } = facts;
  const subscription = subscriptions.find((one) => one.subscriptionId === subscriptionId);
  const resource = instanceResource(facts, shapeVersion);
  // Resource Graph writes types in small letters.
  const type = "microsoft.sql/managedinstances";
  return { ...resource, type, subscriptionId, resourceGroup, tenantId: subscription?.tenantId };
}

function holds(row: Row, { path, operator, text }: Condition): boolean {
  const value = valueAt(row, path);
  if (typeof value !== "string") return false;
  return operator === "==" ? value === text : value.toLowerCase() === text.toLowerCase();
}

function project(row: Row, columns: Query["columns"]): Row {
  if (columns === undefined) return row;
  return Object.fromEntries(columns.map(({ name, path }) => [name, valueAt(row, path) ?? null]));
}

/** Names are looked up as they are written: Kusto minds the case of columns. */
function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split(".")) {
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    value = entries.find(([key]) => key === name)?.[1];
  }
  return value;
}
