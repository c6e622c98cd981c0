import { describe, expect, test } from "vitest";
import { adjustableClock } from "../../../practice/control/adjustable-clock.ts";
import { answerRequest } from "../../../practice/control/answer-request.ts";
import type { Controlled } from "../../../practice/control/answer-request.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { createWorld } from "../../../practice/world/create-world.ts";

function controlled(): Controlled & {
  readonly stops: string[];
  readonly azureFaults: unknown[];
} {
  const clock = adjustableClock(0, Date.UTC(2026, 10, 21, 8));
  const stops: string[] = [];
  const azureFaults: unknown[] = [];
  const azure = { requests: [], fault: (fault: unknown) => azureFaults.push(fault) };
  return {
    world: createWorld(healthy, clock),
    clock,
    stops,
    stop: () => stops.push("stop"),
    azureFaults,
    entra: azure,
    arm: azure,
  };
}

describe("control requests", () => {
  test("the truth is the world's own, as plain JSON, with the id echoed", () => {
    const answer = answerRequest(controlled(), { id: "a 🙂", ask: "truth" });
    expect(answer).toMatchObject({
      id: "a 🙂",
      ok: true,
      value: { box: { role: "PRIMARY" }, instance: { role: "SECONDARY" } },
    });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  test("the workload stops and the world moves on by as much as asked", () => {
    const to = controlled();
    const before = to.world.state.nowMs;
    expect(answerRequest(to, { id: 1, do: "workload", running: false })).toEqual({
      id: 1,
      ok: true,
      value: null,
    });
    answerRequest(to, { do: "advance", ms: 5000 });
    expect(to.world.state.nowMs - before).toBe(5000);
    expect(to.world.state.workload.running).toBe(false);
    expect(answerRequest(to, { id: 2, ask: "clock" })).toEqual({
      id: 2,
      ok: true,
      value: { nowMs: before + 5000, speed: 0 },
    });
  });

  test("a fault reaches the world", () => {
    const to = controlled();
    answerRequest(to, { do: "fault", fault: { kind: "unreachable", server: "box", on: true } });
    expect(to.world.state.box.isCutOff).toBe(true);
  });

  test("faults of the directory and of ARM reach them, and what both were asked is told", () => {
    const to = controlled();
    const entraFault = { kind: "deviceCodes", lifetimeSeconds: 1, intervalSeconds: 0 };
    const armFault = { kind: "throttled", requests: 3, retryAfterSeconds: 0 };
    answerRequest(to, { do: "entraFault", fault: entraFault });
    answerRequest(to, { do: "armFault", fault: armFault });
    expect(to.azureFaults).toEqual([entraFault, armFault]);
    expect(answerRequest(to, { ask: "azure" })).toMatchObject({
      ok: true,
      value: { entra: [], arm: [] },
    });
  });

  test("statements are what the servers received", () => {
    const to = controlled();
    const session = { sessionId: 51, login: "dba", currentDatabase: "master" };
    to.world.received("box", "SELECT ']' -- 🙂\n", session)("done");
    expect(answerRequest(to, { id: 1, ask: "statements" })).toMatchObject({
      ok: true,
      value: [{ server: "box", text: "SELECT ']' -- 🙂\n", outcome: "done" }],
    });
  });

  test("stop is answered and passed on", () => {
    const to = controlled();
    expect(answerRequest(to, { id: 9, do: "stop" })).toEqual({ id: 9, ok: true, value: null });
    expect(to.stops).toEqual(["stop"]);
  });

  test.each([
    [undefined, null],
    [null, null],
    [{ id: 3, ask: "everything" }, 3],
    [{ id: 4, do: "fault", fault: { kind: "meteor" } }, 4],
    [{ id: 9, do: "armFault", fault: { kind: "refreshTokensRevoked" } }, 9],
    [{ id: 10, do: "entraFault", fault: { kind: "slow", ms: -1 } }, 10],
    [{ id: 5, do: "advance", ms: -1 }, 5],
    [{ id: 6, do: "workload" }, 6],
    [{ id: 7, ask: "truth", do: "stop" }, 7],
    [[{ id: 8 }], null],
  ])("%j is answered with an error and changes nothing", (request, id) => {
    const to = controlled();
    const answer = answerRequest(to, request);
    expect(answer).toMatchObject({ id, ok: false });
    expect(answer).toHaveProperty("error");
    expect([to.stops, to.azureFaults]).toEqual([[], []]);
  });
});

describe("the adjustable clock", () => {
  test("stands still at speed 0 and keeps what has passed when the speed changes", () => {
    const clock = adjustableClock(0, 1000);
    expect(clock.worldMs()).toBe(1000);
    clock.setSpeed(100);
    clock.setSpeed(0);
    const stopped = clock.worldMs();
    expect(stopped).toBeGreaterThanOrEqual(1000);
    expect(clock.worldMs()).toBe(stopped);
  });
});
