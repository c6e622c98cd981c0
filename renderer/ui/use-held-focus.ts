// Keeps the focus in the window on top when what had it is gone, as a button that did its work: keys would reach nothing else.
import { useEffect } from "react";

/** Looks after every drawing of the caller; a control that has the focus keeps it. */
export function useHeldFocus(): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const top = [...document.querySelectorAll<HTMLElement>("[aria-modal='true']")].at(-1);
      (top?.querySelector<HTMLElement>("#wizard-heading") ?? top)?.focus();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  });
}
