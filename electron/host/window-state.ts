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

/** The state kept in `file`, where its title bar can still be seen on one of `screens`; else the first one. */
export function readWindowState(file: string, screens: readonly Rectangle[]): WindowState {
  try {
    const state = kept.parse(JSON.parse(readFileSync(file, "utf8")));
    return screens.some((screen) => isReachable(state, screen)) ? state : firstState;
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

/** At least 100 pixels of the upper edge lie on the screen. */
function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const overlap =
    Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  return overlap >= 100 && window.y >= screen.y && window.y < screen.y + screen.height - 20;
}
