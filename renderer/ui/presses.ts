// What a press of a button may be: never the second click of a double click, and never Enter where something is given up.
import type { KeyboardEvent, MouseEvent } from "react";

/** The second click of a double click does nothing: it would fall on whatever the first has opened. */
export function once(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail <= 1) act();
  };
}

/** A button works on Enter by itself; one that cannot be called back only on a click or the space bar. */
export function withoutEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}
