// The context menu of a row, as data.
import type { TreeNode } from "../../shared/estate/tree-node.ts";
import { offlineTarget } from "../offline/offline-target.ts";
import { brokenLink } from "./estate-feed.ts";
import type { EstateFeed } from "./estate-feed.ts";
import { hasLinkMenu } from "./explorer-state.ts";
import type { Row } from "./rows.ts";

/** What a row offers only as long as its link, or its database, stands so. */
export type RowOffer = "repair" | "offline";
export type RowCommand =
  RowOffer | "failover" | "readiness" | "cleanUp" | "refresh" | "copy" | "disconnect";

/** As the newest readings show it. */
export function rowOffers(
  feed: EstateFeed,
  connections: Parameters<typeof offlineTarget>[1],
  node: TreeNode,
): readonly RowOffer[] {
  const isBroken = node.link !== undefined && brokenLink(feed, node.link) !== undefined;
  return [
    ...(isBroken ? (["repair"] as const) : []),
    ...(offlineTarget(feed, connections, node) === undefined ? [] : (["offline"] as const)),
  ];
}

/** Commands of the row, in order; those of a link stand in a submenu, as in SSMS. */
export function rowMenu(row: Row, offers: readonly RowOffer[]): readonly RowCommand[] {
  const isLinked = hasLinkMenu(row);
  const hasOffers = isLinked || row.node.kind === "database";
  return [
    ...(isLinked ? (["failover", "readiness"] as const) : []),
    ...(hasOffers ? offers : []),
    ...(row.node.kind === "server" && row.node.side === "box" ? (["cleanUp"] as const) : []),
    "refresh",
    "copy",
    ...(row.node.kind === "server" ? (["disconnect"] as const) : []),
  ];
}

/** Shift+F10 and the Menu key, which not every host turns into a context menu by itself. */
export function isMenuKey(event: { readonly key: string; readonly shiftKey: boolean }): boolean {
  return event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
}
