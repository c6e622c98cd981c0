// What the wizard's pages say of the link's two replicas, from the estate alone.
import type { Finding } from "../../shared/checks/finding.ts";
import { updatePolicy } from "../../shared/checks/update-policy.ts";
import type { Estate, Role, Side } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link, LinkEnd } from "../../shared/estate/link.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { supportOf } from "../../shared/estate/versions.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { shortName } from "../ui/short-name.ts";
import { choicesOf, presetAnswers } from "./answers.ts";

export interface ReplicaFacts {
  readonly side: Side;
  /** Short, for sentences: an instance by the first part of its name; the address while it does not answer. */
  readonly name: string;
  /** Whole, as the server calls itself. */
  readonly serverName: string;
  readonly address: string;
  readonly role: Role | "unreachable" | "unknown";
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
  /** What the check says to "Can you come back?". */
  readonly wayBack: Finding | undefined;
}

export function linkFacts(estate: Estate, linkName: string): LinkFacts {
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
    wayBack: link === undefined ? undefined : wayBackOf(estate, link, primary),
  };
}

/** Why a planned failover cannot start from here, one sentence and what to do; undefined where it can be assessed. */
export function notPlannable(facts: LinkFacts): string | undefined {
  const { box, instance, primary } = facts;
  const unseen = [box, instance].find(({ role }) => role === "unreachable" || role === "unknown");
  if (unseen?.because !== undefined) return unseen.because;
  return primary === undefined
    ? `Exactly one side must be PRIMARY, and ${box.name} is ${box.role}, ${instance.name} is ${instance.role}. Read both sides again.`
    : undefined;
}

/** What SSMS calls "Supported failover types" of that side. */
export function supportedTypes(estate: Estate, facts: LinkFacts): string {
  const { box } = estate;
  if (box.kind === "unreachable") return "unknown";
  const { plannedFailover, plannedFloor } = supportOf(box.facts.server);
  // Started on the instance, a failover needs no build of SQL Server that could start one.
  if (facts.primary === "instance" && plannedFailover === "needsUpdate") return "Planned";
  switch (plannedFailover) {
    case "byTsql":
      return "Planned";
    case "needsUpdate":
      return `None before ${facts.box.name} is updated to ${plannedFloor?.name ?? "a newer build"}`;
    case "never":
      return "None in this version: the link has to be removed with it";
    case "unknown":
      return "unknown";
  }
}

function replicaFacts(estate: Estate, side: Side, link: Link | undefined): ReplicaFacts {
  const reading = estate[side];
  const end = link?.[side];
  const serverName = nameOf(reading);
  const name = reading.kind === "seen" ? shortName(side, serverName) : serverName;
  const shown = { side, name, serverName, address: visibleText(reading.address), at: reading.at };
  if (reading.kind === "unreachable") {
    const because = visibleText(`${reading.problem.summary} ${reading.problem.remedy}`);
    return { ...shown, role: "unreachable", version: undefined, group: undefined, because };
  }
  const { server } = reading.facts;
  const role = end?.kind === "seen" ? (end.role ?? "unknown") : "unknown";
  return {
    ...shown,
    role,
    version: visibleText(
      `${supportOf(server).versionName}, ${server.productVersion}, ${server.edition}`,
    ),
    group: groupOf(end),
    because: role === "unknown" ? roleUnknown(name, end) : undefined,
  };
}

function groupOf(end: LinkEnd | undefined): string | undefined {
  const group = end?.kind === "seen" ? end.own?.replicaServerName : undefined;
  return group === undefined ? undefined : visibleText(group);
}

function roleUnknown(name: string, end: LinkEnd | undefined): string {
  switch (end?.kind) {
    case undefined:
    case "absent":
      return `${name} does not show this link. Read both sides again.`;
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

/** The very check of the readiness page, asked before it, so that both pages say the same. */
function wayBackOf(estate: Estate, link: Link, primary: Side | undefined): Finding | undefined {
  const choices = choicesOf(link.name, primary, presetAnswers);
  return updatePolicy({ estate, link, choices })[0];
}
