// A run is complete in the window whatever was missed, doubled or late; and its wizard stays until it is closed.
import { describe, expect, test } from "vitest";
import { shownWindow, sideToConnect } from "../../renderer/app-state.ts";
import { caughtUp, isRunning, noRun, runFeedAfter } from "../../renderer/run-feed.ts";
import type { RunFeed } from "../../renderer/run-feed.ts";
import { noPair } from "../../shared/estate/pair.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { fakePlan } from "../fakes/fake-plan.ts";
import { finishedRun } from "../scenarios/finished-run.ts";

const events = finishedRun(fakePlan, []);
const live = (count: number, feed = noRun): RunFeed =>
  events.slice(0, count).reduce(runFeedAfter, feed);

describe("the run", () => {
  test("is the fold of its events however often each is told", () => {
    const doubled = events.flatMap((event) => [event, event]).reduce(runFeedAfter, noRun);
    expect(doubled.state).toEqual(foldEvents(events));
  });

  test("leaves out what comes after a gap, tells the gap, and is whole once it has caught up", () => {
    const last = events.at(-1);
    if (last === undefined) throw new Error("The run has no events.");
    const gap = runFeedAfter(live(3), last);
    expect([gap.hasGap, gap.lastSequence, isRunning(gap)]).toEqual([true, 3, true]);
    const whole = caughtUp(gap, { events });
    expect(whole.state).toEqual(foldEvents(events));
    expect(whole.hasGap).toBe(false);
  });

  test("does not lose what happened while the answer was on its way", () => {
    const feed = live(6);
    expect(caughtUp(feed, { events: events.slice(0, 4) })).toBe(feed);
  });

  test("that is told from a beginning already known is taken as far as it goes", () => {
    expect(caughtUp(live(4), { events: events.slice(0, 6) }).lastSequence).toBe(6);
  });

  test("starts anew with the next run", () => {
    const again = events.map((event) =>
      event.kind === "runStarted" ? { ...event, runId: "next" } : event,
    );
    const feed = again.slice(0, 2).reduce(runFeedAfter, live(events.length));
    expect([feed.state.started?.runId, feed.lastSequence]).toEqual(["next", 2]);
  });
});

describe("the wizard", () => {
  const none = { kind: "none" } as const;
  const wizard = {
    kind: "wizard",
    link: { linkName: fakePlan.link.name, pair: noPair },
    startedFrom: fakePlan.from,
    isComingBack: true,
  };

  test("of a run in flight is shown in a reloaded window, and after its end until it is closed", () => {
    const reloaded = caughtUp(noRun, { events: events.slice(0, 5) });
    expect(shownWindow(none, reloaded, undefined, [])).toEqual(wizard);
    const ended = events.slice(5).reduce(runFeedAfter, reloaded);
    expect(isRunning(ended)).toBe(false);
    expect(shownWindow(none, ended, undefined, [])).toEqual(wizard);
    expect(shownWindow(none, ended, ended.state.started?.runId, [])).toEqual(none);
  });

  test("of a run that ended while no page was there is shown to the page that comes back", () => {
    expect(shownWindow(none, caughtUp(noRun, { events }), undefined, [])).toEqual(wizard);
  });
});

test("Connect starts with the side that is missing, SQL Server first", () => {
  expect(sideToConnect([])).toBe("box");
  expect(sideToConnect([{ side: "instance" }])).toBe("box");
  expect(sideToConnect([{ side: "box" }])).toBe("instance");
});
