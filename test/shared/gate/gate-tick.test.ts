import { describe, expect, test } from "vitest";
import {
  database,
  last,
  openedAt,
  position,
  question,
  reading,
  watch,
  writer,
} from "./sample-reading.ts";

const behind = {
  lastCommitLsn: "1000000000000000000000002",
  endOfLogLsn: "999999999999999999999999",
};

describe("the tick", () => {
  const tick = { acceptUnproved: true };
  const unproved = {
    databases: [database({ secondary: { lastCommitLsn: null, endOfLogLsn: null } })],
  };

  test("it is offered only after patience, and only then opens", () => {
    const offered = watch(70, () => unproved).find((state) => state.onlyTickLeft);
    expect(offered?.last.atMs).toBe(1_060_000);
    expect(offered?.verdict.kind).toBe("shut");
    expect(openedAt(watch(70, () => unproved, tick))).toBe(60);
  });

  test("a link that is simply behind is never opened by it", () => {
    const databases = [database({ secondary: behind, remote: { logSendQueueKb: 4096 } })];
    expect(openedAt(watch(300, () => ({ databases }), tick))).toBeUndefined();
  });

  test("a queue in the last reading keeps it shut", () => {
    const states = watch(
      80,
      (second) => ({
        databases: [
          database({
            secondary: { lastCommitLsn: null, endOfLogLsn: null },
            remote: { redoQueueKb: second >= 60 ? 4 : 0 },
          }),
        ],
      }),
      tick,
    );
    expect(openedAt(states)).toBeUndefined();
  });

  test("a queue that has only just gone is not yet waited for", () => {
    const queueUntil = (second: number) => (second < 100 ? 4096 : null);
    const states = watch(
      200,
      (second) => ({
        databases: [
          database({ secondary: behind, remote: { logSendQueueKb: queueUntil(second) } }),
        ],
      }),
      tick,
    );
    expect(openedAt(states)).toBe(160);
  });

  test("a commit on the primary starts patience again", () => {
    const states = watch(
      120,
      (second) => ({
        databases: [
          database({
            primary: { lastCommitLsn: second < 30 ? "7" : "8" },
            secondary: { lastCommitLsn: null, endOfLogLsn: null },
          }),
        ],
      }),
      tick,
    );
    expect(openedAt(states)).toBe(90);
  });

  test("it waits while the fallback may still prove it", () => {
    const states = watch(
      100,
      (second) => ({
        databases: [
          database({
            primary: { lastCommitLsn: null },
            secondary: second < 50 ? { endOfLogLsn: "1" } : {},
          }),
        ],
      }),
      tick,
    );
    expect(openedAt(states)).toBe(80);
    expect(last(states).verdict).toEqual({ kind: "open", by: "fallback" });
  });

  const problem = {
    code: "noAnswer",
    class: "retry",
    summary: "sqlmi1 does not answer.",
    remedy: "",
  } as const;
  const box = { serverName: "SQLBOX01", role: "PRIMARY", isLocalPrimary: true } as const;
  test.each([
    ["cannotRead", { unread: [{ side: "instance" as const, problem }] }],
    [
      "notAllowedToSee",
      { unread: [{ side: "box" as const, problem: { ...problem, code: "noPermission" } }] },
    ],
    [
      "notAllowedToSee",
      { writers: { kind: "notAllowed" as const, permission: "VIEW SERVER STATE" } },
    ],
    ["cannotRead", { writers: { kind: "failed" as const, problem } }],
    ["rolesMoved", { roles: { box, instance: box } }],
    [
      "rolesMoved",
      {
        roles: {
          box: { ...box, isLocalPrimary: false },
          instance: {
            ...box,
            serverName: question.serverNames.instance,
            role: "SECONDARY" as const,
          },
        },
      },
    ],
    ["rolesMoved", { roles: { ...reading(0).roles, box: { ...box, serverName: "SQLBOX02" } } }],
    ["rolesMoved", { roles: { ...reading(0).roles, instance: null } }],
    ["readingTooSpread", { spreadMs: 5000 }],
    ["readingTooSpread", { spreadMs: Number.NaN }],
    ["noRow", { databases: [database({ primary: "noRow" })] }],
    ["noRow", { databases: [database({ secondary: "noRow" })] }],
    ["noRow", { databases: [database({ remote: { isSuspended: null } })] }],
    ["suspended", { databases: [database({ remote: { isSuspended: true } })] }],
    ["suspended", { databases: [database({ secondary: { isSuspended: true } })] }],
    ["suspended", { databases: [database({ secondary: { isSuspended: null } })] }],
    ["notConnected", { databases: [database({ remote: { connectedState: "DISCONNECTED" } })] }],
    ["notConnected", { databases: [database({ remote: { connectedState: null } })] }],
    ["writing", { writers: { kind: "seen" as const, value: [writer()] } }],
    ["writing", { writers: { kind: "seen" as const, value: [writer({ origin: "unknown" })] } }],
    ["writing", { writers: { kind: "seen" as const, value: [writer({ origin: "distributed" })] } }],
  ])("it never overrides %s", (because, changes) => {
    const states = watch(150, () => changes, tick);
    expect(openedAt(states)).toBeUndefined();
    expect(last(states).verdict).toEqual({ kind: "shut", because });
    expect(last(states).onlyTickLeft).toBe(false);
  });

  test("such an obstacle in one reading closes an open gate, and every time starts again", () => {
    const open = watch(70, () => ({}));
    const shut = watch(
      0,
      () => ({ writers: { kind: "seen", value: [writer()] } }),
      {},
      { second: 70, state: last(open) },
    );
    expect(last(shut).verdict.kind).toBe("shut");
    expect(openedAt(watch(8, () => ({}), {}, { second: 71, state: last(shut) }))).toBe(77);
  });
});

test("system transactions do not count as writers", () => {
  const system = writer({ origin: "system" });
  expect(openedAt(watch(6, () => ({ writers: { kind: "seen", value: [system] } })))).toBe(5);
});

test("the state survives JSON unchanged, so that it can be written down", () => {
  for (const state of watch(70, () => ({
    databases: [database({ secondary: position({ lastCommitLsn: null }) })],
  }))) {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  }
});
