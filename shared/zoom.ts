// How large the window's page can be drawn, in percent of its own size.

/** From small to large; 100 is the size it was drawn for. */
export const zoomSteps = [75, 90, 100, 110, 125, 150, 175, 200] as const;

/** The size it was drawn for. */
export const plainZoom = 100;

export type ZoomMove = "in" | "out" | "reset";

/** The step beside the one that holds; at either end it stays. */
export function zoomAfter(percent: number, move: ZoomMove): (typeof zoomSteps)[number] {
  const [least, most] = [zoomSteps[0], zoomSteps[zoomSteps.length - 1] ?? plainZoom];
  switch (move) {
    case "reset":
      return plainZoom;
    case "in":
      return zoomSteps.find((step) => step > percent) ?? most;
    case "out":
      return zoomSteps.findLast((step) => step < percent) ?? least;
  }
}
