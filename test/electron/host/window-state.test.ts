// Where the window comes back: where it was, or wholly onto a screen that is still there.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  firstState,
  keepWindowState,
  readWindowState,
} from "../../../electron/host/window-state.ts";

const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: -200, width: 2560, height: 1400 };

function kept(bounds: Parameters<typeof keepWindowState>[1], isMaximized = false): string {
  const file = join(mkdtempSync(join(tmpdir(), "mi-link-window-")), "deeper", "window.json");
  keepWindowState(file, bounds, isMaximized);
  return file;
}

describe("the window comes back", () => {
  test("where it was, on whichever screen that is, and maximized where it was", () => {
    const bounds = { x: 2000, y: -100, width: 1400, height: 900 };
    expect(readWindowState(kept(bounds, true), [laptop, right])).toEqual({
      ...bounds,
      isMaximized: true,
    });
  });

  test("as for the first time when its screen was unplugged", () => {
    const onRight = kept({ x: 2500, y: 100, width: 1400, height: 900 });
    expect(readWindowState(onRight, [laptop])).toEqual(firstState);
  });

  test("moved onto the screen that still shows most of it", () => {
    const across = kept({ x: 1000, y: 100, width: 1400, height: 900 });
    expect(readWindowState(across, [laptop])).toMatchObject({ x: 520, y: 100, width: 1400 });
    expect(readWindowState(kept({ x: -300, y: -50, width: 1400, height: 900 }), [laptop])).toEqual({
      ...laptop,
      width: 1400,
      height: 900,
      isMaximized: false,
    });
  });

  test("made smaller where the screen became smaller, and never smaller than it may be", () => {
    const large = kept({ x: 0, y: 0, width: 2400, height: 1300 });
    expect(readWindowState(large, [laptop])).toMatchObject({
      x: 0,
      y: 0,
      width: 1920,
      height: 1040,
    });
    const tiny = { x: 0, y: 0, width: 800, height: 600 };
    expect(readWindowState(large, [tiny])).toMatchObject({ x: 0, y: 0, width: 1024, height: 640 });
  });

  test.each(["", "{", '{"x":0}', '{"x":0,"y":0,"width":10,"height":10,"isMaximized":false}'])(
    "as for the first time where the file holds %j",
    (content) => {
      const file = join(mkdtempSync(join(tmpdir(), "mi-link-window-")), "window.json");
      writeFileSync(file, content);
      expect(readWindowState(file, [laptop])).toEqual(firstState);
    },
  );
});
