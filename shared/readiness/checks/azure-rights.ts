// Check: everything that a link may need of Azure in the night, whether or not today's choices ask for it.
import { passed, placeOf, unknown } from "../../checks/check.ts";
import { rightFindings } from "../../checks/link-rights.ts";
import { azureOf, linkRightsOf } from "../../estate/link-in-azure.ts";
import type { ReadinessCheck } from "../input.ts";

export const azureRights: ReadinessCheck = ({ estate, link }) => {
  const place = placeOf("azureRights", estate.instance);
  const azure = azureOf(estate);
  if (azure.kind === "notAsked") {
    return [
      unknown(place, false, {
        summary: "Nobody is signed in to Azure, so the rights on the link there were not read.",
        remedy:
          "Sign in to Azure, or use --azure-cli, if the link is to be removed or Azure is to be asked for anything.",
      }),
    ];
  }
  if (azure.kind === "failed") {
    const { summary, remedy } = azure.problem;
    return [unknown(place, false, { summary, remedy })];
  }
  const held = linkRightsOf(azure, link.name);
  const found = (["write", "delete", "failover", "readResults"] as const).flatMap((right) =>
    rightFindings(place, link.name, right, held),
  );
  if (found.length > 0) return found;
  return [
    passed(
      place,
      "The account that is signed in to Azure may change, fail over and delete the link, and read the results.",
    ),
  ];
};
