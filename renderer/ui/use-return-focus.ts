// Gives the focus back to where it was when a window over another one goes away.
import { useEffect, useState } from "react";

/** `fallback` is a selector for where to go when that place is gone too, as a menu's entry is. */
export function useReturnFocus(fallback: string): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const place = before?.isConnected === true ? before : document.querySelector(fallback);
        if (place instanceof HTMLElement) place.focus();
      });
    },
    [before, fallback],
  );
}
