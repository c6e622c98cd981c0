// What a button that changes servers is kept from: Enter, and the second click of a double click.
import type { KeyboardEvent, MouseEvent } from "react";

/** A button works on Enter by itself; one that forces or gives up only on a click or the space bar. */
export function withoutEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}

/** The second click of a double click does nothing: it would fall on whatever the first has opened. */
export function once(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail <= 1) act();
  };
}
