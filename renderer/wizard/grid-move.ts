// What a key does in the grid of steps: to another row, or this row open and shut. The treegrid pattern, with rows alone.

export interface GridPlace {
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
}

/** The row to go to, `toggle` for this row, or undefined where the key is not the grid's. */
export function gridMove(key: string, place: GridPlace): number | "toggle" | undefined {
  const { index, count, isOpen } = place;
  switch (key) {
    case " ":
    case "Enter":
      return "toggle";
    case "ArrowRight":
      return isOpen ? undefined : "toggle";
    case "ArrowLeft":
      return isOpen ? "toggle" : undefined;
    case "ArrowDown":
      return Math.min(count - 1, index + 1);
    case "ArrowUp":
      return Math.max(0, index - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
