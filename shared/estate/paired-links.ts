// Every link between the connected servers, once each, with the two servers that it joins.
import { otherSide } from "../plan/actions/action-form.ts";
import { linkEnds, linkOf } from "./find-links.ts";
import type { LinkEnds } from "./find-links.ts";
import type { Side } from "./estate.ts";
import type { Link } from "./link.ts";
import { notConnected } from "./not-connected.ts";
import { isSamePair } from "./pair.ts";
import type { LinkRef, Pair } from "./pair.ts";
import { isInstanceOf, partnerOf } from "./partner-url.ts";
import type { Partner } from "./partner-url.ts";
import type { ServerRead } from "./servers.ts";

export interface PairedLink {
  /** A side is null where the server at that end is not connected. */
  readonly pair: Pair;
  readonly link: Link;
}

type Server = ServerRead & LinkEnds & { readonly side: Side };
type Two = Readonly<Record<Side, Server | undefined>>;

/**
 * In order of name. Any SQL Server and any instance share a link as in `findLinks`: by its name and the names of its groups.
 * Where several do, the endpoint URL says who is meant; where nobody does, it says whether the partner is connected at all.
 */
export function pairedLinks(servers: readonly ServerRead[]): readonly PairedLink[] {
  const all = servers.map((server): Server => ({
    ...server,
    ...linkEnds(server.reading),
    side: server.reading.side,
  }));
  const keys = [...new Set(all.flatMap(({ ends }) => [...ends.keys()]))].sort();
  return keys.flatMap((key) =>
    endsOfKey(key, all).flatMap((two): readonly PairedLink[] => {
      const link = linkOf(key, { box: endsOf("box", two), instance: endsOf("instance", two) });
      return link === undefined ? [] : [{ pair: pairOf(two), link }];
    }),
  );
}

/** Each pair of servers that shares a link, once. */
export function pairsOf(links: readonly PairedLink[]): readonly Pair[] {
  const pairs = links.map(({ pair }) => pair);
  return pairs.filter((pair, index) => pairs.findIndex((one) => isSamePair(one, pair)) === index);
}

/** Every SQL Server with every instance, whether they share a link or not. */
export function pairsBetween(servers: readonly ServerRead[]): readonly Pair[] {
  const at = (side: Side) => servers.filter(({ reading }) => reading.side === side);
  return at("box").flatMap((box) =>
    at("instance").map((instance) => ({
      box: box.connectionId,
      instance: instance.connectionId,
    })),
  );
}

/** As the window names it. */
export function refOf({ pair, link }: PairedLink): LinkRef {
  return { pair, linkName: link.name };
}

/**
 * The link of that name at that server as it is paired now: its partner may have been connected since. The same where several
 * are, or none.
 */
export function pairNow(
  links: readonly PairedLink[],
  { pair, linkName }: LinkRef,
  startedFrom: Side,
): Pair {
  const found = links.filter(
    (one) => one.link.name === linkName && one.pair[startedFrom] === pair[startedFrom],
  );
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 ? only.pair : pair;
}

function endsOfKey(key: string, all: readonly Server[]): readonly Two[] {
  const at = (side: Side) => all.filter((one) => one.side === side);
  const knowing = (side: Side) => at(side).filter(({ ends }) => ends.has(key));
  const [boxes, instances] = [knowing("box"), knowing("instance")];
  const pairs = boxes.flatMap((box) =>
    instances
      .filter((instance) => meant(key, box, instances).includes(instance))
      .filter((instance) => meant(key, instance, boxes).includes(box))
      .map((instance) => ({ box, instance })),
  );
  const alone = [...boxes, ...instances].filter(
    (one) => !pairs.some(({ box, instance }) => one === box || one === instance),
  );
  return [...pairs, ...alone.map((one) => withPartner(key, one, at(otherSide(one.side))))];
}

/** Of the servers that know the link those that this one's endpoint URL names; all of them where it names none. */
function meant(key: string, from: Server, known: readonly Server[]): readonly Server[] {
  const named = known.filter((one) => isMeant(partnerAt(key, from), one));
  return named.length > 0 ? named : known;
}

/** The partner that does not tell of the link: it may be silent, not be allowed to see it, or have it no more. */
function withPartner(key: string, own: Server, candidates: readonly Server[]): Two {
  const partner = partnerAt(key, own);
  const [only, ...others] = candidates;
  const isElsewhere = own.side === "box" && /[a-z]/iu.test(partner?.host ?? "");
  const found =
    candidates.find((one) => isMeant(partner, one)) ??
    (isElsewhere || others.length > 0 ? undefined : only);
  return own.side === "box" ? { box: own, instance: found } : { box: found, instance: own };
}

function isMeant(partner: Partner | undefined, { side, serverName }: Server): boolean {
  if (partner === undefined) return false;
  if (side === "instance") return isInstanceOf(partner, serverName);
  // SQL Server's endpoint has the name of its computer, with its domain or without.
  const computer = serverName.toLowerCase().split("\\")[0] ?? "";
  const host = partner.host.toLowerCase();
  return host === computer || host.split(".")[0] === computer;
}

function partnerAt(key: string, { ends }: Server): Partner | undefined {
  return partnerOf(ends.get(key)?.partnerEndpointUrl ?? null);
}

function endsOf(side: Side, two: Two): LinkEnds {
  return (
    two[side] ?? {
      ends: new Map(),
      otherwise: { kind: "unreachable", problem: notConnected(side) },
    }
  );
}

function pairOf({ box, instance }: Two): Pair {
  return { box: box?.connectionId ?? null, instance: instance?.connectionId ?? null };
}
