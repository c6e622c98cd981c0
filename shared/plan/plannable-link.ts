// Everything a plan needs to have seen of a link, or the findings that say what was not seen or cannot be done.
import type { CheckInput } from "../checks/check.ts";
import { askEnd, failed, placeOf, unknown } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { Choices } from "../choices/choices.ts";
import { letsCopyBeRead } from "../choices/choices.ts";
import type { Side, SideReading } from "../estate/estate.ts";
import type { Link, SeenLinkEnd } from "../estate/link.ts";
import { nameOf } from "../estate/name-of.ts";
import { ownReplica } from "../estate/seen-link-end.ts";
import { isStandardEngine } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import { otherSide } from "./actions/action-form.ts";
import type { PlannedAzure } from "./azure-request.ts";
import type { CommitModeChange, PlannedLink } from "./plan.ts";
import { plannedWay } from "./planned-way.ts";

type SeenSide = Extract<SideReading, { kind: "seen" }>;

/** A link that can be planned: both sides read, the side to leave PRIMARY, the target SECONDARY. */
export interface PlannableLink {
  readonly kind: "plannable";
  readonly box: SeenSide;
  readonly instance: SeenSide;
  readonly link: PlannedLink;
  readonly move: "failover" | "delete";
  /** Where the link is in Azure; null where the plan asks nothing of it. */
  readonly azure: PlannedAzure | null;
  /** Of both replicas of the distributed group, as SQL Server lists them. */
  readonly commitModes: readonly CommitModeChange[];
  /** `replicationMode` as ARM has it; null where nobody told. */
  readonly replicationMode: string | null;
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

export function plannableLink(input: CheckInput): PlannableLink | Refused {
  const { choices, link } = input;
  const { box, instance } = input.estate;
  const question = { name: "linkSeen", blocks: true };
  const unseen = (["box", "instance"] as const).flatMap((side) =>
    askEnd(input, side, question, () => []),
  );
  // The findings say which of the four it is; the compiler is told by the conditions.
  if (box.kind !== "seen" || instance.kind !== "seen") return refused(unseen);
  if (link.box.kind !== "seen" || link.instance.kind !== "seen") return refused(unseen);
  const ends = { box: link.box, instance: link.instance };
  const roles = wrongRoles(ends, choices, { box, instance });
  if (roles !== undefined) return refused([roles]);
  const planned = plannedLinkOf(link, ends);
  if (planned === undefined) return refused([namesNotSeen(box, link)]);
  const way = plannedWay(input, { box, instance });
  if (way.kind === "refused") return way;
  const readable = letsCopyBeRead(choices) ? readableCopy(box, ends.box) : nothingToDo;
  if (readable.kind === "notSeen") return refused([localGroupNotSeen(box, planned)]);
  return {
    kind: "plannable",
    box,
    instance,
    link: planned,
    ...way.facts,
    commitModes: ends.box.group.replicas.map(({ replicaServerName, availabilityMode }) => ({
      replica: replicaServerName,
      previous: availabilityMode,
    })),
    readable: readable.kind === "closed" ? readable.copy : undefined,
  };
}

/** Exactly the other side must be PRIMARY, and the target SECONDARY. */
function wrongRoles(
  ends: Readonly<Record<Side, SeenLinkEnd>>,
  { to }: Choices,
  sides: Readonly<Record<Side, SeenSide>>,
): Finding | undefined {
  const from = otherSide(to);
  const [giver, taker] = [nameOf(sides[from]), nameOf(sides[to])];
  if (ends[to].role === "PRIMARY") {
    return failed(
      placeOf("direction", sides[to]),
      `${taker} is PRIMARY already. There is nothing to do.`,
      "Look at both roles; choose the other side if the database is to move.",
    );
  }
  if (ends[from].role === "PRIMARY" && ends[to].role === "SECONDARY") return undefined;
  const [giverRole, takerRole] = [ends[from].role ?? "unknown", ends[to].role ?? "unknown"];
  return failed(
    { check: "roles", where: "both", server: "" },
    `A planned failover needs ${giver} PRIMARY and ${taker} SECONDARY; they are ${giverRole} and ${takerRole}.`,
    "Read both sides again when no role change is running.",
  );
}

/** Both ends by the names of their groups; undefined where SQL Server does not show them. */
export function plannedLinkOf(
  link: Link,
  { box, instance }: Readonly<Record<Side, SeenLinkEnd>>,
): PlannedLink | undefined {
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

type Readable =
  | { readonly kind: "closed"; readonly copy: ReadableCopy }
  | { readonly kind: "nothingToDo" }
  | { readonly kind: "notSeen" };

const nothingToDo: Readable = { kind: "nothingToDo" };

function readableCopy(box: SeenSide, end: SeenLinkEnd): Readable {
  if (isStandardEngine(box.facts.server)) return nothingToDo;
  const replica = ownReplica(end.localGroup);
  const previous = replica?.secondaryRoleAllowConnections;
  if (replica === undefined || previous === undefined || previous === null) {
    return { kind: "notSeen" };
  }
  return previous === "ALL"
    ? nothingToDo
    : { kind: "closed", copy: { replica: replica.replicaServerName, previous } };
}

function namesNotSeen(box: SeenSide, link: Link): Finding {
  const place = placeOf("linkSeen", box);
  return unknown(place, true, {
    summary: `${place.server} does not show the availability groups and databases of the link ${visibleText(link.name)}.`,
    remedy: `Read it with a login that has VIEW ANY DEFINITION and VIEW SERVER STATE on ${place.server}.`,
  });
}

function localGroupNotSeen(box: SeenSide, link: PlannedLink): Finding {
  const place = placeOf("localNode", box);
  return unknown(place, true, {
    summary: `${place.server} does not show its own replica of ${visibleText(link.boxGroup)}, so its copy cannot be made readable.`,
    remedy: "Read it with a login that has VIEW ANY DEFINITION, or leave that step out.",
  });
}

function refused(findings: readonly Finding[]): Refused {
  return { kind: "refused", findings };
}
