// Date and time texts: to the ticks of the wire and back.
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatOffset, formatTime, parseTime } from "../../../practice/tds/types/time.ts";

const endOfCalendar = 3_652_059n * 864_000_000_000n;

test("every moment of the calendar comes back as it was, to the last 100 ns", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: endOfCalendar - 1n }), (ticks) => {
      expect(parseTime(formatTime(ticks, 7))).toEqual({ ticks, offsetMinutes: 0 });
    }),
  );
});

test("every offset comes back as it was", () => {
  fc.assert(
    fc.property(fc.integer({ min: -840, max: 840 }), (minutes) => {
      const time = parseTime(`2026-11-21T08:00:00${formatOffset(minutes)}`);
      expect(time.offsetMinutes).toBe(minutes);
    }),
  );
});

test("the same moment is read from every way of writing it", () => {
  const ways = ["2026-11-21T08:00:00.0000000", "2026-11-21 08:00:00Z", "2026-11-21T08:00"];
  expect(new Set(ways.map((text) => parseTime(text).ticks)).size).toBe(1);
});

test.each([
  "",
  "08:00",
  "2026-11-21T",
  "2026-13-01",
  "2026-02-29",
  "2026-11-21T24:00",
  "2026-11-21T08:60",
  "21.11.2026",
  "2026-11-21T08:00:00.12345678",
])("%j is refused", (text) => {
  expect(() => parseTime(text)).toThrow(`"${text}" is not a date and time`);
});
