// What is known of the estate, with what was read since of the link that is shown: one side's answer never waits for the other's. Pure.
import type { SideReading } from "../../shared/estate/estate.ts";
import { isSamePair } from "../../shared/estate/pair.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { LiveRead } from "../../shared/monitor/live.ts";
import { feedAfter, withLastSeen } from "../explorer/estate-feed.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";

/** Of one server. */
export interface LiveSeen {
  readonly newest: LiveRead;
  /** The newest that was answered, where one was. */
  readonly answered: LiveRead | undefined;
}

/** Of these two servers alone: what is read every second is folded without the others. */
export function feedOfPair(feed: EstateFeed, pair: Pair): EstateFeed {
  const isOwn = (one: { readonly pair: Pair }) => isSamePair(one.pair, pair);
  const read = feed.read && {
    ...feed.read,
    servers: feed.read.servers.filter((one) => one.connectionId === pair[one.reading.side]),
  };
  return { ...feed, read, known: feed.known.filter(isOwn), links: feed.links.filter(isOwn) };
}

/**
 * Answers older than the feed's own reading of that side change nothing; only what was answered last stays the last that is
 * known, also when the feed's own reading has found the server silent since.
 */
export function withLive(feed: EstateFeed, seen: readonly LiveSeen[]): EstateFeed {
  const known = withAnswers(
    feed,
    seen.flatMap(({ answered }) => answered ?? []),
  );
  const { read } = known;
  if (read === undefined) return known;
  const servers = read.servers.map((server) => {
    const live = seen.find(({ newest }) => newest.connectionId === server.connectionId);
    const reading = live && readingOf(feed, live.newest);
    return reading !== undefined && reading.at > server.reading.at
      ? { ...server, reading }
      : server;
  });
  if (servers.every((server, index) => server === read.servers[index])) return known;
  return feedAfter(known, { ok: true, value: { ...read, servers } });
}

/**
 * Two readings find a server silent, each at its own moment: what was told first stays told, by connection, as long as the
 * server has not answered since.
 */
export function silentAsTold(feed: EstateFeed, told: EstateFeed["silentSince"]): EstateFeed {
  const ids = Object.keys(feed.silentSince).filter((id) => told[id] !== undefined);
  if (ids.every((id) => told[id] === feed.silentSince[id])) return feed;
  const kept = Object.fromEntries(ids.map((id) => [id, told[id] ?? ""]));
  return { ...feed, silentSince: { ...feed.silentSince, ...kept } };
}

function withAnswers(feed: EstateFeed, answered: readonly LiveRead[]): EstateFeed {
  const newer = answered.flatMap((read) => {
    const reading = readingOf(feed, read);
    const before = feed.lastSeen[read.connectionId]?.at ?? "";
    const isNewer = reading?.kind === "seen" && reading.at > before;
    return isNewer ? [[read.connectionId, reading] as const] : [];
  });
  if (newer.length === 0) return feed;
  return withLastSeen(feed, Object.fromEntries(newer));
}

/** What is read every second, over what the same server told of everything else. Undefined where it never told that. */
function readingOf(
  feed: EstateFeed,
  { connectionId, side, answer }: LiveRead,
): SideReading | undefined {
  const at = new Date(answer.atMs).toISOString();
  const told = feed.lastSeen[connectionId];
  if (told === undefined) return undefined;
  if (answer.kind === "unread") {
    // A missing right is told by the feed's own reading, fact by fact.
    if (answer.problem.code === "noPermission") return undefined;
    return { kind: "unreachable", side, address: told.address, at, problem: answer.problem };
  }
  const { groups, replicaDatabases, writers } = answer;
  const facts = {
    ...told.facts,
    groups: { kind: "seen", value: groups },
    replicaDatabases: { kind: "seen", value: replicaDatabases },
    writers: { kind: "seen", value: writers },
  } as const;
  return { ...told, at, facts };
}
