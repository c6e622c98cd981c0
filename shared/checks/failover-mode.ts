// Check: the link's failoverMode in Azure. None is a link made for one way.
import type { Check, CheckInput, Place } from "./check.ts";
import { failed, passed, placeOf, unknown } from "./check.ts";
import type { ArmLink } from "../estate/azure-fact.ts";
import { azureOf, armLinkOf } from "../estate/link-in-azure.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Finding } from "./finding.ts";

export const failoverMode: Check = (input) => {
  const { estate, link } = input;
  const place = placeOf("failoverMode", estate.instance);
  const azure = azureOf(estate);
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
      const found = armLinkOf(azure, link.name);
      return [found === undefined ? notThere(place, link.name) : ofLink(input, place, found)];
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
function ofLink(input: CheckInput, place: Place, { name, failoverMode: mode }: ArmLink): Finding {
  const link = visibleText(name);
  if (mode === "Manual") {
    return passed(
      place,
      `The failover mode of ${link} in Azure is Manual: the link may go both ways.`,
    );
  }
  if (mode === "None") return oneWay(input, place, link);
  return unknown(place, false, {
    summary: `The failover mode of ${link} in Azure is ${mode === null ? "not told" : visibleText(mode)}, which this version does not know.`,
    remedy: "Look at failoverMode of the link in the Azure portal: Manual keeps a way back.",
  });
}

function oneWay({ estate, link: seen, choices }: CheckInput, place: Place, link: string): Finding {
  const { refusal, keep } = waysOf(estate, seen, choices);
  const none = `The failover mode of ${link} in Azure is None: the link was made for one way`;
  const remedy = refusal?.remedy ?? (keep.kind === "closed" ? keep.remedy : "");
  return refusal !== null || choices.keepLink
    ? failed(place, `${none}, and no failover keeps it.`, remedy)
    : passed(place, `${none}, and ends with it.`);
}
