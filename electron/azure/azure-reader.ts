// What one signed-in account reads of Azure: its tenants, their subscriptions, the instance of an address and its links.
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmInstance, ArmLink, AzureFact } from "../../shared/estate/azure-fact.ts";
import type { RequestInput, RequestOutput } from "../../shared/ipc.ts";
import type { Clock } from "../run/clock.ts";
import { listLinks, listSubscriptions, listTenants, readInstance } from "./arm.ts";
import type { ArmPipeline, ArmWiring } from "./arm-pipeline.ts";
import { createArmPipeline } from "./arm-pipeline.ts";
import { findInstance, privateName } from "./find-instance.ts";
import { inTurns } from "./in-turns.ts";
import { readInstanceRights, readLinkRights } from "./link-rights.ts";
import type { Session } from "./session.ts";
import { fetchBoth } from "./session.ts";

export interface AzureReader {
  /** Their names alone: whether one refuses is told when it is asked for its subscriptions, and holds up no other one. */
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

export interface ReaderWiring extends ArmWiring {
  readonly clock: Clock;
}

interface Place {
  readonly resourceId: string;
  readonly tenantId: string;
}

export function createAzureReader(session: Session, wiring: ReaderWiring): AzureReader {
  const inTurn = inTurns(mostAtOnce, wiring.clock);
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
    tenants: (signal) => listTenants(armOf(session.tenantId()), signal),
    async subscriptions({ tenantId }, signal) {
      const listed = await inTurn(() => listSubscriptions(armOf(tenantId), signal));
      for (const { subscriptionId } of listed) tenantOfSubscription.set(subscriptionId, tenantId);
      return listed;
    },
    async findInstance(input, signal) {
      const { fullyQualifiedDomainName: address } = input;
      const subscriptionId = input.subscriptionId ?? undefined;
      const tenantId =
        tenantOfSubscription.get(subscriptionId ?? "") ?? input.tenantId ?? session.tenantId();
      const arm = armOf(tenantId);
      const found = await inTurn(() => findInstance(arm, { address, subscriptionId }, signal));
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
      const readRights = inTurns(mostAtOnce, wiring.clock);
      const [linkRights, instanceRights] = await Promise.all([
        Promise.all(links.map((link) => readRights(() => readLinkRights(arm, link, signal)))),
        readInstanceRights(arm, instance, signal),
      ]);
      return { tenantId, instance, links, linkRights, instanceRights };
    },
  };
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

function notFound(address: string, account: string): AppError {
  return new AppError({
    code: "instanceNotInAzure",
    class: "block",
    summary: `No subscription that ${account} sees in this tenant holds the instance ${address}.`,
    remedy:
      "Open Azure > Sign in and subscription: it is looked for in every tenant of the account.",
  });
}
