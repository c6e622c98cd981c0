// The dangerous cases of a failover night as faults of the world: what the statement says, and what is true afterwards.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { shownLinkRole } from "../../../practice/world/sides.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Fault, World } from "../../../practice/world/world.ts";
import { ask, askAndWait, failover, forceFailover, started, worldOf } from "./asking.ts";

/** Role of SQL Server, role of the instance, and who is primary. */
function roles({ state }: World): readonly unknown[] {
  const { box, instance, primaries } = truth(state);
  return [box.role, instance.role, primaries];
}

/** The roles each time they change while `ms` pass. */
function rolesDuring(world: World, ms: number): readonly string[] {
  const seen: string[] = [];
  for (let passed = 0; passed < ms; passed += 100) {
    const now = roles(world).slice(0, 2).join(" ");
    if (seen.at(-1) !== now) seen.push(now);
    world.advance(100);
  }
  return seen;
}

const before = ["PRIMARY", "SECONDARY", ["box"]];
const nobody = ["SECONDARY", "SECONDARY", []];
const after = ["SECONDARY", "PRIMARY", ["instance"]];

describe("a FAILOVER with an outcome set by a fault", () => {
  test.each([47513, 47514, 47515, 47516, 41104, 41131, 35250])(
    "ends with %i, whatever has moved, and the sentence names the link",
    async (error) => {
      for (const rolesMoved of ["none", "half", "all"] as const) {
        const world = worldOf();
        world.fault({ kind: "failoverOutcome", error, rolesMoved });
        expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [], error });
        expect(world.state.failoverEnds[0]?.error).toMatchObject({ number: error });
        expect(world.state.failoverEnds[0]?.error?.text).toContain("'LINK_Adatum'");
        expect(truth(world.state).changes).toMatchObject([{ count: 1, outcomes: ["error"] }]);
      }
    },
  );

  test("none: the old roles stand at every moment, the link is healthy, and the application writes on", async () => {
    const world = worldOf();
    world.fault({ kind: "failoverOutcome", error: 47514, rolesMoved: "none" });
    const answer = ask(world, "box", failover);
    await started();
    expect(rolesDuring(world, 10_000)).toEqual(["PRIMARY SECONDARY"]);
    expect(await answer).toMatchObject({ error: 47514 });
    const { acknowledgedRows } = truth(world.state);
    world.advance(5000);
    const now = truth(world.state);
    expect(roles(world)).toEqual(before);
    expect(now.acknowledgedRows).toBeGreaterThan(acknowledgedRows);
    expect(now.box).toMatchObject({
      updateability: "READ_WRITE",
      health: "HEALTHY",
      linkAvailabilityMode: { box: "ASYNCHRONOUS_COMMIT", instance: "ASYNCHRONOUS_COMMIT" },
    });
    expect(now.failovers).toEqual([{ kind: "planned", to: "instance", outcome: "failed" }]);
  });

  test("half: nobody is primary, nothing can be written, and both copies have every row", async () => {
    const world = worldOf();
    world.fault({ kind: "failoverOutcome", error: 41131, rolesMoved: "half" });
    const answer = ask(world, "box", failover);
    await started();
    expect(rolesDuring(world, 20_000)).toEqual([
      "PRIMARY SECONDARY",
      "RESOLVING RESOLVING",
      "SECONDARY SECONDARY",
    ]);
    expect(await answer).toMatchObject({ error: 41131 });
    const { box, instance, acknowledgedRows, failover: phase } = truth(world.state);
    expect([...roles(world), phase]).toEqual([...nobody, null]);
    for (const side of [box, instance]) {
      expect(side).toMatchObject({
        updateability: "READ_ONLY",
        health: "NOT_HEALTHY",
        openTransactions: 0,
        rows: { hasEveryAcknowledged: true },
      });
    }
    world.advance(10_000);
    expect(truth(world.state).acknowledgedRows).toBe(acknowledgedRows);
  });

  test.each(["box", "instance"] as const)(
    "half: neither side takes another FAILOVER, and a forced one on %s brings a primary back with every row",
    async (key) => {
      const world = worldOf();
      world.fault({ kind: "failoverOutcome", error: 41104, rolesMoved: "half" });
      await askAndWait(world, "box", failover);
      for (const server of ["box", "instance"] as const) {
        expect(await ask(world, server, failover)).toMatchObject({ error: 47517 });
      }
      expect(await askAndWait(world, key, forceFailover)).toEqual({ outputs: [] });
      const now = truth(world.state);
      expect(now.primaries).toEqual([key]);
      expect(now[key]).toMatchObject({
        updateability: "READ_WRITE",
        rows: { hasEveryAcknowledged: true },
      });
    },
  );

  test("all: the answer is an error, and the roles have switched with every row", async () => {
    const world = worldOf();
    world.fault({ kind: "failoverOutcome", error: 41131, rolesMoved: "all" });
    await askAndWait(world, "box", failover);
    expect(roles(world)).toEqual(after);
    expect(truth(world.state)).toMatchObject({
      instance: {
        updateability: "READ_WRITE",
        health: "HEALTHY",
        rows: { hasEveryAcknowledged: true },
      },
      failovers: [{ outcome: "done" }],
    });
  });

  test("strikes once, and not a FAILOVER that is refused anyway", async () => {
    const world = worldOf();
    world.fault({ kind: "failoverOutcome", error: 47515, rolesMoved: "none" });
    expect(await ask(world, "instance", failover)).toMatchObject({ error: 47517 });
    expect(await askAndWait(world, "box", failover)).toMatchObject({ error: 47515 });
    expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
    expect(roles(world)).toEqual(after);
  });

  test("a link that breaks on the way is told instead, with the old roles", async () => {
    const world = worldOf();
    world.fault({ kind: "failoverOutcome", error: 41131, rolesMoved: "all" });
    const answer = ask(world, "box", failover);
    await started();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(5000);
    expect(await answer).toMatchObject({ error: 47514 });
    expect(roles(world)).toEqual(before);
  });
});

