import { describe, expect, test } from "vitest";
import { createApplicationLocks } from "../../../practice/server/application-locks.ts";
import type { LockRequest } from "../../../practice/server/application-locks.ts";

const never = new AbortController().signal;

/** Locks whose waits end when the test says so. */
function locksWithClock() {
  const timers: (() => void)[] = [];
  const locks = createApplicationLocks(
    () =>
      new Promise<void>((resolve) => {
        timers.push(resolve);
      }),
  );
  return {
    locks,
    passTime: () => {
      for (const timer of timers.splice(0)) timer();
    },
  };
}

const request = (sessionId: number, more: Partial<LockRequest> = {}): LockRequest => ({
  sessionId,
  database: "master",
  resource: "link ] ' 🙂",
  mode: "Exclusive",
  timeoutMs: -1,
  ...more,
});

describe("application locks", () => {
  test("an exclusive lock is granted at once to the first and refused at once to the second with time-out 0", async () => {
    const { locks } = locksWithClock();
    expect(await locks.acquire(request(51), never)).toBe(0);
    expect(await locks.acquire(request(52, { timeoutMs: 0 }), never)).toBe(-1);
    expect(locks.list()).toEqual([
      {
        sessionId: 51,
        database: "master",
        resource: "link ] ' 🙂",
        mode: "Exclusive",
        status: "GRANT",
        count: 1,
      },
    ]);
  });

  test("who waits gets 1 when the owner's connection goes", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51), never);
    const waiting = locks.acquire(request(52), never);
    expect(locks.list().map(({ status }) => status)).toEqual(["GRANT", "WAIT"]);
    locks.releaseAll(51);
    expect(await waiting).toBe(1);
    expect(locks.list()).toMatchObject([{ sessionId: 52, status: "GRANT" }]);
  });

  test("who waits longer than its time-out gets -1, and nothing of it is left", async () => {
    const { locks, passTime } = locksWithClock();
    await locks.acquire(request(51), never);
    const waiting = locks.acquire(request(52, { timeoutMs: 100 }), never);
    passTime();
    expect(await waiting).toBe(-1);
    expect(locks.list()).toHaveLength(1);
  });

  test("a wait that is cancelled ends with -2", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51), never);
    const cancelled = new AbortController();
    const waiting = locks.acquire(request(52), cancelled.signal);
    cancelled.abort();
    expect(await waiting).toBe(-2);
    expect(locks.list()).toHaveLength(1);
  });

  test("the second of two sessions that wait for each other is the victim, -3", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51, { resource: "a" }), never);
    await locks.acquire(request(52, { resource: "b" }), never);
    const waiting = locks.acquire(request(51, { resource: "b" }), never);
    expect(await locks.acquire(request(52, { resource: "a" }), never)).toBe(-3);
    locks.releaseAll(52);
    expect(await waiting).toBe(1);
  });

  test("shared locks are held together and keep an exclusive one out", async () => {
    const { locks } = locksWithClock();
    expect(await locks.acquire(request(51, { mode: "Shared" }), never)).toBe(0);
    expect(await locks.acquire(request(52, { mode: "Shared" }), never)).toBe(0);
    expect(await locks.acquire(request(53, { timeoutMs: 0 }), never)).toBe(-1);
  });

  test("a reader that comes after a waiting writer does not overtake it", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51, { mode: "Shared" }), never);
    const writer = locks.acquire(request(52), never);
    expect(await locks.acquire(request(53, { mode: "Shared", timeoutMs: 0 }), never)).toBe(-1);
    locks.release(request(51), 51);
    expect(await writer).toBe(1);
  });

  test("a lock taken twice is released after the second release", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51), never);
    await locks.acquire(request(51), never);
    expect(locks.release(request(51), 51)).toBe(true);
    expect(locks.modeOf(request(51), 51)).toBe("Exclusive");
    expect(locks.release(request(51), 51)).toBe(true);
    expect(locks.modeOf(request(51), 51)).toBeUndefined();
    expect(locks.release(request(51), 51)).toBe(false);
  });

  test("the same name in another database is another lock", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51), never);
    expect(await locks.acquire(request(52, { database: "Adatum", timeoutMs: 0 }), never)).toBe(0);
  });

  test("another case is another name", async () => {
    const { locks } = locksWithClock();
    await locks.acquire(request(51, { resource: "Link" }), never);
    expect(await locks.acquire(request(52, { resource: "link", timeoutMs: 0 }), never)).toBe(0);
  });
});
