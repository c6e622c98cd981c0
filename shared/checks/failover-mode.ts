// Check: the link's failoverMode in Azure. None is a link made for one way.
import type { Check, Place } from "./check.ts";
import { direction, failed, passed, placeOf, unknown } from "./check.ts";
import type { ArmLink, AzureFact } from "../estate/azure-fact.ts";
import type { Side } from "../estate/estate.ts";
import { visibleText } from "../visible-text.ts";
import type { Finding } from "./finding.ts";

export const failoverMode: Check = (input) => {
  const { estate, link } = input;
  const place = placeOf("failoverMode", estate.instance);
  const azure: AzureFact = estate.azure ?? { kind: "notAsked" };
  switch (azure.kind) {
    case "notAsked":
      return [
        unknown(place, false, {
          summary: `The failover mode of the link in Azure was not read: nobody is signed in to Azure. It does not block: ${place.server} or its partner refuses by itself.`,
          remedy: "Sign in to Azure, or look at failoverMode of the link in the Azure portal.",
        }),
      ];
    case "failed":
      return [
        unknown(place, false, {
          summary: `The failover mode of the link in Azure could not be read. ${azure.problem.summary}`,
          remedy: azure.problem.remedy,
        }),
      ];
    case "seen": {
      const found = azure.links.find((one) => isSame(one.name, link.name));
      return [
        found === undefined
          ? notThere(place, link.name)
          : ofLink(place, found, direction(input).to),
      ];
    }
  }
};

function notThere(place: Place, linkName: string): Finding {
  return unknown(place, false, {
    summary: `Azure knows no link ${visibleText(linkName)} on ${place.server}, so its failover mode is not known.`,
    remedy: "Look at the links of the instance in the Azure portal, then read both servers again.",
  });
}

/** "Distributed Availability Groups": None is one-way, Manual two-way. */
function ofLink(place: Place, { name, failoverMode: mode }: ArmLink, to: Side): Finding {
  const link = visibleText(name);
  if (mode === "Manual") {
    return passed(
      place,
      `The failover mode of ${link} in Azure is Manual: the link may go both ways.`,
    );
  }
  if (mode === "None") {
    return failed(
      place,
      `The failover mode of ${link} in Azure is None: the link was made for one way, and no failover keeps it.`,
      oneWay[to],
    );
  }
  return unknown(place, false, {
    summary: `The failover mode of ${link} in Azure is ${mode === null ? "not told" : visibleText(mode)}, which this version does not know.`,
    remedy: "Look at failoverMode of the link in the Azure portal: Manual keeps a way back.",
  });
}

const oneWay: Readonly<Record<Side, string>> = {
  instance:
    "Migrate one way by removing the link once the copy is complete (SSMS or T-SQL), or make the link anew with failover mode Manual.",
  box: "Make the link anew with failover mode Manual, or bring the data back by a COPY_ONLY backup and a restore, with no writes in between.",
};

/** Azure and SQL Server compare these names without case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
