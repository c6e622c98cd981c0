// What one signed-in account reads of Azure: its tenants, their subscriptions, the instance of an address and its links.
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmInstance, ArmLink, AzureFact } from "../../shared/estate/azure-fact.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import { listLinks, listSubscriptions, listTenants, readInstance } from "./arm.ts";
import type { ArmPipeline, ArmWiring } from "./arm-pipeline.ts";
import { createArmPipeline } from "./arm-pipeline.ts";
import { findInstance, privateName } from "./find-instance.ts";
import { readInstanceRights, readLinkRights } from "./link-rights.ts";
import type { Session } from "./session.ts";
import { fetchBoth } from "./session.ts";

export interface AzureReader {
  tenants(signal: AbortSignal): Promise<RequestOutput<"azure.tenants">>;
  subscriptions(
    input: RequestInput<"azure.subscriptions">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"azure.subscriptions">>;
  findInstance(
    input: RequestInput<"azure.findInstance">,
    signal: AbortSignal,
  ): Promise<RequestOutput<"azure.findInstance">>;
  /** The instance of that address in the tenant in use, every link of it, and what may be done with them. Throws AppError. */
  linksOf(address: string, signal: AbortSignal): Promise<InstanceLinks>;
}

export type InstanceLinks = Pick<
  Extract<AzureFact, { readonly kind: "seen" }>,
  "tenantId" | "instance" | "links" | "linkRights" | "instanceRights"
>;

/** Asked at once: an account may be a guest in dozens of tenants, an instance have a hundred links. */
const mostAtOnce = 4;

interface Place {
  readonly resourceId: string;
  readonly tenantId: string;
}

export function createAzureReader(session: Session, wiring: ArmWiring): AzureReader {
  const pipelines = new Map<string, ArmPipeline>();
  const tenantOfSubscription = new Map<string, string>();
  const places = new Map<string, Place>();
  const armOf = (tenantId: string): ArmPipeline => {
    const arm = pipelines.get(tenantId) ?? createArmPipeline(session, tenantId, wiring);
    pipelines.set(tenantId, arm);
    return arm;
  };
  const remember = (address: string, instance: ArmInstance, tenantId: string): void => {
    const name = privateName(address);
    if (name !== undefined) places.set(name, { resourceId: instance.resourceId, tenantId });
    session.useTenant(tenantId);
  };
  const seek = async (address: string, signal: AbortSignal): Promise<ArmInstance> => {
    const place = places.get(privateName(address) ?? "");
    if (place !== undefined) return readInstance(armOf(place.tenantId), place.resourceId, signal);
    const tenantId = session.tenantId();
    const sought = { address, subscriptionId: undefined };
    const found = await findInstance(armOf(tenantId), sought, signal);
    if (found === undefined) throw notFound(address, session.name);
    remember(address, found, tenantId);
    return found;
  };
  return {
    async tenants(signal) {
      const listed = await listTenants(armOf(session.tenantId()), signal);
      return inTurns(listed, async (one) => ({
        ...one,
        ...(await refusalOf(session, one.tenantId, signal)),
      }));
    },
    async subscriptions({ tenantId }, signal) {
      const listed = await listSubscriptions(armOf(tenantId), signal);
      for (const { subscriptionId } of listed) tenantOfSubscription.set(subscriptionId, tenantId);
      return listed;
    },
    async findInstance({ subscriptionId, fullyQualifiedDomainName: address }, signal) {
      const tenantId = tenantOfSubscription.get(subscriptionId) ?? session.tenantId();
      const arm = armOf(tenantId);
      const found = await findInstance(arm, { address, subscriptionId }, signal);
      if (found === undefined) return null;
      remember(address, found, tenantId);
      await fetchBoth(session, signal);
      const { resourceId, name, databaseFormat } = found;
      const modes = new Set((await linksIfAllowed(arm, found, signal)).map(modeOf));
      const [mode = null] = modes;
      return { resourceId, name, databaseFormat, failoverMode: modes.size === 1 ? mode : null };
    },
    async linksOf(address, signal) {
      const instance = await seek(address, signal);
      const { tenantId } = places.get(privateName(address) ?? "") ?? {
        tenantId: session.tenantId(),
      };
      const arm = armOf(tenantId);
      const links = await listLinks(arm, instance, signal);
      const [linkRights, instanceRights] = await Promise.all([
        inTurns(links, (link) => readLinkRights(arm, link, signal)),
        readInstanceRights(arm, instance, signal),
      ]);
      return { tenantId, instance, links, linkRights, instanceRights };
    },
  };
}

/** Whether the account gets a token there; a tenant that refuses is a row with its reason, and no more. */
async function refusalOf(
  session: Session,
  tenantId: string,
  signal: AbortSignal,
): Promise<{ readonly problem?: AppError["problem"] }> {
  try {
    await session.token({ audience: "arm", tenantId }, signal);
    return {};
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return { problem: error.problem };
  }
}

/** Without the right to read links the instance is found all the same; their mode is then not known. */
async function linksIfAllowed(
  arm: ArmPipeline,
  instance: ArmInstance,
  signal: AbortSignal,
): Promise<readonly ArmLink[]> {
  try {
    return await listLinks(arm, instance, signal);
  } catch (error) {
    if (error instanceof AppError && error.problem.code === "armNotAllowed") return [];
    throw error;
  }
}

function modeOf({ failoverMode }: ArmLink): string | null {
  return failoverMode;
}

async function inTurns<From, To>(
  items: readonly From[],
  work: (item: From) => Promise<To>,
): Promise<readonly To[]> {
  const done: To[] = [];
  for (let start = 0; start < items.length; start += mostAtOnce) {
    done.push(...(await Promise.all(items.slice(start, start + mostAtOnce).map(work))));
  }
  return done;
}

function notFound(address: string, account: string): AppError {
  return new AppError({
    code: "instanceNotInAzure",
    class: "block",
    summary: `No subscription that ${account} sees in this tenant holds the instance ${address}.`,
    remedy: "Choose the tenant and the subscription of the instance.",
  });
}
