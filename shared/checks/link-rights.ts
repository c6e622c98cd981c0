// Check: what the account that is signed in to Azure may do with the link, for what the plan asks of Azure.
import type { LinkRights } from "../estate/azure-fact.ts";
import { azureOf, linkRightsOf } from "../estate/link-in-azure.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check, CheckInput, Place } from "./check.ts";
import { failed, passed, placeOf, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

/** Actions of Azure's roles, below Microsoft.Sql. */
const actions = {
  write: "managedInstances/distributedAvailabilityGroups/write",
  delete: "managedInstances/distributedAvailabilityGroups/delete",
  failover: "managedInstances/distributedAvailabilityGroups/failover/action",
  readResults: "locations/distributedAvailabilityGroupsOperationResults/read",
} as const;

type Right = keyof typeof actions;

export const linkRights: Check = (input) => {
  const { estate, link, choices } = input;
  const place = placeOf("linkRights", estate.instance);
  const needed = neededRights(input);
  if (needed.length === 0) return [passed(place, "The plan asks nothing of Azure.")];
  const { azure } = waysOf(estate, link, choices);
  if (!choices.keepLink && azure.lacks !== null) {
    const { what, sentence, remedy } = azure.lacks;
    return [
      what === "signIn"
        ? unknown(place, true, { summary: sentence, remedy })
        : failed(place, sentence, remedy),
    ];
  }
  const held = linkRightsOf(azureOf(estate), link.name);
  const found = needed.flatMap((right) => rightFindings(place, link.name, right, held));
  return found.length > 0
    ? found
    : [
        passed(
          place,
          `The account that is signed in to Azure has the rights it needs on the link.`,
        ),
      ];
};

/** DELETE for the removal, PATCH before a DELETE that is the move, POST failover where Azure is asked in T-SQL's place. */
function neededRights({ estate, link, choices }: CheckInput): readonly Right[] {
  const asksFailover = choices.to === "box" && choices.failoverBy === "arm";
  const setsMode = !choices.keepLink && waysOf(estate, link, choices).move === "delete";
  const needed: readonly Right[] = [
    ...(choices.keepLink ? [] : (["delete"] as const)),
    ...(setsMode ? (["write"] as const) : []),
    ...(asksFailover ? (["failover"] as const) : []),
  ];
  return needed.length === 0 ? [] : [...needed, "readResults"];
}

const lost: Readonly<Record<Right, string>> = {
  write:
    "Synchronous replication is not set on the instance's side then; the gate does not depend on it.",
  delete: "The link is not removed then.",
  failover: "FAILOVER is sent to the instance by T-SQL then.",
  readResults: "What becomes of a request is seen on the link and on the servers alone then.",
};

/** Azure decides by itself: what was not read does not stand in the way. */
export function rightFindings(
  place: Place,
  linkName: string,
  right: Right,
  held: LinkRights | undefined,
): readonly Finding[] {
  const [link, action] = [visibleText(linkName), `Microsoft.Sql/${actions[right]}`];
  switch (held?.[right] ?? null) {
    case true:
      return [];
    case false:
      return [
        warning(
          place,
          `The account that is signed in to Azure has no ${action} on the link ${link}. ${lost[right]}`,
          `Accept it, or ask for a role with ${action}.`,
        ),
      ];
    case null:
      return [
        unknown(place, false, {
          summary: `Whether the account that is signed in to Azure has ${action} on the link ${link} was not read. ${lost[right]}`,
          remedy: "Look at the account's roles at the instance in the Azure portal.",
        }),
      ];
  }
}
