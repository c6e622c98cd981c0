// Times of a server's own clock in its zone and in UTC: the offset that was read counts, across midnight, the year and DST.
import { describe, expect, test } from "vitest";
import { localAndUtc, zoneOf } from "../../../shared/estate/server-clock.ts";

describe("zoneOf", () => {
  test.each([
    ["2026-11-21 22:00:00.1234567 +02:00", { text: "+02:00", minutes: 120 }],
    ["2026-11-21 20:00:00.1233333 +00:00", { text: "+00:00", minutes: 0 }],
    ["2026-11-21 14:30:00.0 -05:30", { text: "-05:30", minutes: -330 }],
    ["2026-11-21T22:00:00 +05:45 ", { text: "+05:45", minutes: 345 }],
    ["2026-11-21 22:00:00", undefined],
    ["", undefined],
  ])("of %j", (time, zone) => {
    expect(zoneOf(time)).toEqual(zone);
  });
});

describe("localAndUtc", () => {
  test.each([
    [
      "2026-11-21T21:59:59.007",
      "+02:00",
      "2026-11-21 21:59:59.007 +02:00 = 2026-11-21 19:59:59.007 UTC",
    ],
    ["2026-11-21 20:00:00", "+00:00", "2026-11-21 20:00:00 +00:00 = 2026-11-21 20:00:00 UTC"],
    [
      "2027-01-01T00:30:00.120",
      "+02:00",
      "2027-01-01 00:30:00.120 +02:00 = 2026-12-31 22:30:00.120 UTC",
    ],
    [
      "2026-12-31T19:30:00.997",
      "-05:30",
      "2026-12-31 19:30:00.997 -05:30 = 2027-01-01 01:00:00.997 UTC",
    ],
    [
      "2028-02-29T01:00:00.1234567",
      "+05:45",
      "2028-02-29 01:00:00.123 +05:45 = 2028-02-28 19:15:00.123 UTC",
    ],
    // A SYSDATETIMEOFFSET() itself.
    [
      "2026-11-21 22:00:03.5 +02:00",
      "+02:00",
      "2026-11-21 22:00:03.5 +02:00 = 2026-11-21 20:00:03.5 UTC",
    ],
  ])("of %s at %s", (time, offset, words) => {
    expect(localAndUtc(time, zone(offset))).toBe(words);
  });

  test("counts with the offset that was read, on both sides of a change to daylight saving time", () => {
    // Helsinki goes from +02:00 to +03:00 on 2027-03-28 at 03:00; the server was last read before.
    expect(localAndUtc("2027-03-28T02:59:59.000", zone("+02:00"))).toContain(
      "= 2027-03-28 00:59:59.000 UTC",
    );
    expect(localAndUtc("2027-03-28T04:00:01.000", zone("+02:00"))).toContain(
      "= 2027-03-28 02:00:01.000 UTC",
    );
  });

  test.each(["", "yesterday", "2026-13-45T99:00:00"])(
    "of %j, which is no time, is nothing",
    (time) => {
      expect(localAndUtc(time, zone("+02:00"))).toBeUndefined();
    },
  );
});

function zone(offset: string) {
  const found = zoneOf(`2026-11-21 22:00:00.0 ${offset}`);
  if (found === undefined) throw new Error(`${offset} is a zone.`);
  return found;
}
