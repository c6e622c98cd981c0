// The deeds of what moves nothing: roles read again before anything is dropped, and requests to Azure that are none of a link.
import type { Side } from "../estate/estate.ts";
import type { Action, Plan, Step } from "../plan/plan.ts";
import { guardLines, identityChecks } from "../sql/guard.ts";
import { removedLines } from "../sql/removed-lines.ts";
import type { Deed } from "./deeds.ts";

/** Whether one value is among those that a resource or list shows; `values` as JMESPath writes them. */
export interface ShownInAzure {
  readonly path: string;
  readonly apiVersion: string;
  readonly values: "value[].name" | "properties.state" | "properties.hybridSecondaryUsage";
  readonly value: string;
  readonly is: "there" | "gone";
  readonly what: string;
}

type Of<Kind extends Action["kind"]> = Extract<Action, { kind: Kind }>;

export function withoutLink(plan: Plan, side: Side): Deed {
  const place = { side, server: plan[side], link: plan.link, roles: [] };
  return { kind: "prove", side, batch: removedLines(place, "asItIs").join("\n") };
}

export function trustRemoval(
  plan: Plan,
  { request }: Step,
  { certificate }: Of<"removeTrustCertificate">,
): readonly Deed[] {
  if (request === undefined) throw new Error("This step asks Azure.");
  const shown: ShownInAzure = {
    path: request.path.replace(/\/[^/]+$/, ""),
    apiVersion: request.apiVersion,
    values: "value[].name",
    value: certificate,
    is: "gone",
    what: "Azure lists the certificate no more",
  };
  return [
    withoutLink(plan, "box"),
    withoutLink(plan, "instance"),
    { kind: "request", request },
    { kind: "waitUntilAzureShows", shown },
  ];
}

export function usageChange(
  plan: Plan,
  { request }: Step,
  { usage, instanceRole }: Of<"setHybridUsage">,
): readonly Deed[] {
  if (request === undefined) throw new Error("This step asks Azure.");
  const { path, apiVersion } = request;
  const { instance: server, link } = plan;
  const place = { side: "instance", server, link, roles: [instanceRole] } as const;
  const ready: ShownInAzure = {
    path,
    apiVersion,
    values: "properties.state",
    value: "Ready",
    is: "there",
    what: "the instance is Ready",
  };
  const set: ShownInAzure = {
    ...ready,
    values: "properties.hybridSecondaryUsage",
    value: usage,
    what: `Azure shows hybridSecondaryUsage ${usage}`,
  };
  return [
    {
      kind: "prove",
      side: "instance",
      batch: guardLines(identityChecks(place), "role").join("\n"),
    },
    { kind: "azureMustShow", shown: ready },
    { kind: "request", request },
    { kind: "waitUntilAzureShows", shown: set },
    { kind: "waitUntilAzureShows", shown: ready },
  ];
}
