// Both sides of one link as they are known: the newest answer of each side, however old it is by now. Pure.
import type { Side } from "../../shared/estate/estate.ts";
import type { Link, SeenLinkEnd } from "../../shared/estate/link.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { partnerOf } from "../../shared/estate/partner-url.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
import { rememberedLinks } from "../explorer/estate-feed.ts";
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
}

export interface LinkPicture {
  readonly linkName: string;
  readonly databases: readonly string[];
  readonly sides: Readonly<Record<Side, SidePicture>>;
  /** The side that says PRIMARY, where exactly one does. */
  readonly primary: Side | undefined;
}

/** Undefined where no side ever told of a link of that name. */
export function linkPicture(feed: EstateFeed, linkName: string): LinkPicture | undefined {
  const link = rememberedLinks(feed).find((one) => one.name === linkName);
  if (link === undefined) return undefined;
  const sides = {
    box: sidePicture("box", feed, link),
    instance: sidePicture("instance", feed, link),
  };
  const primaries = [sides.box, sides.instance].filter(({ end }) => end?.role === "PRIMARY");
  return {
    linkName,
    databases: link.databases,
    sides,
    primary: primaries.length === 1 ? primaries[0]?.side : undefined,
  };
}

function sidePicture(side: Side, feed: EstateFeed, link: Link): SidePicture {
  const reading = feed.lastSeen[side];
  const newest = feed.estate?.[side];
  const end = link[side];
  const other = link[side === "box" ? "instance" : "box"];
  const partner = other.kind === "seen" ? partnerOf(other.partnerEndpointUrl)?.host : undefined;
  return {
    side,
    name:
      reading === undefined
        ? (partner ?? (newest === undefined ? "" : nameOf(newest)))
        : nameOf(reading),
    answers: newest?.kind === "seen",
    silentSince: feed.silentSince[side],
    reading,
    end: end.kind === "seen" ? end : undefined,
  };
}
