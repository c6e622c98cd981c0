// Which look the system asks for, and what the high contrast one is made of.
import { describe, expect, test } from "vitest";
import { themeName, themes } from "../../renderer/theme.ts";

describe("the look follows the system:", () => {
  const nothing = { forcedColors: false, moreContrast: false, dark: false };
  test.each([
    ["light where it asks for nothing", nothing, "light"],
    ["dark", { ...nothing, dark: true }, "dark"],
    [
      "more contrast stands over dark",
      { ...nothing, moreContrast: true, dark: true },
      "highContrast",
    ],
    [
      "forced colours stand over dark",
      { ...nothing, forcedColors: true, dark: true },
      "highContrast",
    ],
  ])("%s", (_title, system, expected) => {
    expect(themeName(system)).toBe(expected);
  });
});

test("in high contrast no colour of ours stands between text and ground", () => {
  const { highContrast } = themes;
  const text = highContrast.colorNeutralForeground1;
  const ground = highContrast.colorNeutralBackground1;
  const { attentionText, lossText, readyText, environmentText } = highContrast;
  const { attentionGround, lossGround, readyGround, environmentGround } = highContrast;
  expect([attentionText, lossText, readyText, environmentText]).toEqual(Array(4).fill(text));
  expect([attentionGround, lossGround, readyGround, environmentGround]).toEqual(
    Array(4).fill(ground),
  );
});