describe("a role change that stalls", () => {
  /** How long both sides were RESOLVING, ms. */
  async function resolvingMs(world: World, begin: () => unknown): Promise<number> {
    begin();
    await started();
    let ms = 0;
    for (let passed = 0; passed < 200_000; passed += 100) {
      world.advance(100);
      if (truth(world.state).box.role === "RESOLVING") ms += 100;
    }
    return ms;
  }

  test.each([20_000, 90_000])("stays RESOLVING for %i ms more, once, and completes", async (ms) => {
    const world = worldOf();
    world.fault({ kind: "roleChangeStalls", ms });
    const there = await resolvingMs(world, () => void ask(world, "box", failover));
    expect(there).toBe(healthy.engine.resolvingMs + ms);
    expect(roles(world)).toEqual(after);
    const back = await resolvingMs(world, () => void ask(world, "instance", failover));
    expect(back).toBe(healthy.engine.resolvingMs);
    expect(roles(world)).toEqual(before);
  });

  test("whoever began it", async () => {
    const world = worldOf();
    world.fault({ kind: "roleChangeStalls", ms: 10_000 });
    const ms = await resolvingMs(world, () => {
      world.fault({ kind: "rolesMoved" });
    });
    expect(ms).toBe(healthy.engine.resolvingMs + 10_000);
    expect(roles(world)).toEqual(after);
  });

  test("does not lengthen the time a lost link is waited for", async () => {
    const world = worldOf({ ...healthy, link: { ...healthy.link, networkDelayMs: 1000 } });
    world.fault({ kind: "roleChangeStalls", ms: 5000 });
    const answer = ask(world, "box", failover);
    await started();
    while (world.state.failover?.phase !== "resolving") world.advance(10);
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(healthy.engine.catchUpTimeoutMs + 4000);
    expect(truth(world.state).failover).toBe("resolving");
    world.advance(2000);
    expect(await answer).toMatchObject({ error: 47514 });
    expect(roles(world)).toEqual(before);
  });
});

