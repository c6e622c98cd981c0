// Which rows of a long list are to be drawn, and where the list has to be scrolled to for one of them to be seen. Pure.

/** Every row is as high, whatever it holds: explorer.css. */
export const rowHeight = 21;
/** Rows beyond either edge, so that scrolling a little draws nothing new. */
const beyond = 10;

export interface Viewport {
  /** As far as the list is scrolled, px. */
  readonly top: number;
  readonly height: number;
}

/** Indexes of the rows to draw, in order; `always` is among them, for it may hold the focus while it is out of view. */
export function rowsInView(
  count: number,
  { top, height }: Viewport,
  always: number | undefined,
): readonly number[] {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - beyond);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + beyond);
  const drawn = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (always === undefined || always < 0 || (always >= first && always < end)) return drawn;
  return always < first ? [always, ...drawn] : [...drawn, always];
}

/** Rows that Page Up and Page Down pass: those that are wholly seen, but one. */
export function rowsOfPage({ height }: Viewport): number {
  return Math.max(1, Math.floor(height / rowHeight) - 1);
}

/** The least scrolling after which that row is wholly seen. */
export function topToSee(index: number, { top, height }: Viewport): number {
  const start = index * rowHeight;
  if (start < top) return start;
  return Math.max(top, start + rowHeight - height);
}
