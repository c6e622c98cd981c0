// What the operator did to the tree: what is opened, selected, and which row's menu is open. Pure.
import type { Side } from "../../shared/estate/estate.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import type { Row } from "./rows.ts";

export interface ExplorerState {
  /** Nodes that are not as they open by default: a new reading neither opens nor closes anything. */
  readonly toggled: ReadonlySet<string>;
  readonly selectedId: string | undefined;
}

export const initialExplorer: ExplorerState = { toggled: new Set(), selectedId: undefined };

export type ExplorerEvent =
  | { readonly kind: "selected"; readonly id: string }
  | { readonly kind: "toggled"; readonly id: string }
  /** The `*` key: every sibling of the row, and the row, is opened. */
  | { readonly kind: "openedSiblings"; readonly row: Row; readonly rows: readonly Row[] };

export function explorerAfter(state: ExplorerState, event: ExplorerEvent): ExplorerState {
  switch (event.kind) {
    case "selected":
      return state.selectedId === event.id ? state : { ...state, selectedId: event.id };
    case "toggled":
      return { ...state, toggled: symmetricDifference(state.toggled, [event.id]) };
    case "openedSiblings": {
      const closed = event.rows
        .filter((row) => row.parentId === event.row.parentId && row.isBranch && !row.isOpen)
        .map((row) => row.node.id);
      return { ...state, toggled: symmetricDifference(state.toggled, closed) };
    }
  }
}

/** The selected row; where it is not shown any more its nearest shown ancestor, else the first row. */
export function selectedRow(rows: readonly Row[], state: ExplorerState): Row | undefined {
  const { selectedId } = state;
  if (selectedId === undefined) return rows[0];
  const shown = rows.filter(
    ({ node }) => selectedId === node.id || selectedId.startsWith(`${node.id}/`),
  );
  return shown.at(-1) ?? rows[0];
}

/** The link whose document is shown and that Failover… starts with, and the side it is started from. */
export function selectedLink(
  row: Row | undefined,
): { readonly link: LinkRef; readonly startedFrom: Side } | undefined {
  const { link, side } = row?.node ?? {};
  return link === undefined || side === undefined ? undefined : { link, startedFrom: side };
}

/** What Failover… is about: the link's own node names it, a database names every link that replicates it. */
export function failoverLinks(
  row: Row | undefined,
): { readonly links: readonly LinkRef[]; readonly startedFrom: Side } | undefined {
  const selected = selectedLink(row);
  if (row === undefined || selected === undefined) return undefined;
  const links = [selected.link, ...(row.node.otherLinks ?? [])].sort((one, other) =>
    one.linkName < other.linkName ? -1 : 1,
  );
  return { links, startedFrom: selected.startedFrom };
}

/** Failover… is on the menu of a link and of a database that belongs to one, as in SSMS. */
export function hasLinkMenu(row: Row): boolean {
  const { kind, link } = row.node;
  return link !== undefined && (kind === "database" || kind === "link");
}

function symmetricDifference(
  before: ReadonlySet<string>,
  ids: readonly string[],
): ReadonlySet<string> {
  const after = new Set(before);
  for (const id of ids) if (!after.delete(id)) after.add(id);
  return after;
}
