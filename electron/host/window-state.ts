// Where the window was last time: a small file, and no reason ever not to open.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { firstSize, leastSize } from "./host.ts";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Undefined: the system chooses the place. */
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
}

const whole = z.number().int().min(-100_000).max(100_000);
const kept = z.strictObject({
  x: whole,
  y: whole,
  width: whole.min(leastSize.width),
  height: whole.min(leastSize.height),
  isMaximized: z.boolean(),
});

export const firstState: WindowState = {
  x: undefined,
  y: undefined,
  ...firstSize,
  isMaximized: false,
};

/** The state kept in `file`, moved and made smaller until one of `screens` shows it whole; the first one where none was kept. */
export function readWindowState(file: string, screens: readonly Rectangle[]): WindowState {
  try {
    const state = kept.parse(JSON.parse(readFileSync(file, "utf8")));
    const screen = mostCovered(state, screens);
    return screen === undefined ? firstState : { ...state, ...within(state, screen) };
  } catch {
    // The first start, or a file that something else wrote.
    return firstState;
  }
}

/** A disk that refuses costs the place of the window and nothing more. */
export function keepWindowState(file: string, bounds: Rectangle, isMaximized: boolean): void {
  const { x, y, width, height } = bounds;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ x, y, width, height, isMaximized }), { mode: 0o600 });
  } catch {
    // Nothing depends on it.
  }
}

/** The screen with the largest part of the window; undefined where its screen was unplugged. */
function mostCovered(window: Rectangle, screens: readonly Rectangle[]): Rectangle | undefined {
  const [most] = screens
    .map((screen) => ({ screen, area: covered(window, screen) }))
    .filter(({ area }) => area > 0)
    .sort((one, other) => other.area - one.area);
  return most?.screen;
}

function covered(window: Rectangle, screen: Rectangle): number {
  const [width, height] = (["x", "y"] as const).map((axis) => {
    const length = axis === "x" ? "width" : "height";
    const end = Math.min(window[axis] + window[length], screen[axis] + screen[length]);
    return Math.max(0, end - Math.max(window[axis], screen[axis]));
  });
  return (width ?? 0) * (height ?? 0);
}

/** Never smaller than the window may be; what does not fit on the screen then hangs over its right or lower edge. */
function within(window: Rectangle, screen: Rectangle): Rectangle {
  const width = Math.max(leastSize.width, Math.min(window.width, screen.width));
  const height = Math.max(leastSize.height, Math.min(window.height, screen.height));
  const place = (wanted: number, from: number, room: number) =>
    Math.max(from, Math.min(wanted, from + room));
  return {
    x: place(window.x, screen.x, screen.width - width),
    y: place(window.y, screen.y, screen.height - height),
    width,
    height,
  };
}
