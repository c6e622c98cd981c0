// What the wizard's pages say of the link's two replicas, from the estate alone.
import type { Estate, Role, Side, SideFacts } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link, LinkEnd } from "../../shared/estate/link.ts";
import { notConnectedCode } from "../../shared/estate/not-connected.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import { supportOf } from "../../shared/estate/versions.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { Way } from "../../shared/ways/way.ts";
import { waysOf } from "../../shared/ways/ways-of.ts";
import { shortName } from "../ui/short-name.ts";

export interface ReplicaFacts {
  readonly side: Side;
  /** Short, for sentences: an instance by the first part of its name; while it does not answer as the other side calls it, else the address. */
  readonly name: string;
  /** Whole, as the server calls itself. */
  readonly serverName: string;
  readonly address: string;
  /** What the other side calls it: the host of its endpoint; undefined where that is not shown. */
  readonly endpointHost: string | undefined;
  /** `absent`: the side answers and has no such link. */
  readonly role: Role | "unreachable" | "unknown" | "absent";
  /** "SQL Server 2022, 16.0.4165.4, Enterprise Edition"; undefined while it does not answer. */
  readonly version: string | undefined;
  /** Name of the availability group behind the link; undefined where it is not visible. */
  readonly group: string | undefined;
  /** Why the role is not known, one sentence. */
  readonly because: string | undefined;
  /** When it was read, ISO 8601 UTC. */
  readonly at: string;
}

export interface LinkFacts {
  readonly name: string;
  readonly databases: readonly string[];
  readonly box: ReplicaFacts;
  readonly instance: ReplicaFacts;
  /** The side that says PRIMARY; undefined where none or both do. */
  readonly primary: Side | undefined;
  /** What is decided for this link and what was chosen; undefined where the link is not found. */
  readonly way: Way | undefined;
}

/** `wantsRemoval`: the operator ticked that the link is to be removed. */
export function linkFacts(estate: Estate, linkName: string, wantsRemoval = false): LinkFacts {
  const link = findLinks(estate).links.find(({ name }) => name === linkName);
  const [box, instance] = [
    replicaFacts(estate, "box", link),
    replicaFacts(estate, "instance", link),
  ];
  const primaries = [box, instance].filter(({ role }) => role === "PRIMARY");
  const primary = primaries.length === 1 ? primaries[0]?.side : undefined;
  return {
    name: linkName,
    databases: link?.databases ?? [],
    box,
    instance,
    primary,
    way: link === undefined ? undefined : wayOf(estate, link, { primary, wantsRemoval }),
  };
}

/** Why a planned failover cannot start from here, one sentence and what to do; undefined where it can be assessed. */
export function notPlannable(facts: LinkFacts): string | undefined {
  const { box, instance, primary } = facts;
  const unseen = [box, instance].find(({ because }) => because !== undefined);
  if (unseen?.because !== undefined) return unseen.because;
  return primary === undefined
    ? `Exactly one side must be PRIMARY, and ${box.name} is ${box.role}, ${instance.name} is ${instance.role}. Read both sides again.`
    : undefined;
}

/** The link goes, by the move itself or after it; the tick that could not be carried out is not counted. */
export function isRemoved({ way }: LinkFacts): boolean {
  return way?.isRemoved ?? false;
}

function replicaFacts(estate: Estate, side: Side, link: Link | undefined): ReplicaFacts {
  const reading = estate[side];
  const end = link?.[side];
  const endpointHost = hostOf(link?.[otherSide(side)]);
  const isSeen = reading.kind === "seen";
  const serverName = (isSeen ? undefined : endpointHost) ?? nameOf(reading);
  const isNamed = isSeen || endpointHost !== undefined;
  const name = isNamed ? shortName(side, serverName) : serverName;
  const shown = {
    side,
    name,
    serverName,
    endpointHost,
    address: visibleText(reading.address),
    at: reading.at,
  };
  if (reading.kind === "unreachable") {
    const { summary, remedy, code } = reading.problem;
    // Nobody but the partner can name a server that is not connected.
    const words = code === notConnectedCode && isNamed ? `${name} is not connected.` : summary;
    const because = visibleText(`${words} ${remedy}`);
    return { ...shown, role: "unreachable", version: undefined, group: undefined, because };
  }
  const { server } = reading.facts;
  const role = roleOf(end, reading.facts);
  return {
    ...shown,
    role,
    version: visibleText(
      `${supportOf(server).versionName}, ${server.productVersion}, ${server.edition}`,
    ),
    group: groupOf(end),
    because:
      role === "unknown" || role === "absent"
        ? roleUnknown(name, end, partnerElsewhere(side, link))
        : undefined,
  };
}

/** A link that neither side lists is absent only where the lists could be read. */
function roleOf(
  end: LinkEnd | undefined,
  { groups, replicaDatabases }: SideFacts,
): Role | "unknown" | "absent" {
  if (end === undefined) {
    return groups.kind === "seen" && replicaDatabases.kind === "seen" ? "absent" : "unknown";
  }
  if (end.kind === "absent") return "absent";
  return end.kind === "seen" ? (end.role ?? "unknown") : "unknown";
}

function groupOf(end: LinkEnd | undefined): string | undefined {
  const group = end?.kind === "seen" ? end.own?.replicaServerName : undefined;
  return group === undefined ? undefined : visibleText(group);
}

function hostOf(end: LinkEnd | undefined): string | undefined {
  const host = end?.kind === "seen" ? partnerOf(end.partnerEndpointUrl)?.host : undefined;
  return host === undefined ? undefined : visibleText(host);
}

/** The instance that SQL Server says the link goes to, where the connected one does not know the link. */
function partnerElsewhere(side: Side, link: Link | undefined): string | undefined {
  if (side === "box" || link?.box.kind !== "seen") return undefined;
  return partnerOf(link.box.partnerEndpointUrl)?.host;
}

function roleUnknown(name: string, end: LinkEnd | undefined, partner: string | undefined): string {
  switch (end?.kind) {
    case undefined:
    case "absent":
      return partner === undefined
        ? `${name} does not show this link. Read both sides again.`
        : `${name} does not show this link: it replicates with ${visibleText(partner)}. Connect to that instance.`;
    case "notAllowed":
      return `The login has no ${visibleText(end.permission)} on ${name}, needed to read the link.`;
    case "failed":
    case "unreachable":
      return visibleText(`${end.problem.summary} ${end.problem.remedy}`);
    case "seen":
      return end.isLocalPrimary === false
        ? `${name} is not the primary node of its availability group. Connect to ${visibleText(end.localGroup?.primaryReplica ?? "that node")}.`
        : `${name} does not tell its role. Read both sides again.`;
  }
}

/** `primary` undefined: nobody says so yet, and the direction of a first failover is taken. */
export function targetOf(primary: Side | undefined): Side {
  return otherSide(primary ?? "box");
}

/** A tick that could not be carried out does not count: it is closed, with the reason beside it. */
function wayOf(
  estate: Estate,
  link: Link,
  { primary, wantsRemoval }: { readonly primary: Side | undefined; readonly wantsRemoval: boolean },
): Way {
  const to = targetOf(primary);
  const way = waysOf(estate, link, { to, keepLink: true });
  const { isOffered, isLocked, lacks } = way.removal;
  const isRemoved = isLocked || (wantsRemoval && isOffered && lacks === null);
  return isRemoved ? waysOf(estate, link, { to, keepLink: false }) : way;
}
