// What the sentences of a way call servers, link, versions and policy; every name harmless to show.
import type { AzureFact } from "../estate/azure-fact.ts";
import type { Estate, SideReading } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { azureOf } from "../estate/link-in-azure.ts";
import { linksOverGroup } from "../estate/links-over-group.ts";
import { nameOf } from "../estate/name-of.ts";
import { plainPolicy, supportOf } from "../estate/versions.ts";
import { listOf } from "../plan/actions/action-form.ts";
import { visibleText } from "../visible-text.ts";
import type { Said, WayNames } from "./way.ts";

export function wayNames(estate: Estate, link: Link): WayNames {
  const { box, instance } = estate;
  const group = link.box.kind === "seen" ? link.box.own?.replicaServerName : undefined;
  return {
    link: visibleText(link.name),
    box: nameOf(box),
    instance: nameOf(instance),
    databases: visibleText(listOf(link.databases)),
    ...versionNames(box),
    policy: policyName(instance),
    group: visibleText(group ?? "the availability group"),
    otherLinks: visibleText(listOf(linksOverGroup(estate, link).map(({ name }) => name))),
    silence: silenceOf([box, instance]),
    azure: azureSaid(azureOf(estate), link, nameOf(instance)),
  };
}

function versionNames(box: SideReading): Pick<WayNames, "version" | "build" | "floor"> {
  if (box.kind === "unreachable") return { version: "unknown", build: "unknown", floor: null };
  const { versionName, plannedFloor } = supportOf(box.facts.server);
  return {
    version: visibleText(versionName),
    build: visibleText(box.facts.server.productVersion),
    floor: plannedFloor,
  };
}

function policyName(instance: SideReading): string {
  if (instance.kind === "unreachable") return "unknown";
  const { updatePolicy } = supportOf(instance.facts.server);
  return updatePolicy === null ? "unknown" : plainPolicy[updatePolicy];
}

function silenceOf(sides: readonly SideReading[]): Said {
  const silent = sides.find((side) => side.kind === "unreachable");
  return {
    sentence: visibleText(silent?.problem.summary ?? ""),
    remedy: visibleText(silent?.problem.remedy ?? ""),
  };
}

function azureSaid(azure: AzureFact, link: Link, instance: string): Said {
  switch (azure.kind) {
    case "notAsked":
      return { sentence: "Nobody is signed in to Azure.", remedy: "Sign in to Azure." };
    case "failed":
      return {
        sentence: visibleText(azure.problem.summary),
        remedy: visibleText(azure.problem.remedy),
      };
    case "seen":
      return {
        sentence: `Azure knows no link ${visibleText(link.name)} on ${instance}.`,
        remedy:
          "Look at the links of the instance in the Azure portal, then read both servers again.",
      };
  }
}
