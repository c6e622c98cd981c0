// How this link is moved and where it is in Azure, for a plan; or the findings that say why it cannot be planned.
import type { CheckInput } from "../checks/check.ts";
import { failed, placeOf } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { AzureFact } from "../estate/azure-fact.ts";
import type { Side, SideReading } from "../estate/estate.ts";
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import { visibleText } from "../visible-text.ts";
import type { Said } from "../ways/way.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { PlannedAzure } from "./azure-request.ts";

type SeenSide = Extract<SideReading, { kind: "seen" }>;

export type PlannedWay =
  | {
      readonly kind: "planned";
      readonly facts: {
        readonly move: "failover" | "delete";
        readonly azure: PlannedAzure | null;
        readonly replicationMode: string | null;
      };
    }
  | { readonly kind: "refused"; readonly findings: readonly Finding[] };

export function plannedWay(
  { choices, estate, link }: CheckInput,
  sides: Readonly<Record<Side, SeenSide>>,
): PlannedWay {
  const way = waysOf(estate, link, choices);
  const refuse = (side: Side, { sentence, remedy }: Said): PlannedWay => ({
    kind: "refused",
    findings: [failed(placeOf("way", sides[side]), sentence, remedy)],
  });
  const { move, refusal, keep, azure } = way;
  if (move === "none") return refuse("box", refusal ?? noWay);
  if (keep.kind === "closed" && choices.keepLink) return refuse("box", keep);
  if (way.understood.isRequired && !choices.removal.understood) {
    const { sentence } = way.understood;
    return refuse("box", { sentence, remedy: "Say that this is understood." });
  }
  if (azure.lacks !== null) return refuse("instance", azure.lacks);
  const asksAzure = azure.isNeeded || (choices.to === "box" && choices.failoverBy === "arm");
  const where = asksAzure ? whereInAzure(azureOf(estate)) : null;
  if (where === undefined) {
    const sentence = `The link ${visibleText(link.name)} is changed in Azure, and where it is was not read there.`;
    return refuse("instance", { sentence, remedy: "Sign in to Azure." });
  }
  const replicationMode = armLinkOf(azureOf(estate), link.name)?.replicationMode ?? null;
  return { kind: "planned", facts: { move, azure: where, replicationMode } };
}

const noWay: Said = {
  sentence: "No planned failover goes over this link.",
  remedy: "Read both servers again.",
};

/** From the instance's resource id; undefined where it was not read. */
export function whereInAzure(azure: AzureFact): PlannedAzure | undefined {
  if (azure.kind !== "seen") return undefined;
  const found =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Sql\/managedInstances\/([^/]+)$/iu.exec(
      azure.instance.resourceId,
    );
  const [, subscriptionId, resourceGroup, instanceName] = found ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || instanceName === undefined) {
    return undefined;
  }
  return { tenantId: azure.tenantId, subscriptionId, resourceGroup, instanceName };
}
