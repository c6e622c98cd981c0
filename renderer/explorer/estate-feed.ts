// What is known of the servers while they are read again and again: the newest reading, and of each the last that answered.
import type { Problem } from "../../shared/errors/app-error.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { linkState } from "../../shared/estate/link-state.ts";
import type { LinkLook, LinkState } from "../../shared/estate/link-state.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import { isSamePair } from "../../shared/estate/pair.ts";
import type { PairedLink } from "../../shared/estate/paired-links.ts";
import { pairedLinks, pairsOf, refOf } from "../../shared/estate/paired-links.ts";
import type { ServerRead, ServersRead } from "../../shared/estate/servers.ts";
import { estateOf } from "../../shared/estate/servers.ts";
import type { Broken } from "../../shared/repair/input.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
import { groupedBy } from "../../shared/grouped.ts";
import type { Answer } from "../../shared/ipc.ts";
import { oncePer } from "../../shared/once-per.ts";

export interface EstateFeed {
  /** Undefined before the first reading. */
  readonly read: ServersRead | undefined;
  /** The last reading that was answered, by connection. */
  readonly lastSeen: Readonly<Record<string, SeenReading>>;
  /** When a server did not answer for the first time since it last did, by connection: ISO 8601 UTC. */
  readonly silentSince: Readonly<Record<string, string>>;
  /** The links of the newest answer of each server, however old it is by now, in order of name. */
  readonly known: readonly PairedLink[];
  /** Those that the newest reading shows, each with its look and its state. */
  readonly links: readonly SeenLink[];
  /** Why the last try told nothing at all; the rows above stay. */
  readonly problem: Problem | undefined;
}

export interface SeenLink {
  readonly pair: Pair;
  readonly look: LinkLook;
  readonly state: LinkState;
  /** The look at which both sides were first PRIMARY together, as long as they are. */
  readonly twoPrimariesSince: LinkLook | undefined;
}

export const noEstate: EstateFeed = {
  read: undefined,
  lastSeen: {},
  silentSince: {},
  known: [],
  links: [],
  problem: undefined,
};

/** `run`: a failover of this tool is under way, and two PRIMARY are then a moment of it. */
export function feedAfter(
  feed: EstateFeed,
  answer: Answer<ServersRead>,
  run?: "inFlight",
): EstateFeed {
  if (!answer.ok) return { ...feed, problem: answer.error };
  const read = answer.value;
  const seen = Object.fromEntries(read.servers.flatMap((server) => lastSeen(server, feed)));
  const silent = Object.fromEntries(read.servers.flatMap((server) => silentSince(server, feed)));
  const known = knownLinks(read, seen);
  const links = looksAt(read, known).map(({ pair, look }) => {
    const before = linkIn(feed, { pair, linkName: look.link.name });
    return { pair, ...seenLink(look, before?.twoPrimariesSince, run) };
  });
  return { read, lastSeen: seen, silentSince: silent, known, links, problem: undefined };
}

/** With later answers of some of its servers than the feed's own readings have. */
export function withLastSeen(feed: EstateFeed, later: EstateFeed["lastSeen"]): EstateFeed {
  const lastSeen = { ...feed.lastSeen, ...later };
  return feed.read === undefined
    ? feed
    : { ...feed, lastSeen, known: knownLinks(feed.read, lastSeen) };
}

function knownLinks(read: ServersRead, seen: EstateFeed["lastSeen"]): readonly PairedLink[] {
  return pairedLinks(
    read.servers.map((one) => ({ ...one, reading: seen[one.connectionId] ?? one.reading })),
  );
}

/** The link where there is exactly one: its document is shown before anything is selected. */
export function onlyLink({ known }: EstateFeed): LinkRef | undefined {
  const [only, ...others] = known;
  return only !== undefined && others.length === 0 ? refOf(only) : undefined;
}

/** That link as the newest reading shows it; undefined where no side of it answered. */
export function linkIn(feed: Pick<EstateFeed, "links">, ref: LinkRef): SeenLink | undefined {
  return seenByName(feed.links)
    .get(ref.linkName)
    ?.find(({ pair }) => isSamePair(pair, ref.pair));
}

const seenByName = oncePer((links: readonly SeenLink[]) =>
  groupedBy(links, ({ look }) => look.link.name),
);

/** Names of the links that are split. */
export function splitBrainLinks(feed: EstateFeed): readonly string[] {
  return feed.links
    .filter(({ state }) => state.kind === "splitBrain")
    .map(({ look }) => look.link.name);
}

/** As what a link is broken, as far as the newest readings show; undefined: it is not. */
export function brokenLink(feed: EstateFeed, ref: LinkRef): Broken | undefined {
  const kind = linkIn(feed, ref)?.state.kind;
  return kind === "splitBrain" || kind === "noPrimary" ? kind : undefined;
}

/** The one broken link of that name; undefined where there is none, or it cannot be told which. */
export function brokenByName(feed: EstateFeed, linkName: string): LinkRef | undefined {
  const [only, ...others] = feed.links
    .map(({ pair, look }) => ({ pair, linkName: look.link.name }))
    .filter((ref) => ref.linkName === linkName && brokenLink(feed, ref) !== undefined);
  return others.length === 0 ? only : undefined;
}

function lastSeen(
  { connectionId, reading }: ServerRead,
  before: EstateFeed,
): readonly (readonly [string, SeenReading])[] {
  const seen = reading.kind === "seen" ? reading : before.lastSeen[connectionId];
  return seen === undefined ? [] : [[connectionId, seen]];
}

function silentSince(
  { connectionId, reading }: ServerRead,
  before: EstateFeed,
): readonly (readonly [string, string])[] {
  if (reading.kind === "seen") return [];
  return [[connectionId, before.silentSince[connectionId] ?? reading.at]];
}

/** What the newest reading shows of links that are known; each two servers are looked at once. */
function looksAt(
  read: ServersRead,
  known: readonly PairedLink[],
): readonly { readonly pair: Pair; readonly look: LinkLook }[] {
  return pairsOf(known).flatMap((pair) => {
    const estate = estateOf(read, pair);
    const own = new Set(
      known.filter((one) => isSamePair(one.pair, pair)).map(({ link }) => link.name),
    );
    const { links } = findLinks(estate);
    return links
      .filter(({ name }) => own.has(name))
      .map((link) => ({ pair, look: { estate, link } }));
  });
}

function seenLink(
  look: LinkLook,
  earlier: LinkLook | undefined,
  run?: "inFlight",
): Omit<SeenLink, "pair"> {
  const state = linkState(look, {
    ...(earlier === undefined ? {} : { earlier }),
    ...(run === undefined ? {} : { run }),
  });
  const areTwo = state.kind === "twoPrimariesSeenOnce" || state.kind === "splitBrain";
  return { look, state, twoPrimariesSince: areTwo ? (earlier ?? look) : undefined };
}
