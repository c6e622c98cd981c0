// The rows of the tree: those in view are drawn, the selected one always, so that the focus stays where it is.
import { useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent, RefObject } from "react";
import { text } from "../text.ts";
import { ExplorerRow } from "./explorer-row.tsx";
import type { MenuPlace } from "./explorer-row.tsx";
import type { ExplorerEvent } from "./explorer-state.ts";
import { isMenuKey } from "./row-commands.ts";
import type { Row } from "./rows.ts";
import { rowHeight, rowsInView, rowsOfPage, topToSee } from "./rows-in-view.ts";
import type { Viewport } from "./rows-in-view.ts";
import { moveOf, nothingTyped } from "./tree-keys.ts";
import type { TreeMove } from "./tree-keys.ts";
import { useTreeFocus } from "./use-tree-focus.ts";

export interface ExplorerTreeProps {
  readonly rows: readonly Row[];
  readonly selected: Row | undefined;
  readonly onEvent: (event: ExplorerEvent) => void;
  readonly onMenu: (place: MenuPlace) => void;
}

export function ExplorerTree({ rows, selected, onEvent, onMenu }: ExplorerTreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const viewport = useViewport(tree);
  const typed = useRef(nothingTyped);
  const index = selected === undefined ? -1 : rows.indexOf(selected);
  const focus = useTreeFocus(tree, selected?.node.id);

  const move = (moved: TreeMove, row: Row) => {
    if ("typed" in moved) typed.current = moved.typed ?? nothingTyped;
    switch (moved.kind) {
      case "to": {
        const target = rows[moved.index];
        if (target === undefined) return;
        if (tree.current !== null) {
          tree.current.scrollTop = topToSee(moved.index, viewportOf(tree.current));
        }
        onEvent({ kind: "selected", id: target.node.id });
        break;
      }
      case "toggle":
        onEvent({ kind: "toggled", id: row.node.id });
        break;
      case "openSiblings":
        onEvent({ kind: "openedSiblings", row, rows });
        break;
      case "stay":
    }
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, row: Row) => {
    if (isMenuKey(event)) {
      event.preventDefault();
      onMenu({ row, element: event.currentTarget });
      return;
    }
    const isModified = event.ctrlKey || event.altKey || event.metaKey;
    const pressed = { key: event.key, atMs: event.timeStamp, isModified };
    const page = rowsOfPage(viewport);
    const moved = moveOf(pressed, { rows, index: rows.indexOf(row), page, typed: typed.current });
    if (moved === undefined) return;
    event.preventDefault();
    move(moved, row);
  };
  return (
    <div
      className="explorer-tree"
      role="tree"
      aria-label={text.explorer.tree}
      ref={tree}
      {...focus}
    >
      <div role="presentation" style={{ height: rows.length * rowHeight, position: "relative" }}>
        {rowsInView(rows.length, viewport, index).map((at) => {
          const row = rows[at];
          return row === undefined ? null : (
            <ExplorerRow
              key={row.node.id}
              row={row}
              index={at}
              isSelected={at === index}
              onSelect={({ node }) => {
                onEvent({ kind: "selected", id: node.id });
              }}
              onToggle={({ node }) => {
                onEvent({ kind: "toggled", id: node.id });
              }}
              onMenu={onMenu}
              onKey={onKey}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What is seen of the list now; before it is laid out as much as the window could show. */
function useViewport(tree: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, height: window.innerHeight });
  useLayoutEffect(() => {
    const element = tree.current;
    if (element === null) return undefined;
    const look = () => {
      setViewport((before) => {
        const now = viewportOf(element);
        return now.top === before.top && now.height === before.height ? before : now;
      });
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [tree]);
  return viewport;
}

function viewportOf({ scrollTop, clientHeight }: HTMLElement): Viewport {
  return { top: scrollTop, height: clientHeight };
}
