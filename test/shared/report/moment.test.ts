// Times of the report: UTC first, then each server's own zone, by the zone alone.
import { describe, expect, test } from "vitest";
import { momentOf } from "../../../shared/report/moment.ts";
import { plannedLinkAndServers } from "../plan/planned.ts";

const { plan } = plannedLinkAndServers();

describe("momentOf", () => {
  test.each([
    ["2026-01-01 00:00:00.0000000 -03:30", "16:59:30 -03:30 (SQLBOX01)"],
    ["2026-01-01T00:00:00.0000000+05:45", "02:14:30 +05:45 (SQLBOX01)"],
  ])("uses the zone of %s and nothing else of it", (box, local) => {
    expect(momentOf("2026-11-21T20:29:30.999Z", plan, { box })).toEqual({
      utc: "2026-11-21 20:29:30 UTC",
      local: [local],
    });
  });

  test("has no local time where a server's text has no zone", () => {
    expect(momentOf("2026-11-21T20:29:30Z", plan, { box: "2026-11-21 22:29:30" }).local).toEqual(
      [],
    );
  });

  test("shows a time that is none as it stands", () => {
    expect(momentOf("tomorrow", plan, {})).toEqual({ utc: "tomorrow", local: [] });
  });
});
