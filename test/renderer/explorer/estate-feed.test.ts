// What stays known while the estate is read again and again.
import { describe, expect, test } from "vitest";
import {
  feedAfter,
  noEstate,
  onlyLink,
  splitBrainLinks,
} from "../../../renderer/explorer/estate-feed.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import { adatumLink, estateWith, feedOf, readOf, withoutSide } from "../link-estate.ts";

const twoPrimaries: Estate = {
  box: estateWith().box,
  instance: estateWith({}, { primary: "instance" }).instance,
};
const at = (estate: Estate, time: string): Estate => ({
  box: { ...estate.box, at: time },
  instance: { ...estate.instance, at: time },
});

test("a reading that fails as a whole leaves everything known and tells why", () => {
  const known = feedOf(estateWith());
  const error = { code: "x", class: "retry", summary: "Nothing came.", remedy: "Wait." } as const;
  expect(feedAfter(known, { ok: false, error })).toEqual({ ...known, problem: error });
});

test("a side that stops answering keeps its last answer, and the other side's newest counts", () => {
  const feed = feedOf(estateWith(), withoutSide(estateWith(), "box"));
  const [box, instance] = feed.read?.servers ?? [];
  expect(box?.reading.kind).toBe("unreachable");
  expect(feed.lastSeen["box-1"]?.at).toBe("2026-11-21T20:00:00.000Z");
  expect(feed.lastSeen["instance-1"]).toBe(instance?.reading);
});

describe("two primaries", () => {
  test("are not called a split brain when seen once", () => {
    const feed = feedOf(at(twoPrimaries, "2026-11-21T20:00:00.000Z"));
    expect(splitBrainLinks(feed)).toEqual([]);
    expect(feed.links[0]?.state.kind).toBe("twoPrimariesSeenOnce");
  });

  test("are a split brain when they are still there five seconds later, and stay one", () => {
    const feed = feedOf(
      at(twoPrimaries, "2026-11-21T20:00:00.000Z"),
      at(twoPrimaries, "2026-11-21T20:00:03.000Z"),
      at(twoPrimaries, "2026-11-21T20:00:05.000Z"),
    );
    expect(splitBrainLinks(feed)).toEqual(["DAG_AdatumBooks"]);
  });

  test("start anew when one side was secondary in between", () => {
    const feed = feedOf(
      at(twoPrimaries, "2026-11-21T20:00:00.000Z"),
      at(estateWith(), "2026-11-21T20:00:05.000Z"),
      at(twoPrimaries, "2026-11-21T20:00:10.000Z"),
    );
    expect(splitBrainLinks(feed)).toEqual([]);
  });

  test("are a moment of the failover while a run is in flight", () => {
    const first = feedAfter(
      noEstate,
      { ok: true, value: readOf(at(twoPrimaries, "2026-11-21T20:00:00.000Z")) },
      "inFlight",
    );
    const second = feedAfter(
      first,
      { ok: true, value: readOf(at(twoPrimaries, "2026-11-21T20:00:09.000Z")) },
      "inFlight",
    );
    expect(splitBrainLinks(second)).toEqual([]);
  });
});

test("the only link is told by name; none before the first reading", () => {
  expect(onlyLink(feedOf(estateWith()))).toEqual(adatumLink);
  expect(onlyLink(noEstate)).toBeUndefined();
  const nobody = withoutSide(withoutSide(estateWith(), "box"), "instance");
  expect(onlyLink(feedOf(estateWith(), nobody))).toEqual(adatumLink);
  expect(onlyLink(feedOf(nobody))).toBeUndefined();
});
