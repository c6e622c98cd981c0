// Both sides of one link as they are known: the newest answer of each side, however old it is by now. Pure.
import type { Side, SideReading } from "../../shared/estate/estate.ts";
import type { Link, SeenLinkEnd } from "../../shared/estate/link.ts";
import { unnamed } from "../../shared/estate/not-connected.ts";
import { isSameLink } from "../../shared/estate/pair.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import { refOf } from "../../shared/estate/paired-links.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";

export interface SidePicture {
  readonly side: Side;
  /** The server's name, its address while it has never answered, or the partner's word for it. */
  readonly name: string;
  /** True while the newest try reached it. */
  readonly answers: boolean;
  /** Since when it does not, ISO 8601 UTC; undefined while it does, and where it is not connected. */
  readonly silentSince: string | undefined;
  /** The last reading that was answered, and this link's end in it. */
  readonly reading: SeenReading | undefined;
  readonly end: SeenLinkEnd | undefined;
  /** When the newest try ended, answered or not, ISO 8601 UTC; undefined where it is not connected. */
  readonly triedAt: string | undefined;
}

export interface LinkPicture extends LinkRef {
  readonly databases: readonly string[];
  readonly sides: Readonly<Record<Side, SidePicture>>;
  /** The side that says PRIMARY, where exactly one does. */
  readonly primary: Side | undefined;
}

/** Undefined where no side ever told of that link. */
export function linkPicture(feed: EstateFeed, ref: LinkRef): LinkPicture | undefined {
  const { linkName, pair } = ref;
  const found = feed.known.find((one) => isSameLink(refOf(one), ref));
  if (found === undefined) return undefined;
  const { link } = found;
  const sides = {
    box: sidePicture("box", feed, { link, connectionId: pair.box }),
    instance: sidePicture("instance", feed, { link, connectionId: pair.instance }),
  };
  const primaries = [sides.box, sides.instance].filter(({ end }) => end?.role === "PRIMARY");
  return {
    linkName,
    pair,
    databases: link.databases,
    sides,
    primary: primaries.length === 1 ? primaries[0]?.side : undefined,
  };
}

function sidePicture(
  side: Side,
  feed: EstateFeed,
  { link, connectionId }: { readonly link: Link; readonly connectionId: string | null },
): SidePicture {
  const reading = connectionId === null ? undefined : feed.lastSeen[connectionId];
  const newest = feed.read?.servers.find((one) => one.connectionId === connectionId)?.reading;
  const end = link[side];
  const other = link[side === "box" ? "instance" : "box"];
  const partner = other.kind === "seen" ? partnerOf(other.partnerEndpointUrl)?.host : undefined;
  return {
    side,
    name:
      reading === undefined
        ? (partner ?? (newest === undefined ? unnamed[side] : nameOf(newest)))
        : nameOf(reading),
    answers: newest?.kind === "seen",
    silentSince: connectionId === null ? undefined : feed.silentSince[connectionId],
    reading,
    end: end.kind === "seen" ? end : undefined,
    triedAt: newest === undefined || isNotConnected(newest) ? undefined : newest.at,
  };
}

function isNotConnected(reading: SideReading): boolean {
  return reading.kind === "unreachable" && reading.problem.code === "notConnected";
}
