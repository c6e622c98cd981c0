// What the account that is signed in to Azure may do with the instance, for what a clean-up or the hybrid benefit asks of it.
import type { AzureFact, InstanceRights } from "../estate/azure-fact.ts";
import { visibleText } from "../visible-text.ts";
import type { Place } from "./check.ts";
import { failed, unknown } from "./check.ts";
import type { Finding } from "./finding.ts";

const actions: Readonly<Record<keyof InstanceRights, string>> = {
  write: "Microsoft.Sql/managedInstances/write",
  removeTrust: "Microsoft.Sql/managedInstances/serverTrustCertificates/delete",
};

/** Nothing where the right is held. Azure decides by itself: what was not read does not stand in the way. */
export function instanceRightFindings(
  place: Place,
  azure: AzureFact,
  right: keyof InstanceRights,
): readonly Finding[] {
  if (azure.kind !== "seen") return [];
  const what = `${actions[right]} on the instance ${visibleText(azure.instance.name)}`;
  switch (azure.instanceRights[right]) {
    case true:
      return [];
    case false:
      return [
        failed(
          place,
          `The account that is signed in to Azure has no ${what}.`,
          `Ask for a role with ${actions[right]}, or leave it out.`,
        ),
      ];
    case null:
      return [
        unknown(place, false, {
          summary: `Whether the account that is signed in to Azure has ${what} was not read.`,
          remedy: "Look at the account's roles at the instance in the Azure portal.",
        }),
      ];
  }
}
