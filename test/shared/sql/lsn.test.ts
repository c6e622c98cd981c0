import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLsn, isKnownLsn, normalizeLsn } from "../../../shared/sql/lsn.ts";

const lsn = fc.bigInt({ min: 0n, max: 10n ** 25n - 1n });
const zeros = fc.integer({ min: 0, max: 25 }).map((count) => "0".repeat(count));

describe("order of LSNs", () => {
  test("is that of the numbers, also where 25 digits do not fit into a JavaScript number", () => {
    fc.assert(
      fc.property(lsn, lsn, (a, b) => {
        expect(Math.sign(compareLsn(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test("tells neighbours of 25 digits apart", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 24n, max: 10n ** 25n - 2n }), (a) => {
        expect(compareLsn(String(a), String(a + 1n))).toBeLessThan(0);
      }),
    );
  });

  test("does not see leading zeros, as ARM and the DMVs pad differently", () => {
    fc.assert(
      fc.property(lsn, zeros, zeros, (a, left, right) => {
        expect(compareLsn(left + String(a), right + String(a))).toBe(0);
        expect(normalizeLsn(left + String(a))).toBe(String(a));
      }),
    );
  });

  test("is turned round when the two are", () => {
    fc.assert(
      fc.property(lsn, lsn, (a, b) => {
        expect(compareLsn(String(a), String(b)) + compareLsn(String(b), String(a))).toBe(0);
      }),
    );
  });
});

describe("what is known", () => {
  test.each([
    [null, false],
    ["0", false],
    ["0000000000000000000000000", false],
    ["1", true],
    ["0000000000000000000000001", true],
  ])("%s: %s", (value, known) => {
    expect(isKnownLsn(value)).toBe(known);
  });

  test.each(["", " 1", "1e24", "-1", "0x10", "１", "1'; DROP"])(
    "%j is no LSN and throws",
    (text) => {
      expect(() => normalizeLsn(text)).toThrow(RangeError);
      expect(() => compareLsn(text, "1")).toThrow(RangeError);
    },
  );
});
