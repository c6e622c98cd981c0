import { describe, expect, test } from "vitest";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import {
  commitLsn,
  database,
  last,
  openedAt,
  question,
  reading,
  watch,
  writer,
} from "./sample-reading.ts";

const after = (lsn: string, by: number): string => String(BigInt(lsn) + BigInt(by));
const behind = { lastCommitLsn: after(commitLsn, -1), endOfLogLsn: "999999999999999999999999" };

describe("the normal way: equal last commits", () => {
  test("a caught-up link opens after 5 seconds, not before", () => {
    const states = watch(10, () => ({}));
    expect(openedAt(states)).toBe(5);
    expect(last(states).verdict).toEqual({ kind: "open", by: "commitLsn" });
  });

  test("a secondary that is ahead in the last commit opens it too", () => {
    const databases = [database({ secondary: { lastCommitLsn: after(commitLsn, 1) } })];
    expect(openedAt(watch(6, () => ({ databases })))).toBe(5);
  });

  test("five seconds in fewer than five readings do not open it", () => {
    let state = gateAfter(undefined, reading(0), defaultGateSettings, question);
    for (const second of [2.5, 5, 7.5]) {
      state = gateAfter(state, reading(second), defaultGateSettings, question);
    }
    expect(state.verdict).toEqual({ kind: "shut", because: "holdingStill" });
    state = gateAfter(state, reading(8), defaultGateSettings, question);
    expect(state.verdict.kind).toBe("open");
  });

  test("a commit on the primary starts the five seconds again", () => {
    const states = watch(12, (second) => {
      const lsn = second < 4 ? commitLsn : after(commitLsn, 8);
      return {
        databases: [
          database({ primary: { lastCommitLsn: lsn }, secondary: { lastCommitLsn: lsn } }),
        ],
      };
    });
    expect(openedAt(states)).toBe(9);
  });

  test("held time, needed time and since when are told", () => {
    const state = last(watch(3, () => ({})));
    expect([state.heldSeconds, state.neededSeconds, state.heldSinceMs]).toEqual([3, 5, 1_000_000]);
  });

  test("one of two databases behind keeps it shut", () => {
    const databases = [
      database(),
      database({ database: "Other", secondary: { ...behind, redoQueueKb: 4 } }),
    ];
    const states = watch(120, () => ({ databases }), { acceptUnproved: true });
    expect(openedAt(states)).toBeUndefined();
    expect(last(states).sentence).toContain("Other");
  });

  test("a database of the question that no reading shows keeps it shut", () => {
    const asked = { ...question, databases: ["Adatum", "Missing"] };
    const state = gateAfter(undefined, reading(0), defaultGateSettings, asked);
    expect(state.verdict).toEqual({ kind: "shut", because: "noRow" });
  });

  test("a question about no database at all never opens it", () => {
    const asked = { ...question, databases: [] };
    const empty = reading(0, { databases: [] });
    const state = gateAfter(undefined, empty, defaultGateSettings, asked);
    expect(state.verdict).toEqual({ kind: "shut", because: "noRow" });
  });

  test("a reading without any database never opens it", () => {
    expect(
      openedAt(watch(100, () => ({ databases: [] }), { acceptUnproved: true })),
    ).toBeUndefined();
  });
});

describe("readings that do not count", () => {
  test("a reading whose sides answered too far apart is shut and breaks nothing before it", () => {
    const states = watch(6, (second) => ({ spreadMs: second === 3 ? 2001 : 20 }));
    expect(states[3]?.verdict).toEqual({ kind: "shut", because: "readingTooSpread" });
    expect(openedAt(states)).toBe(5);
  });

  test("a commit seen only after such a reading starts the time again", () => {
    const moved = after(commitLsn, 8);
    const states = watch(12, (second) => {
      const lsn = second <= 3 ? commitLsn : moved;
      return {
        spreadMs: second === 3 ? 2001 : 20,
        databases: [
          database({ primary: { lastCommitLsn: lsn }, secondary: { lastCommitLsn: moved } }),
        ],
      };
    });
    expect(openedAt(states)).toBe(9);
  });

  test("nothing but such readings for longer than the proof takes leaves nothing of it", () => {
    const states = watch(20, (second) => ({ spreadMs: second > 2 && second < 10 ? 9999 : 20 }));
    expect(openedAt(states)).toBe(15);
  });

  test("a hole of more than 3 seconds between readings starts every time again", () => {
    const states = watch(4, () => ({}));
    const late = gateAfter(last(states), reading(8), defaultGateSettings, question);
    expect(late.verdict).toEqual({ kind: "shut", because: "holdingStill" });
    expect(late.heldSeconds).toBe(0);
  });

  test("time that runs backwards starts every time again", () => {
    const states = watch(9, () => ({}));
    const early = gateAfter(last(states), reading(1), defaultGateSettings, question);
    expect(early.verdict.kind).toBe("shut");
  });
});

