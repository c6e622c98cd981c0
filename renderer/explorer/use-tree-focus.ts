// Keeps the focus on the selected row: when keys move the selection, and when a reading takes away the row that had it.
import { useLayoutEffect, useRef } from "react";
import type { FocusEvent, RefObject } from "react";

export interface TreeFocus {
  readonly onFocus: () => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/** Handlers of the tree's element. Nothing takes the focus from elsewhere. */
export function useTreeFocus(
  tree: RefObject<HTMLElement | null>,
  selectedId: string | undefined,
): TreeFocus {
  const isHeld = useRef(false);
  useLayoutEffect(() => {
    if (isHeld.current) focusSelectedRow(tree.current);
  }, [tree, selectedId]);
  return {
    onFocus: () => {
      isHeld.current = true;
    },
    // React tells no blur of a row that it takes away itself: then the focus is still the tree's.
    onBlur: (event) => {
      isHeld.current = event.currentTarget.contains(event.relatedTarget);
    },
  };
}

/** Where keys go: also after a menu of the tree. */
export function focusSelectedRow(tree: Element | null): void {
  tree?.querySelector<HTMLElement>("[role='treeitem'][tabindex='0']")?.focus();
}
