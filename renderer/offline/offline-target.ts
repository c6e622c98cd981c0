// What Offline fail back… is about, from where it is asked for. Pure.
import type { Side } from "../../shared/estate/estate.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";

export interface OfflineTarget {
  /** Undefined: the instance has no link of it. */
  readonly linkName: string | undefined;
  /** One of them is brought back. */
  readonly databases: readonly string[];
}

/** A node, or where one would stand. */
export interface OfflinePlace {
  readonly side: Side;
  readonly linkName?: string | undefined;
  readonly database?: string | undefined;
}

/**
 * A link whose instance is the only primary, or a database that the instance has without a link. Undefined: nothing is to be
 * brought back from there.
 */
export function offlineTarget(
  { links }: Pick<EstateFeed, "links">,
  { side, linkName, database }: OfflinePlace,
): OfflineTarget | undefined {
  if (linkName === undefined) {
    return side === "instance" && database !== undefined
      ? { linkName, databases: [database] }
      : undefined;
  }
  const link = links.find(({ look }) => look.link.name === linkName)?.look.link;
  if (link === undefined) return undefined;
  const databases = database === undefined ? link.databases : [database];
  const { box, instance } = link;
  if (instance.kind === "absent") return { linkName: undefined, databases };
  const isPrimary = instance.kind === "seen" && instance.role === "PRIMARY";
  const isSplit = box.kind === "seen" && box.role === "PRIMARY";
  return isPrimary && !isSplit ? { linkName, databases } : undefined;
}
