// The way over one link, from what was seen of it and what was chosen.
import type { Choices } from "../choices/choices.ts";
import type { Estate, ServerIdentity } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { armLinkOf, azureOf, linkRightsOf } from "../estate/link-in-azure.ts";
import { linksOverGroup } from "../estate/links-over-group.ts";
import { mayAlterGroups } from "../estate/rights.ts";
import {
  isBuildBelow,
  isStandardEngine,
  linkFromInstanceFloor,
  majorOf,
  policyMatch,
  supportOf,
} from "../estate/versions.ts";
import { decide } from "./decide.ts";
import { wayNames } from "./names.ts";
import type { Way, WayFacts } from "./way.ts";

/** What of the choices decides. */
export type Chosen = Pick<Choices, "to" | "keepLink">;

/** The one function's answer for this link. */
export function waysOf(estate: Estate, link: Link, chosen: Chosen): Way {
  return decide(wayFacts(estate, link, chosen), wayNames(estate, link));
}

export function wayFacts(estate: Estate, link: Link, { to, keepLink }: Chosen): WayFacts {
  const azure = azureOf(estate);
  return {
    ...serverFacts(estate),
    to,
    link: keepLink ? "keep" : "remove",
    failoverMode: knownMode(armLinkOf(azure, link.name)?.failoverMode ?? null),
    azure:
      armLinkOf(azure, link.name) === undefined
        ? "notRead"
        : rightsClass(linkRightsOf(azure, link.name)),
    otherLinks: linksOverGroup(estate, link).length > 0 ? "some" : "none",
  };
}

type ServerFacts = Pick<WayFacts, "version" | "edition" | "policy" | "reach" | "instanceLogin">;

function serverFacts({ box, instance }: Estate): ServerFacts {
  const instanceLogin =
    instance.kind === "seen" && mayAlterGroups(instance.facts.rights) ? "altersGroups" : "doesNot";
  if (box.kind === "unreachable") {
    const unread = { version: "notRead", edition: "notRead", policy: "notTold" } as const;
    return { ...unread, reach: "boxSilent", instanceLogin };
  }
  const { server } = box.facts;
  const own = {
    version: versionClass(server),
    edition: isStandardEngine(server) ? "standard" : "enterprise",
    instanceLogin,
  } as const;
  return instance.kind === "unreachable"
    ? { ...own, policy: "notTold", reach: "instanceSilent" }
    : { ...own, policy: policyMatch(server, instance.facts.server), reach: "both" };
}

/** What carries no link at all counts with the oldest that does: the check of the version says so by itself. */
function versionClass(box: ServerIdentity): WayFacts["version"] {
  const { link, plannedFailover } = supportOf(box);
  if (link === "unknownVersion") return "newer";
  switch (majorOf(box)) {
    case 14:
      return "2017";
    case 15:
      return "2019";
    case 16:
      if (plannedFailover === "byTsql") return "2022FromCu13";
      return isBuildBelow(box.productVersion, linkFromInstanceFloor.version)
        ? "2022BelowCu10"
        : "2022Cu10To12";
    case 17:
      return "2025";
    default:
      return "2016";
  }
}

function knownMode(mode: string | null): WayFacts["failoverMode"] {
  return mode === "Manual" || mode === "None" ? mode : "notTold";
}

function rightsClass(rights: ReturnType<typeof linkRightsOf>): WayFacts["azure"] {
  const mayDelete = rights?.delete !== false;
  if (rights?.failover !== false) return mayDelete ? "all" : "noDelete";
  return mayDelete ? "noFailover" : "onlyReads";
}
