// Everything a plan needs to have seen of a link, or the findings that say what was not seen or cannot be done.
import type { Finding } from "../checks/finding.ts";
import type { Choices } from "../choices/choices.ts";
import type { Estate, Side, SideReading } from "../estate/estate.ts";
import type { Link, LinkEnd, SeenLinkEnd } from "../estate/link.ts";
import { ownReplica } from "../estate/seen-link-end.ts";
import type { PlannedLink } from "./plan.ts";

type SeenSide = Extract<SideReading, { kind: "seen" }>;

/** A link that can be planned: both sides read, SQL Server PRIMARY, the instance SECONDARY. */
export interface PlannableLink {
  readonly kind: "plannable";
  readonly box: SeenSide;
  readonly instance: SeenSide;
  readonly link: PlannedLink;
  /** What the step *Let SQL Server's copy be read* needs; undefined where it is not wanted or has nothing to do. */
  readonly readable: ReadableCopy | undefined;
}

export interface ReadableCopy {
  /** SQL Server's own name in its local availability group. */
  readonly replica: string;
  readonly previous: "NO" | "READ_ONLY";
}

interface Refused {
  readonly kind: "refused";
  readonly findings: readonly Finding[];
}

/** Standard edition has no readable secondary (SERVERPROPERTY('EngineEdition') = 2). */
const standardEdition = 2;

export function plannableLink(
  estate: Estate,
  link: Link,
  choices: Choices,
): PlannableLink | Refused {
  const { box, instance } = estate;
  const unseen = [
    ...notSeen(box, link.box, link.name),
    ...notSeen(instance, link.instance, link.name),
  ];
  if (box.kind !== "seen" || instance.kind !== "seen" || unseen.length > 0) {
    return { kind: "refused", findings: unseen };
  }
  // notSeen has a finding for every end that was not seen; the compiler is told once more.
  if (link.box.kind !== "seen" || link.instance.kind !== "seen") {
    return { kind: "refused", findings: [] };
  }
  const ends = { box: link.box, instance: link.instance };
  const direction = wrongDirection(ends, choices, { box, instance });
  if (direction !== undefined) return { kind: "refused", findings: [direction] };
  const planned = plannedLink(link, ends);
  if (planned === undefined) return { kind: "refused", findings: [namesNotSeen(box, link)] };
  const readable = choices.letSqlServerBeRead ? readableCopy(box, ends.box) : undefined;
  if (readable?.kind === "notSeen") {
    return { kind: "refused", findings: [localGroupNotSeen(box, planned)] };
  }
  return {
    kind: "plannable",
    box,
    instance,
    link: planned,
    readable: readable?.kind === "closed" ? readable.copy : undefined,
  };
}

function notSeen(reading: SideReading, end: LinkEnd, link: string): readonly Finding[] {
  const where = reading.side;
  const server = nameOf(reading);
  if (end.kind === "seen" && reading.kind === "seen") return [];
  const problem =
    reading.kind === "unreachable"
      ? reading.problem
      : end.kind === "failed" || end.kind === "unreachable"
        ? end.problem
        : undefined;
  return [
    {
      ...blocked("linkSeen", where, server),
      level: end.kind === "absent" && problem === undefined ? "failed" : "unknown",
      summary:
        problem?.summary ??
        (end.kind === "notAllowed"
          ? `The link ${link} cannot be seen on ${server}: the login has no ${end.permission}.`
          : `${server} has no link ${link}.`),
      remedy:
        problem?.remedy ??
        (end.kind === "notAllowed"
          ? `Ask for ${end.permission} on ${server}, or use another login.`
          : "Choose a link that both sides know."),
    },
  ];
}

/** This version plans one direction: from SQL Server, where it is started, to the managed instance. */
function wrongDirection(
  ends: Readonly<Record<Side, SeenLinkEnd>>,
  choices: Choices,
  sides: Readonly<Record<Side, SeenSide>>,
): Finding | undefined {
  const [box, instance] = [nameOf(sides.box), nameOf(sides.instance)];
  if (ends[choices.to].role === "PRIMARY") {
    return {
      ...blocked("direction", choices.to, nameOf(sides[choices.to])),
      summary: `${nameOf(sides[choices.to])} is PRIMARY already. There is nothing to do.`,
      remedy: "Look at both roles; choose the other side if the database is to move.",
    };
  }
  if (choices.to === "box") {
    return {
      ...blocked("direction", "instance", instance),
      summary: `Failing back from ${instance} to ${box} is not in this version.`,
      remedy: `Use SSMS, or the FAILOVER statement of T-SQL on ${instance}.`,
    };
  }
  if (ends.box.role === "PRIMARY" && ends.instance.role === "SECONDARY") return undefined;
  const [boxRole, instanceRole] = [ends.box.role ?? "unknown", ends.instance.role ?? "unknown"];
  return {
    ...blocked("roles", "both", ""),
    summary: `A planned failover needs ${box} PRIMARY and ${instance} SECONDARY; they are ${boxRole} and ${instanceRole}.`,
    remedy: "Read both sides again when no role change is running.",
  };
}

function plannedLink(
  link: Link,
  ends: Readonly<Record<Side, SeenLinkEnd>>,
): PlannedLink | undefined {
  const { box, instance } = ends;
  const [boxGroup, instanceGroup] = [box.own?.replicaServerName, box.remote?.replicaServerName];
  if (boxGroup === undefined || instanceGroup === undefined || link.databases.length === 0) {
    return undefined;
  }
  return {
    name: link.name,
    databases: link.databases,
    boxGroup,
    instanceGroup,
    groupIds: { box: box.group.groupId, instance: instance.group.groupId },
    partnerEndpointUrls: {
      box: box.partnerEndpointUrl,
      instance: instance.partnerEndpointUrl,
    },
  };
}

function readableCopy(
  box: SeenSide,
  end: SeenLinkEnd,
):
  | { readonly kind: "closed"; readonly copy: ReadableCopy }
  | { readonly kind: "nothingToDo" }
  | { readonly kind: "notSeen" } {
  if (box.facts.server.engineEdition === standardEdition) return { kind: "nothingToDo" };
  const replica = ownReplica(end.localGroup);
  const previous = replica?.secondaryRoleAllowConnections;
  if (replica === undefined || previous === undefined || previous === null) {
    return { kind: "notSeen" };
  }
  return previous === "ALL"
    ? { kind: "nothingToDo" }
    : { kind: "closed", copy: { replica: replica.replicaServerName, previous } };
}

function namesNotSeen(box: SeenSide, link: Link): Finding {
  const server = nameOf(box);
  return {
    ...blocked("linkSeen", "box", server),
    level: "unknown",
    summary: `${server} does not show the availability groups and databases of the link ${link.name}.`,
    remedy: `Read it with a login that has VIEW ANY DEFINITION and VIEW SERVER STATE on ${server}.`,
  };
}

function localGroupNotSeen(box: SeenSide, link: PlannedLink): Finding {
  const server = nameOf(box);
  return {
    ...blocked("localNode", "box", server),
    level: "unknown",
    summary: `${server} does not show its own replica of ${link.boxGroup}, so its copy cannot be made readable.`,
    remedy: `Read it with a login that has VIEW ANY DEFINITION, or leave that step out.`,
  };
}

function blocked(
  check: string,
  where: Finding["where"],
  server: string,
): Pick<Finding, "check" | "level" | "blocks" | "where" | "server"> {
  return { check, level: "failed", blocks: true, where, server };
}

function nameOf(reading: SideReading): string {
  return reading.kind === "seen" ? reading.facts.server.serverName : reading.address;
}
