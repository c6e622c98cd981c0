// What Offline fail back… is about, from where it is asked for. Pure.
import type { Side } from "../../shared/estate/estate.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import { pairBeside } from "../app-state.ts";
import { linkIn } from "../explorer/estate-feed.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";

export interface OfflineTarget {
  /** Undefined: the instance has no link of it. */
  readonly linkName: string | undefined;
  /** One of them is brought back. */
  readonly databases: readonly string[];
  /** Brought back from this instance to this SQL Server. */
  readonly pair: Pair;
}

/** A node, or where one would stand. */
export interface OfflinePlace {
  readonly side?: Side | undefined;
  readonly link?: LinkRef | undefined;
  /** Of a node of a server: its connection. */
  readonly connectionId?: string | undefined;
  readonly database?: string | undefined;
}

/**
 * A link whose instance is the only primary, or a database that the instance has without a link. Undefined: nothing is to be
 * brought back from there.
 */
export function offlineTarget(
  feed: Pick<EstateFeed, "known" | "links">,
  connections: Parameters<typeof pairBeside>[0],
  { side, link: ref, database, connectionId }: OfflinePlace,
): OfflineTarget | undefined {
  if (ref === undefined) {
    if (side !== "instance" || database === undefined) return undefined;
    const pair = pairBeside(connections, feed.known, connectionId);
    return { linkName: undefined, databases: [database], pair };
  }
  const { pair } = ref;
  const link = linkIn(feed, ref)?.look.link;
  if (link === undefined) return undefined;
  const databases = database === undefined ? link.databases : [database];
  const { box, instance } = link;
  if (instance.kind === "absent") return { linkName: undefined, databases, pair };
  const isPrimary = instance.kind === "seen" && instance.role === "PRIMARY";
  const isSplit = box.kind === "seen" && box.role === "PRIMARY";
  return isPrimary && !isSplit ? { linkName: ref.linkName, databases, pair } : undefined;
}
