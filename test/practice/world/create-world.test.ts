// The world's clock, its scenario's events, and its record of what was asked.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { manualClock, type Clock } from "../../../practice/world/clock.ts";
import { createWorld } from "../../../practice/world/create-world.ts";
import { truth } from "../../../practice/world/truth.ts";
import { askAndWait, failover, started, worldOf } from "./asking.ts";

describe("time", () => {
  test("begins at the clock's instant, with a link that has been at work before it", () => {
    const world = createWorld(healthy, manualClock("2027-02-03T04:05:06.000Z"));
    expect(new Date(world.state.nowMs).toISOString()).toBe("2027-02-03T04:05:06.000Z");
    expect(truth(world.state).acknowledgedRows).toBeGreaterThan(20);
  });

  test("passes with the clock when the state is read and when the clock pumps", () => {
    let pump = (): void => undefined;
    let nowMs = 1_000_000_000;
    const clock: Clock = {
      startMs: nowMs,
      worldMs: () => nowMs,
      pump: (callback) => {
        pump = callback;
      },
    };
    const world = createWorld(healthy, clock);
    const { state } = world;
    nowMs += 5000;
    expect(state.nowMs).toBe(1_000_000_000);
    pump();
    expect(state.nowMs).toBe(1_000_005_000);
    nowMs += 1000;
    expect(world.state.nowMs).toBe(1_000_006_000);
    world.advance(500);
    expect(state.nowMs).toBe(1_000_006_500);
  });

  test("wait resolves when world time has passed, and rejects with the reason when given up", async () => {
    const world = worldOf();
    const heard: string[] = [];
    const client = new AbortController();
    const waits = [
      world.wait(1000, client.signal).then(() => heard.push("1000")),
      world.wait(3000, client.signal).catch((error: unknown) => heard.push(String(error))),
    ];
    world.advance(990);
    await started();
    expect(heard).toEqual([]);
    world.advance(10);
    await started();
    expect(heard).toEqual(["1000"]);
    client.abort(new Error("attention"));
    await Promise.all(waits);
    expect(heard).toEqual(["1000", "Error: attention"]);
    await expect(world.wait(1, client.signal)).rejects.toThrow("attention");
  });

  test("events of the scenario come at their hour", () => {
    const events = [{ atMs: 5000, fault: { kind: "linkDisconnected", on: true } }] as const;
    const world = worldOf({ ...healthy, events });
    world.advance(4990);
    expect(world.state.link.connected).toBe(true);
    world.advance(10);
    expect(world.state.link.connected).toBe(false);
  });
});

describe("what was asked", () => {
  const session = { sessionId: 52, login: "dba", currentDatabase: "master" };

  test("every received batch is kept with its outcome, and changing ones are counted by their words", () => {
    const world = worldOf();
    world.received("box", "SELECT 1", session)("done");
    world.received("box", "alter availability group [x] failover", session)("error", 15151);
    world.received("box", "alter availability group [x] failover", session);
    world.received("box", "SELECT 'killer', altered FROM dropped", session)("done");
    expect(world.state.statements.map(({ outcome, error }) => [outcome, error])).toEqual([
      ["done", undefined],
      ["error", 15151],
      ["running", undefined],
      ["done", undefined],
    ]);
    expect(truth(world.state).changingBatches).toEqual([
      {
        server: "box",
        text: "alter availability group [x] failover",
        count: 2,
        outcomes: ["error", "running"],
      },
    ]);
  });

  test("a change counts once by what it means, whichever way it was written", async () => {
    const world = worldOf();
    await askAndWait(world, "box", failover);
    await askAndWait(world, "box", failover);
    expect(truth(world.state).changes).toEqual([
      {
        server: "box",
        text: "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER",
        count: 2,
        outcomes: ["done", "error"],
      },
    ]);
  });

  test("the truth is plain JSON", () => {
    const { state } = worldOf();
    expect(JSON.parse(JSON.stringify(truth(state)))).toEqual(truth(state));
  });
});
