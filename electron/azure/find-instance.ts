// Finds the managed instance of an address: Resource Graph first, confirmed by a GET; else the list of the subscription.
import { z } from "zod";
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmInstance } from "../../shared/estate/azure-fact.ts";
import { parseServerAddress } from "../sql/server-address.ts";
import { listSubscriptions, readInstance } from "./arm.ts";
import type { ArmPipeline } from "./arm-pipeline.ts";

/** Resource ids come from answers and become addresses: nothing else than an instance's passes. */
const instanceId = z
  .string()
  .regex(
    /^\/subscriptions\/[^/?#]+\/resourceGroups\/[^/?#]+\/providers\/Microsoft\.Sql\/managedInstances\/[^/?#]+$/i,
  );

const graphAnswer = z.object({ data: z.array(z.object({ id: instanceId })) });

const graphPath = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";

export interface Sought {
  /** As the operator connects to it: with or without port, private or public. */
  readonly address: string;
  /** Undefined: every subscription of the tenant that the account sees. */
  readonly subscriptionId: string | undefined;
}

/**
 * Undefined where no instance has that address. Resource Graph lags behind by minutes and can be forbidden, so the list is
 * asked where it does not know. Throws AppError.
 */
export async function findInstance(
  arm: ArmPipeline,
  { address, subscriptionId }: Sought,
  signal: AbortSignal,
): Promise<ArmInstance | undefined> {
  const name = privateName(address);
  if (name === undefined) return undefined;
  const indexed = await byGraph(arm, name, subscriptionId, signal);
  if (indexed.kind === "found") return indexed.instance;
  if (subscriptionId !== undefined) return listedIn(arm, name, subscriptionId, signal);
  return indexed.kind === "refused" ? inEach(arm, name, signal) : undefined;
}

/** Where Resource Graph may not be asked. A subscription that refuses does not fail the others, unless all of them do. */
async function inEach(
  arm: ArmPipeline,
  name: string,
  signal: AbortSignal,
): Promise<ArmInstance | undefined> {
  const refusals: AppError[] = [];
  const all = await listSubscriptions(arm, signal);
  for (const { subscriptionId } of all) {
    try {
      const found = await listedIn(arm, name, subscriptionId, signal);
      if (found !== undefined) return found;
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      refusals.push(error);
    }
  }
  const [first] = refusals;
  if (first !== undefined) throw first;
  return undefined;
}

async function listedIn(
  arm: ArmPipeline,
  name: string,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<ArmInstance | undefined> {
  const listed = await byList(arm, name, subscriptionId, signal);
  return listed === undefined ? undefined : confirmed(arm, listed, name, signal);
}

type Indexed =
  | { readonly kind: "found"; readonly instance: ArmInstance }
  | { readonly kind: "notFound" | "refused" };

/** What fullyQualifiedDomainName holds: the public endpoint's name differs by one label. Undefined for no host name. */
export function privateName(address: string): string | undefined {
  const host = parseServerAddress(address)?.host.toLowerCase() ?? "";
  if (!/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(host)) return undefined;
  const [instance, next, ...rest] = host.split(".");
  return next === "public" ? [instance, ...rest].join(".") : host;
}

async function byGraph(
  arm: ArmPipeline,
  name: string,
  subscriptionId: string | undefined,
  signal: AbortSignal,
): Promise<Indexed> {
  const body = {
    // `name` is a host name: letters, digits, hyphens and dots.
    query: `Resources | where type =~ 'microsoft.sql/managedinstances' and properties.fullyQualifiedDomainName =~ '${name}' | project id`,
    ...(subscriptionId === undefined ? {} : { subscriptions: [subscriptionId] }),
  };
  const question = { what: name, action: "Microsoft.ResourceGraph/resources/read", signal };
  try {
    const { data } = await arm.post(graphPath, body, graphAnswer, question);
    const [only] = data;
    const instance = only && (await confirmed(arm, only.id, name, signal));
    return instance === undefined ? { kind: "notFound" } : { kind: "found", instance };
  } catch (error) {
    if (isRefused(error)) return { kind: "refused" };
    throw error;
  }
}

/** Refused by Resource Graph itself: the list may still be allowed. Other failures would fail there too. */
function isRefused(error: unknown): boolean {
  const refused = ["armNotAllowed", "armNotFound", "armPolicy", "armVersionUnknown", "arm400"];
  return error instanceof AppError && refused.includes(error.problem.code);
}

function byList(
  arm: ArmPipeline,
  name: string,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return arm.withClient(
    subscriptionId,
    async ({ managedInstances }) => {
      for await (const one of managedInstances.list({ abortSignal: signal })) {
        if (one.fullyQualifiedDomainName?.toLowerCase() === name) return instanceId.parse(one.id);
      }
      return undefined;
    },
    {
      what: `subscription ${subscriptionId}`,
      action: "Microsoft.Sql/managedInstances/read",
      signal,
    },
  );
}

/** The instance as it is now; undefined when it is gone or has become another. */
async function confirmed(
  arm: ArmPipeline,
  resourceId: string,
  name: string,
  signal: AbortSignal,
): Promise<ArmInstance | undefined> {
  try {
    const found = await readInstance(arm, resourceId, signal);
    return found.fullyQualifiedDomainName.toLowerCase() === name ? found : undefined;
  } catch (error) {
    if (error instanceof AppError && error.problem.code === "armNotFound") return undefined;
    throw error;
  }
}
