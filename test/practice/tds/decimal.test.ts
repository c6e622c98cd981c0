// Exact numbers: text to scaled whole number and back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDecimal, parseDecimal } from "../../../practice/tds/types/decimal.ts";

test("every number of up to 38 digits comes back as it was", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
      fc.integer({ min: 0, max: 38 }),
      (scaled, scale) => {
        expect(parseDecimal(formatDecimal(scaled, scale), 38, scale)).toBe(scaled);
      },
    ),
  );
});

test.each([
  ["0.125", 2, 13n],
  ["-0.125", 2, -13n],
  ["0.1249", 2, 12n],
  ["9.5", 0, 10n],
  [".5", 1, 5n],
  ["+7.", 0, 7n],
  ["007", 0, 7n],
])("%s with %i digits behind the point is %o", (text, scale, scaled) => {
  expect(parseDecimal(text, 9, scale)).toBe(scaled);
});

test("a number that rounding makes one digit too long is refused with 8115", () => {
  expect(() => parseDecimal("99.95", 3, 1)).toThrow("Arithmetic overflow error converting numeric");
});

describe("what is no number is refused", () => {
  test.each(["", ".", "-", "1e5", "abc", "1.2.3", "0x10", "NaN", "1 2"])("%j", (text) => {
    expect(() => parseDecimal(text, 38, 0)).toThrow(TypeError);
  });
});
