// Moves the focus between the panes of the shell.

/** In the order of F6. */
const panes = [".command-bar button", ".explorer [tabindex='0']", ".document"] as const;

/** To the next pane, or the one before; from nowhere to the first. */
export function focusNextPane(step: 1 | -1): void {
  const current = panes.findIndex((pane) => {
    const area = paneElement(pane)?.closest(".command-bar, .explorer, .document");
    return area?.contains(document.activeElement) === true;
  });
  const next = (current + step + panes.length) % panes.length;
  const pane = panes[next];
  if (pane !== undefined) paneElement(pane)?.focus();
}

export function focusExplorer(): void {
  paneElement(".explorer .explorer-tree [tabindex='0']")?.focus();
}

/** After a window over the work area is gone: back to the tree, or to the document where the tree is empty, unless the focus has a place. */
export function focusAfterWindow(): void {
  requestAnimationFrame(() => {
    for (const move of [focusExplorer, focusDocument]) {
      if (document.activeElement === document.body) move();
    }
  });
}

export function focusDocument(): void {
  paneElement(".document")?.focus();
}

/** Null for every pane while a window stands over them: it keeps the focus. */
function paneElement(selector: string): HTMLElement | null {
  const isCovered = document.querySelector("[aria-modal='true']") !== null;
  return isCovered ? null : document.querySelector<HTMLElement>(selector);
}
