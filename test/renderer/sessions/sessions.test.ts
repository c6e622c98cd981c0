// The order of the sessions, and the writer whom no reading shows.
import { describe, expect, test } from "vitest";
import { longestFirst, orderAfterClick, sorted } from "../../../renderer/sessions/sort-sessions.ts";
import type { WriteMark } from "../../../renderer/sessions/unseen-writer.ts";
import { unseenWriter } from "../../../renderer/sessions/unseen-writer.ts";
import type { WritingSession } from "../../../shared/estate/estate.ts";

function writing(
  transactionId: string,
  since: string | null,
  logBytes: number | null,
): WritingSession {
  return { databaseName: "Adatum", transactionId, origin: "unknown", since, logBytes };
}

describe("the order of sessions", () => {
  const all = [
    writing("1", null, 10),
    writing("2", "2026-11-21T10:00:02.000", null),
    writing("3", "2026-11-21T10:00:01.000", 9),
  ];
  const ids = (order = longestFirst) => sorted(all, order).map((one) => one.transactionId);

  test("is the longest open first, and what is not known stands last", () => {
    expect(ids()).toEqual(["3", "2", "1"]);
  });

  test("turns round by a second click, and what is not known still stands last", () => {
    const byLog = orderAfterClick(longestFirst, "log");
    expect([byLog.direction, ids(byLog)]).toEqual(["ascending", ["3", "1", "2"]]);
    expect(ids(orderAfterClick(byLog, "log"))).toEqual(["1", "3", "2"]);
  });
});

describe("somebody whom no reading shows", () => {
  const mark = (at: string, lsn: string | null, more: Partial<WriteMark> = {}): WriteMark => ({
    at: `2026-11-21T08:00:${at}.000Z`,
    server: "SQLBOX01",
    lastCommits: { Adatum: lsn },
    hasWriters: false,
    ...more,
  });

  test("is told where the last commit moved between two readings without a session", () => {
    expect(unseenWriter(mark("00", "34000000010000001"), mark("05", "34000000010400001"))).toMatch(
      /^Somebody is still writing on SQLBOX01: the last commit of Adatum moved between .* no session was seen\./u,
    );
  });

  test.each([
    ["the last commit stands still", mark("00", "1"), mark("05", "1")],
    ["it is not known before", mark("00", null), mark("05", "2")],
    ["it is not known now", mark("00", "1"), mark("05", null)],
    ["a session was seen before", mark("00", "1", { hasWriters: true }), mark("05", "2")],
    ["a session is seen now", mark("00", "1"), mark("05", "2", { hasWriters: true })],
    ["sessions could not be seen", mark("00", "1"), mark("05", "2", { hasWriters: undefined })],
    ["another server answered", mark("00", "1", { server: "SQLBOX02" }), mark("05", "2")],
  ])("is not told where %s", (_when, before, now) => {
    expect(unseenWriter(before, now)).toBeUndefined();
  });
});
