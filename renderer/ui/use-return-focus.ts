// Gives the focus back to where it was when a window over another one goes away.
import { useEffect, useState } from "react";

/**
 * `fallback` is a selector for where to go when that place is gone too, as a menu's entry is. It never leaves the window that
 * is uppermost then: whatever stood behind that one would be read out, and the window itself no more.
 */
export function useReturnFocus(fallback: string): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const uppermost = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(
          -1,
        );
        const instead = uppermost?.querySelector(fallback) ?? uppermost;
        // Whatever holds the focus in a window may have taken it there first, when that window was drawn just before.
        const { activeElement } = document;
        if (activeElement !== document.body && activeElement !== instead) return;
        const place = before?.isConnected === true ? before : instead;
        if (place instanceof HTMLElement) place.focus();
      });
    },
    [before, fallback],
  );
}