describe("a lost answer", () => {
  /** Faults raised by the world itself, and when, ms after now. */
  function lossesOf(world: World): (readonly [number, Fault])[] {
    const heard: (readonly [number, Fault])[] = [];
    const beganMs = world.state.nowMs;
    world.onFault((fault) => {
      if (fault.kind === "connectionLost") heard.push([world.state.nowMs - beganMs, fault]);
    });
    return heard;
  }
  const lost = (how: "cut" | "silence") => ({
    kind: "connectionLost",
    server: "box",
    sessionId: 51,
    how,
  });

  test.each(["cut", "silence"] as const)(
    "%s names the session of the FAILOVER so long after it began, once",
    async (how) => {
      const world = worldOf();
      const heard = lossesOf(world);
      world.fault({ kind: "answerLost", afterMs: 700, how });
      await askAndWait(world, "box", failover);
      await askAndWait(world, "instance", failover);
      expect(heard).toEqual([[700, lost(how)]]);
    },
  );

  test("spares other statements, a FAILOVER that is refused, and one that has ended by then", async () => {
    const world = worldOf();
    const heard = lossesOf(world);
    world.fault({ kind: "answerLost", afterMs: 60_000, how: "cut" });
    const suspend: ServerStatement = {
      kind: "databaseSetHadr",
      database: "Adatum",
      action: "RESUME",
    };
    await askAndWait(world, "box", suspend);
    expect(await ask(world, "instance", failover)).toMatchObject({ error: 47517 });
    expect(world.state.nextFailover.lostAnswer).not.toBeNull();
    await askAndWait(world, "box", failover);
    world.advance(60_000);
    expect([heard, world.state.nextFailover.lostAnswer]).toEqual([[], null]);
    expect(roles(world)).toEqual(after);
  });
});

describe("a local group that moves", () => {
  test("leaves a node that is secondary in its own group, refuses a FAILOVER there with 41140, and moves back", async () => {
    const world = worldOf();
    world.fault({ kind: "localGroupMoves", on: true });
    expect(world.state.box).toMatchObject({
      localRole: "SECONDARY",
      localPrimaryReplica: "SQLBOX01-2",
    });
    expect(shownLinkRole(world.state.box)).toBe("SECONDARY");
    expect(roles(world)).toEqual(before);
    expect(await ask(world, "box", failover)).toMatchObject({ error: 41140 });
    world.fault({ kind: "localGroupMoves", on: false });
    expect(world.state.box).toMatchObject({
      localRole: "PRIMARY",
      localPrimaryReplica: "SQLBOX01",
    });
    expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
  });

  test("breaks the application's connections, which come back, and loses no row", () => {
    const world = worldOf();
    const users = () => world.state.box.sessions.filter(({ isUserProcess }) => isUserProcess);
    expect(users()).not.toEqual([]);
    world.fault({ kind: "localGroupMoves", on: true });
    expect(users()).toEqual([]);
    const { acknowledgedRows } = truth(world.state);
    world.advance(20_000);
    world.setWorkload(false);
    world.advance(5000);
    const now = truth(world.state);
    expect(now.acknowledgedRows).toBeGreaterThan(acknowledgedRows);
    expect(now.instance.rows.hasEveryAcknowledged).toBe(true);
  });

  test("ends a role change that is resolving with 47514 and the old roles", async () => {
    const world = worldOf();
    const answer = ask(world, "box", failover);
    await started();
    while (world.state.failover?.phase !== "resolving") world.advance(10);
    world.fault({ kind: "localGroupMoves", on: true });
    expect(roles(world)).toEqual(before);
    world.advance(100);
    expect(await answer).toMatchObject({ error: 47514 });
  });
});

test("a permission is taken once and given back whatever its case, beside those the scenario takes", () => {
  const scenario = {
    ...healthy,
    box: { ...healthy.box, deniedPermissions: ["SELECT msdb"] },
  };
  const world = worldOf(scenario);
  const take = (permission: string, on: boolean): void => {
    world.fault({ kind: "permissionTaken", server: "box", permission, on });
  };
  take("VIEW SERVER STATE", true);
  take("view server state", true);
  expect(world.state.box.deniedPermissions).toEqual(["SELECT msdb", "view server state"]);
  take("VIEW SERVER STATE", false);
  expect(world.state.box.deniedPermissions).toEqual(["SELECT msdb"]);
  expect(scenario.box.deniedPermissions).toEqual(["SELECT msdb"]);
  expect(world.state.instance.deniedPermissions).toEqual([]);
});

test("a black hole is the operator's alone: the application writes on and the link stays healthy", () => {
  const world = worldOf();
  world.fault({ kind: "blackhole", server: "box", on: true });
  const { acknowledgedRows } = truth(world.state);
  world.advance(30_000);
  const now = truth(world.state);
  expect(now.acknowledgedRows).toBeGreaterThan(acknowledgedRows + 50);
  expect([now.box.health, now.instance.health]).toEqual(["HEALTHY", "HEALTHY"]);
});
