// How this link is moved and where it is in Azure, for a plan; or the findings that say why it cannot be planned.
import type { CheckInput } from "../checks/check.ts";
import { failed, placeOf } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { ArmLink, AzureFact } from "../estate/azure-fact.ts";
import type { Side, SideReading } from "../estate/estate.ts";
import { nameOf } from "../estate/name-of.ts";
import { visibleText } from "../visible-text.ts";
import { moveOf } from "../ways/move.ts";
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
  const { to, keepLink, failoverBy, removal } = choices;
  const azure = estate.azure ?? ({ kind: "notAsked" } as const);
  const armLink = armLinkOf(azure, link.name);
  const failoverMode = armLink?.failoverMode ?? null;
  const move = moveOf({ box: sides.box.facts.server, to, failoverMode });
  const place = placeOf("way", sides.box);
  const [box, instance] = [nameOf(sides.box), nameOf(sides.instance)];
  if (move === "none") {
    const sentence = `No planned failover over this link leads to ${box}.`;
    return refused(failed(place, sentence, "Keep the database on the instance."));
  }
  if (move === "delete" && keepLink) {
    const sentence = `No failover of this link keeps it: ${box} cannot start one, or the link was made for one way.`;
    return refused(
      failed(place, sentence, "Choose to remove the link, or update SQL Server first."),
    );
  }
  if (move === "delete" && !removal.understood) {
    const sentence = `Afterwards both copies, on ${box} and on ${instance}, can be written and are independent.`;
    return refused(failed(place, sentence, "Say that this is understood."));
  }
  const asksAzure = !keepLink || (to === "box" && failoverBy === "arm");
  const where = asksAzure ? whereInAzure(azure) : null;
  if (where === undefined) {
    const sentence = `The link ${visibleText(link.name)} is changed in Azure, and where it is was not read there.`;
    const remedy = azure.kind === "failed" ? azure.problem.remedy : "Sign in to Azure.";
    return refused(failed(placeOf("way", sides.instance), sentence, remedy));
  }
  const replicationMode = armLink?.replicationMode ?? null;
  return { kind: "planned", facts: { move, azure: where, replicationMode } };
}

/** Names are compared without case, as Azure and SQL Server do. */
export function armLinkOf(azure: AzureFact, linkName: string): ArmLink | undefined {
  if (azure.kind !== "seen") return undefined;
  return azure.links.find(({ name }) => name.toLowerCase() === linkName.toLowerCase());
}

/** From the instance's resource id; undefined where it was not read. */
function whereInAzure(azure: AzureFact): PlannedAzure | undefined {
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

function refused(finding: Finding): PlannedWay {
  return { kind: "refused", findings: [finding] };
}
