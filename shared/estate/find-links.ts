// Finds the links of an estate: distributed groups of both sides that have the same name and join the same two groups.
import { oncePer } from "../once-per.ts";
import type { AvailabilityGroup, Estate, Side, SideReading } from "./estate.ts";
import type { Link, LinkEnd, SeenLinkEnd } from "./link.ts";
import { missingRightSentence } from "./rights.ts";
import { databaseNames, seenLinkEnd } from "./seen-link-end.ts";

export interface FoundLinks {
  /** In order of name. */
  readonly links: readonly Link[];
  /** Sides that could not be asked: while there is one, a link that is not listed may exist all the same. */
  readonly cannotSay: readonly { readonly side: Side; readonly because: string }[];
}

/**
 * Two distributed groups are one link when their names and the pair of group names in sys.availability_replicas are equal:
 * two unrelated links may share a name, and a link is listed even where only one side tells of it.
 */
export function findLinks(estate: Estate): FoundLinks {
  const box = linkEnds(estate.box);
  const instance = linkEnds(estate.instance);
  const keys = [...new Set([...box.ends.keys(), ...instance.ends.keys()])].sort();
  const links = keys.flatMap((key) => linkOf(key, { box, instance }) ?? []);
  const cannotSay = [estate.box, estate.instance].flatMap((reading) => {
    const because = whyNotAsked(reading);
    return because === undefined ? [] : [{ side: reading.side, because }];
  });
  return { links, cannotSay };
}

/** The link of that key; undefined where neither side tells of it. */
export function linkOf(key: string, sides: Readonly<Record<Side, LinkEnds>>): Link | undefined {
  const box = sides.box.ends.get(key);
  const instance = sides.instance.ends.get(key);
  const name = (box ?? instance)?.group.name;
  if (name === undefined) return undefined;
  const databases = [box, instance].flatMap((end) => (end === undefined ? [] : databaseNames(end)));
  return {
    name,
    databases: [...new Set(databases)].sort(),
    box: box ?? sides.box.otherwise,
    instance: instance ?? sides.instance.otherwise,
  };
}

/** The ends that a side tells of, by key, and what it says of any other link. */
export interface LinkEnds {
  readonly ends: ReadonlyMap<string, SeenLinkEnd>;
  readonly otherwise: LinkEnd;
}

/** What one side tells of its links. */
export const linkEnds = oncePer(linkEndsOf);

function linkEndsOf(reading: SideReading): LinkEnds {
  const none = new Map<string, SeenLinkEnd>();
  if (reading.kind === "unreachable") {
    return { ends: none, otherwise: { kind: "unreachable", problem: reading.problem } };
  }
  const { groups, replicaDatabases } = reading.facts;
  if (groups.kind !== "seen") return { ends: none, otherwise: groups };
  if (replicaDatabases.kind !== "seen") return { ends: none, otherwise: replicaDatabases };
  const rows = { groups: groups.value, replicaDatabases: replicaDatabases.value };
  const ends = groups.value
    .filter((group) => group.isDistributed)
    .map((group) => [keyOf(group), seenLinkEnd(reading.side, group, rows)] as const);
  return { ends: new Map(ends), otherwise: { kind: "absent" } };
}

/** JSON keeps the parts apart whatever characters the names hold. */
function keyOf(group: AvailabilityGroup): string {
  return JSON.stringify([
    group.name,
    ...group.replicas.map((replica) => replica.replicaServerName).sort(),
  ]);
}

function whyNotAsked(reading: SideReading): string | undefined {
  const { otherwise } = linkEnds(reading);
  switch (otherwise.kind) {
    case "unreachable":
    case "failed":
      return otherwise.problem.summary;
    case "notAllowed":
      return reading.kind === "seen"
        ? missingRightSentence(
            reading.facts.server.serverName,
            reading.facts.rights.login,
            otherwise.permission,
          )
        : undefined;
    default:
      return undefined;
  }
}
