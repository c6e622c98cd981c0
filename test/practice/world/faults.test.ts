// Faults switched on and off while the world runs.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import { seesPartner } from "../../../practice/world/sides.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Fault } from "../../../practice/world/world.ts";
import { ask, failover, started, until, worldOf } from "./asking.ts";

describe("a lost link", () => {
  test("is seen by both sides only after SESSION_TIMEOUT, and its return at once", () => {
    const world = worldOf();
    const seen = (): boolean[] => [
      seesPartner(world.state, "box"),
      seesPartner(world.state, "instance"),
    ];
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(19_000);
    expect(seen()).toEqual([true, true]);
    world.advance(1500);
    expect(seen()).toEqual([false, false]);
    world.fault({ kind: "linkDisconnected", on: false });
    world.advance(100);
    expect(seen()).toEqual([true, true]);
  });

  test("brings over what was written meanwhile, in order", () => {
    const world = worldOf();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(60_000);
    expect(truth(world.state).instance.rows.hasEveryAcknowledged).toBe(false);
    world.fault({ kind: "linkDisconnected", on: false });
    world.setWorkload(false);
    world.advance(5000);
    expect(truth(world.state).instance.rows.hasEveryAcknowledged).toBe(true);
    expect(world.state.instance.copy.log).toEqual(world.state.box.copy.log);
  });
});

describe("a restart", () => {
  test.each(["box", "instance"] as const)(
    "of %s: away, recovering, back with its role and a new start time",
    (key) => {
      const world = worldOf();
      const { startedMs, connectionEpoch } = world.state[key];
      const { role } = truth(world.state)[key];
      world.fault({ kind: "restart", server: key });
      world.fault({ kind: "restart", server: key });
      world.advance(100);
      expect(world.state[key]).toMatchObject({
        reachable: false,
        connectionEpoch: connectionEpoch + 1,
      });
      world.advance(5500);
      expect(world.state[key].reachable).toBe(true);
      expect(truth(world.state)[key].databaseState).toBe("RECOVERING");
      world.advance(3000);
      expect(truth(world.state)[key]).toMatchObject({ databaseState: "ONLINE", role });
      expect(world.state[key].startedMs).toBeGreaterThan(startedMs);
      world.setWorkload(false);
      world.advance(5000);
      expect(truth(world.state).instance.rows.hasEveryAcknowledged).toBe(true);
    },
  );

  test("is seen by the other side at once, as a reset connection", () => {
    const world = worldOf();
    world.fault({ kind: "restart", server: "instance" });
    world.advance(100);
    expect(seesPartner(world.state, "box")).toBe(false);
    world.advance(10_000);
    expect(seesPartner(world.state, "box")).toBe(true);
  });

  test("of a synchronous primary tells nobody of the rows the secondary had not confirmed", async () => {
    const world = worldOf({ ...healthy, link: { ...healthy.link, networkDelayMs: 500 } });
    const answer = ask(world, "box", failover);
    await started();
    until(world, () => world.state.replication.unconfirmed.length > 0);
    const [waiting] = world.state.replication.unconfirmed;
    world.fault({ kind: "restart", server: "box" });
    world.advance(30_000);
    await answer;
    expect(truth(world.state).box.rows.highest).toBeGreaterThan(waiting?.row ?? Infinity);
    expect(world.state.acknowledgedRows.map(({ row }) => row)).not.toContain(waiting?.row);
  });

  test("of a server that is cut off too leaves it cut off", () => {
    const world = worldOf();
    world.fault({ kind: "unreachable", server: "box", on: true });
    world.fault({ kind: "restart", server: "box" });
    world.advance(20_000);
    expect(world.state.box.reachable).toBe(false);
    expect(truth(world.state).box.databaseState).toBe("ONLINE");
  });
});

describe("roles that move", () => {
  test("swap by themselves and keep every row", () => {
    const world = worldOf();
    world.fault({ kind: "rolesMoved" });
    world.fault({ kind: "rolesMoved" });
    world.advance(20_000);
    const { box, instance, failovers, changes } = truth(world.state);
    expect([box.role, instance.role]).toEqual(["SECONDARY", "PRIMARY"]);
    expect(instance.rows.hasEveryAcknowledged).toBe(true);
    expect(failovers.length).toBe(1);
    expect(changes).toEqual([]);
  });
});

test("a greater network delay keeps the secondary that much behind", () => {
  const world = worldOf();
  world.fault({ kind: "networkDelay", ms: 3000 });
  world.advance(10_000);
  const row = replicaRows(world.state, "instance")[0];
  expect(world.state.nowMs - (row?.lastCommitMs ?? 0)).toBeGreaterThan(3000);
});

test("listeners hear of every fault after it holds, until they stop listening", () => {
  const world = worldOf();
  const heard: (readonly [Fault["kind"], number])[] = [];
  const stop = world.onFault(({ kind }) => heard.push([kind, world.state.box.connectionEpoch]));
  world.fault({ kind: "dropConnections", server: "box" });
  world.fault({ kind: "unreachable", server: "box", on: true });
  stop();
  world.fault({ kind: "dropConnections", server: "box" });
  expect(heard).toEqual([
    ["dropConnections", 1],
    ["unreachable", 2],
  ]);
});

test("the owners of the applications stop them: what never stops by itself ends too and stays away", () => {
  const world = worldOf(writerNeverStops);
  world.setWorkload(false);
  world.advance(10_000);
  const before = truth(world.state).acknowledgedRows;
  world.advance(10_000);
  expect(truth(world.state).acknowledgedRows).toBeGreaterThan(before);
  world.fault({ kind: "writersStopped" });
  world.advance(2000);
  const after = truth(world.state);
  world.advance(60_000);
  expect(truth(world.state).acknowledgedRows).toBe(after.acknowledgedRows);
});

test("the truth counts how long nobody took writing, and the rows that one side alone has", () => {
  const world = worldOf();
  world.setWorkload(false);
  world.advance(5000);
  expect(truth(world.state)).toMatchObject({ closedMs: 0, box: { takesWrites: true } });
  world.fault({ kind: "linkDisconnected", on: true });
  world.fault({ kind: "userCommits", server: "box", rows: 12 });
  world.fault({ kind: "unreachable", server: "box", on: true, how: "refused" });
  world.advance(30_000);
  const lost = truth(world.state);
  expect(lost.box).toMatchObject({ takesWrites: false, rows: { onlyHere: 12 } });
  expect(lost.instance).toMatchObject({ takesWrites: false, rows: { onlyHere: 0 } });
  expect(lost.closedMs).toBe(30_000);
  world.fault({ kind: "forced", server: "instance" });
  until(world, () => truth(world.state).instance.takesWrites);
  const { closedMs } = truth(world.state);
  expect(closedMs).toBeGreaterThan(30_000);
  world.advance(5000);
  expect(truth(world.state).closedMs).toBe(closedMs);
});
