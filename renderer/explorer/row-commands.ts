// The context menu of a row, as data.
import { hasLinkMenu } from "./explorer-state.ts";
import type { Row } from "./rows.ts";

export type RowCommand =
  "failover" | "readiness" | "repair" | "cleanUp" | "refresh" | "copy" | "disconnect";

/** Commands of the row, in order; `failover`, `readiness` and `repair` stand in a submenu, as in SSMS. `isBroken`: its link has not one primary. */
export function rowMenu(row: Row, isBroken: boolean): readonly RowCommand[] {
  return [
    ...(hasLinkMenu(row) ? (["failover", "readiness"] as const) : []),
    ...(hasLinkMenu(row) && isBroken ? (["repair"] as const) : []),
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
