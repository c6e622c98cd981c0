// Is the primary really gone: what the secondary shows over 10 s, and what is concluded from it.
import { describe, expect, test } from "vitest";
import type { TargetCopy, TargetReading } from "../../../shared/forced/target.ts";
import { suspensionsOf, verdictOf, watchAfter } from "../../../shared/forced/watch.ts";
import { silentCopy } from "./silent-copy.ts";

function reading(second: number, change: Partial<TargetCopy> = {}): TargetReading {
  return {
    atMs: second * 1000,
    connectedState: "DISCONNECTED",
    copies: [{ ...silentCopy, ...change }],
  };
}

/** Verdict after one reading per second; `at` tells what is otherwise in that second. */
function watched(seconds: number, at: (second: number) => TargetReading = reading) {
  let watch = watchAfter(undefined, at(0));
  for (let second = 1; second <= seconds; second += 1) watch = watchAfter(watch, at(second));
  return verdictOf(watch);
}

describe("a primary that is gone", () => {
  test("is not taken as gone before 10 s", () => {
    expect(watched(0)).toEqual({ kind: "watching", secondsLeft: 10 });
    expect(watched(9)).toEqual({ kind: "watching", secondsLeft: 1 });
    expect(watched(10)).toEqual({ kind: "quiet" });
  });

  test("is not taken as gone by two readings that lie far apart", () => {
    const watch = watchAfter(watchAfter(undefined, reading(0)), reading(60));
    expect(verdictOf(watch)).toEqual({ kind: "watching", secondsLeft: 1 });
  });

  test("may have left log that is still worked through: the queue, or a position that moves alone", () => {
    expect(watched(10, (second) => reading(second, { redoQueueKb: 512 }))).toEqual({
      kind: "working",
      redoQueueKb: 512,
    });
    const redone = watched(10, (second) =>
      reading(second, { lastCommitLsn: String(90 + second), redoQueueKb: null }),
    );
    expect(redone).toEqual({ kind: "working", redoQueueKb: null });
    const hardened = watched(10, (second) => reading(second, { lastHardenedLsn: String(second) }));
    expect(hardened.kind).toBe("working");
  });
});

describe("a primary that is alive", () => {
  test.each([
    ["last_received_lsn moves", { lastReceivedLsn: "101" }],
    ["last_received_time moves", { lastReceivedTime: "2026-11-21T20:00:04.000" }],
    ["it is CONNECTED", { azureConnectedState: "CONNECTED" }],
  ])("shows itself in one reading: %s", (sign, change) => {
    const verdict = watched(10, (second) => reading(second, second === 4 ? change : {}));
    expect(verdict).toEqual({ kind: "alive", signs: [sign] });
  });

  test("is connected to the secondary, and that counts from the first reading", () => {
    const verdict = watched(0, (second) => ({ ...reading(second), connectedState: "CONNECTED" }));
    expect(verdict).toEqual({ kind: "alive", signs: ["it is CONNECTED"] });
  });
});

describe("what is refused, and what is only shown", () => {
  test.each(["RESTORING", "Initializing", "REVERTING", "LinkInitialSeeding", "LinkInitError"])(
    "a copy that is %s is refused",
    (state) => {
      expect(watched(10, (second) => reading(second, { states: ["ONLINE", state] }))).toEqual({
        kind: "refused",
        because: `Adatum is ${state}: forced now, it could not be started as primary.`,
      });
    },
  );

  test("a copy that is being seeded is refused", () => {
    const verdict = watched(10, (second) => reading(second, { isSeeding: true }));
    expect(verdict).toEqual({ kind: "refused", because: "Adatum is still being seeded." });
  });

  test.each([[["NOT SYNCHRONIZING"]], [["Catchup"]], [["SOMETHING NEW"]], [[]]])(
    "states %j lock nothing",
    (states) => {
      expect(watched(10, (second) => reading(second, { states })).kind).toBe("quiet");
    },
  );

  test("a suspended copy locks nothing, and is told with the time its log last arrived", () => {
    const suspended = { isSuspended: true, suspendReason: "SUSPEND_FROM_USER" };
    expect(watched(10, (second) => reading(second, suspended)).kind).toBe("quiet");
    expect(suspensionsOf(reading(0, suspended), "sqlmi1")).toEqual([
      "Data movement of Adatum is suspended on sqlmi1 (SUSPEND_FROM_USER); its log last arrived at 2026-11-21T20:00:00.000, sqlmi1's own clock.",
    ]);
  });
});
