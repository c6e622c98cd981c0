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
        if (document.activeElement !== document.body) return;
        const uppermost = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(
          -1,
        );
        const place =
          before?.isConnected === true ? before : (uppermost?.querySelector(fallback) ?? uppermost);
        if (place instanceof HTMLElement) place.focus();
      });
    },
    [before, fallback],
  );
}
