// The wizard's keys, and those of its grid of steps.
import { describe, expect, test } from "vitest";
import { gridMove } from "../../../renderer/wizard/grid-move.ts";
import type { KeyPress } from "../../../renderer/wizard/keys.ts";
import { wizardKey } from "../../../renderer/wizard/keys.ts";

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    altKey: false,
    ctrlKey: false,
    shiftKey: false,
    metaKey: false,
    repeat: false,
    worksByItself: false,
    ...changes,
  };
}

describe("the wizard's keys", () => {
  test("Enter goes forward, Alt+N and Alt+P turn the page, F5 reads again, Ctrl+S saves", () => {
    expect(
      [
        press("Enter"),
        press("n", { altKey: true }),
        press("P", { altKey: true }),
        press("F5"),
        press("s", { ctrlKey: true }),
        press("S", { ctrlKey: true, worksByItself: true }),
      ].map(wizardKey),
    ).toEqual(["forward", "next", "previous", "readAgain", "save", "save"]);
  });

  test("a key that is held down, or that the focused control works itself, does nothing", () => {
    expect(
      [
        press("Enter", { repeat: true }),
        press("n", { altKey: true, repeat: true }),
        press("Enter", { worksByItself: true }),
        press("Enter", { ctrlKey: true }),
        press("s", { ctrlKey: true, altKey: true }),
        press("n"),
        press(" "),
      ].map(wizardKey),
    ).toEqual(new Array(7).fill(undefined));
  });
});

describe("the grid of steps", () => {
  const middle = { index: 1, count: 4, isOpen: false };

  test("arrows, Home and End go from row to row and stay inside", () => {
    expect(["ArrowDown", "ArrowUp", "Home", "End"].map((key) => gridMove(key, middle))).toEqual([
      2, 0, 0, 3,
    ]);
    expect(gridMove("ArrowUp", { ...middle, index: 0 })).toBe(0);
    expect(gridMove("ArrowDown", { ...middle, index: 3 })).toBe(3);
  });

  test("Space opens and shuts; the right arrow only opens, the left one only shuts", () => {
    const open = { ...middle, isOpen: true };
    expect([" ", "ArrowRight", "ArrowLeft"].map((key) => gridMove(key, middle))).toEqual([
      "toggle",
      "toggle",
      undefined,
    ]);
    expect([" ", "ArrowRight", "ArrowLeft"].map((key) => gridMove(key, open))).toEqual([
      "toggle",
      undefined,
      "toggle",
    ]);
    expect(gridMove("x", middle)).toBeUndefined();
  });
});