describe("the fallback", () => {
  const idleRestart = (side: "primary" | "secondary") => ({
    databases: [database({ [side]: { lastCommitLsn: null } })],
  });

  test.each(["primary", "secondary"] as const)(
    "an idle link whose %s does not know its last commit opens after 30 seconds, not before",
    (side) => {
      const states = watch(40, () => idleRestart(side));
      expect(openedAt(states)).toBe(30);
      expect(last(states).verdict).toEqual({ kind: "open", by: "fallback" });
    },
  );

  test("zero is not known, on both sides alike", () => {
    const databases = [
      database({ primary: { lastCommitLsn: "0" }, secondary: { lastCommitLsn: "0" } }),
    ];
    expect(openedAt(watch(29, () => ({ databases })))).toBeUndefined();
    expect(openedAt(watch(40, () => ({ databases })))).toBe(30);
  });

  test("a last commit behind with nothing on its way is looked at after 60 seconds", () => {
    const databases = [database({ secondary: { lastCommitLsn: after(commitLsn, -1) } })];
    const states = watch(70, () => ({ databases }));
    expect(openedAt(states)).toBe(60);
    expect(last(states).verdict).toEqual({ kind: "open", by: "fallback" });
  });

  test("the ends of the log one block apart keep it shut", () => {
    const databases = [
      database({
        primary: { lastCommitLsn: null },
        secondary: { endOfLogLsn: "1000000000000000000000000" },
      }),
    ];
    expect(openedAt(watch(200, () => ({ databases })))).toBeUndefined();
  });

  test("hardened positions must be equal where the primary has one", () => {
    const primary = { lastCommitLsn: null, lastHardenedLsn: "1000000000000000000000002" };
    expect(openedAt(watch(200, () => ({ databases: [database({ primary })] })))).toBeUndefined();
    const same = { ...primary, lastHardenedLsn: "1000000000000000000000001" };
    expect(openedAt(watch(40, () => ({ databases: [database({ primary: same })] })))).toBe(30);
  });

  test("hardened positions of zero on both sides are not equal", () => {
    const databases = [
      database({
        primary: { lastCommitLsn: null, lastHardenedLsn: "0" },
        secondary: { lastHardenedLsn: "0" },
      }),
    ];
    expect(openedAt(watch(200, () => ({ databases })))).toBeUndefined();
  });

  test.each([
    ["a send queue that is not known", { logSendQueueKb: null }],
    ["a redo queue that is not known", { redoQueueKb: null }],
    ["a send queue", { logSendQueueKb: 4 }],
  ])("%s keeps it shut", (_, remote) => {
    const databases = [database({ primary: { lastCommitLsn: null }, remote })];
    expect(openedAt(watch(200, () => ({ databases })))).toBeUndefined();
  });

  test("any position that moves starts its 30 seconds again", () => {
    const states = watch(60, (second) => ({
      databases: [
        database({
          primary: { lastCommitLsn: null },
          secondary: {
            lastHardenedLsn:
              second < 20 ? "1000000000000000000000001" : "1000000000000000000000005",
          },
        }),
      ],
    }));
    expect(openedAt(states)).toBe(50);
  });

  test("a writing session meanwhile starts it again", () => {
    const states = watch(60, (second) => ({
      ...idleRestart("primary"),
      writers: { kind: "seen", value: second === 10 ? [writer()] : [] },
    }));
    expect(openedAt(states)).toBe(41);
  });
});

describe("a system task that writes", () => {
  const systemTask = (second: number) => ({
    databases: [
      database({
        primary: {
          lastCommitLsn: after(commitLsn, second * 8),
          endOfLogLsn: after(commitLsn, second * 8 - 2),
        },
      }),
    ],
  });

  test("it is named after three moves without a writing session", () => {
    const states = watch(5, systemTask);
    expect(last(states).verdict).toEqual({ kind: "shut", because: "systemTaskWrites" });
    expect(last(states).sentence).toContain("a system task writes");
  });

  test("without the tick it stays shut, with the tick it opens after patience", () => {
    expect(openedAt(watch(300, systemTask))).toBeUndefined();
    const states = watch(300, systemTask, { acceptUnproved: true });
    const second = openedAt(states) ?? 0;
    expect(second).toBeGreaterThanOrEqual(60);
    expect(second).toBeLessThan(70);
    expect(states.find((state) => state.verdict.kind === "open")?.verdict).toEqual({
      kind: "open",
      by: "tick",
    });
  });

  test("commits that the secondary follows at once are a system task too", () => {
    const followed = (second: number) => {
      const lsn = after(commitLsn, second * 8);
      return {
        databases: [
          database({ primary: { lastCommitLsn: lsn }, secondary: { lastCommitLsn: lsn } }),
        ],
      };
    };
    expect(last(watch(10, followed)).verdict).toEqual({
      kind: "shut",
      because: "systemTaskWrites",
    });
    expect(openedAt(watch(300, followed))).toBeUndefined();
    expect(openedAt(watch(300, followed, { acceptUnproved: true }))).toBeGreaterThanOrEqual(60);
  });

  test("moves while a session writes are nobody's secret", () => {
    const states = watch(20, (second) => ({
      ...systemTask(second),
      writers: { kind: "seen", value: [writer()] },
    }));
    expect(last(states).verdict).toEqual({ kind: "shut", because: "writing" });
  });

  test("when it ends and the last commit stays behind, the fallback counts from its last move", () => {
    const states = watch(120, (second) => ({
      databases: [
        database({
          primary: { lastCommitLsn: after(commitLsn, 8 * Math.min(second, 20) + 8) },
        }),
      ],
    }));
    expect(openedAt(states)).toBe(80);
  });

  test("when it ends the gate opens by equal commits again", () => {
    const states = watch(30, (second) => {
      const lsn = after(commitLsn, Math.min(second, 10) * 8);
      return {
        databases: [
          database({ primary: { lastCommitLsn: lsn }, secondary: { lastCommitLsn: lsn } }),
        ],
      };
    });
    expect(openedAt(states)).toBe(15);
  });
});
