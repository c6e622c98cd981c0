// Each scenario begins as its name says.
import { describe, expect, test } from "vitest";
import { findScenario, scenarios } from "../../../practice/scenarios/all.ts";
import { shownLinkRole } from "../../../practice/world/sides.ts";
import { truth, type Truth } from "../../../practice/world/truth.ts";
import { ask, forceFailover, resume, worldOf } from "../world/asking.ts";
import { scenarioNamed } from "./named.ts";

function begin(name: string): ReturnType<typeof worldOf> {
  return worldOf(scenarioNamed(name));
}

function beginning(name: string): Truth {
  return truth(begin(name).state);
}

test("each scenario is found by its name in kebab-case and says in one line what it is", () => {
  expect(scenarios.map(({ name }) => name)).toEqual([
    "healthy",
    "lagging",
    "slow-redo",
    "writer-never-stops",
    "suspended",
    "disconnected",
    "below-cu13",
    "missing-permission",
    "wrong-node",
    "roles-move",
    "twin-names",
    "unprepared",
    "many-databases",
    "sql2016",
    "sql2017",
    "sql2019-cutover",
    "sql2022-rtm",
    "sql2022-cu12",
    "sql2022-standard",
    "sql2025-policy2025",
    "policy-always-up-to-date",
    "business-critical",
    "instance-primary",
    "instance-first-primary",
    "multi-node-box",
    "two-links",
    "split-brain",
    "split-brain-instance",
    "no-primary",
    "no-primary-planned",
    "instance-cut-off",
  ]);
  for (const scenario of scenarios) {
    expect(findScenario(scenario.name)).toBe(scenario);
    expect(scenario.summary).toMatch(/^[A-Z][^\n]{20,100}\.$/);
  }
  expect(findScenario("belowCu13")).toBeUndefined();
});

describe("at its beginning", () => {
  const isWhole = (name: string): boolean => !/^(split-brain|no-primary)/.test(name);

  test.each(scenarios.map(({ name }) => name).filter(isWhole))(
    "%s has one primary and rows on both sides",
    (name) => {
      const { acknowledgedRows, primaries, ...sides } = beginning(name);
      const primary = name.startsWith("instance-") ? "instance" : "box";
      expect(primaries).toEqual([primary]);
      expect(acknowledgedRows).toBeGreaterThan(10);
      expect(sides[primary === "box" ? "instance" : "box"].rows.count).toBeGreaterThan(10);
      expect(sides[primary].rows.hasEveryAcknowledged).toBe(true);
    },
  );

  test("healthy is what the documents call a healthy link", () => {
    const { box, instance } = beginning("healthy");
    expect([box.health, instance.health]).toEqual(["HEALTHY", "HEALTHY"]);
    expect([box.isPartnerConnected, instance.isPartnerConnected]).toEqual([true, true]);
    expect([box.name, instance.name]).toEqual([
      "SQLBOX01",
      "sqlmi1.a0b1c2d3e4f5.database.windows.net",
    ]);
    expect(box.backups).toEqual({ full: 1, copyOnly: 0, log: 1 });
  });

  test("lagging falls further behind while the workload runs and catches up once it stops", () => {
    const world = begin("lagging");
    const behind = (): number => {
      const { box, instance } = truth(world.state);
      return box.rows.count - instance.rows.count;
    };
    const before = behind();
    world.advance(20_000);
    expect(behind()).toBeGreaterThan(before);
    world.setWorkload(false);
    world.advance(30_000);
    expect(behind()).toBe(0);
  });

  test("slow-redo has all log on the secondary and goes on redoing it after the link broke", () => {
    const world = begin("slow-redo");
    world.fault({ kind: "linkDisconnected", on: true });
    const { copy } = world.state.instance;
    const { redone, received } = copy;
    expect(redone).toBeLessThan(received);
    world.advance(30_000);
    expect(copy.redone).toBeGreaterThan(redone);
    expect(copy.redone).toBeLessThan(copy.received);
  });

  test("suspended and disconnected are not healthy", () => {
    expect(beginning("suspended").instance).toMatchObject({
      isSuspended: true,
      health: "NOT_HEALTHY",
      isPartnerConnected: true,
    });
    expect(beginning("disconnected").instance).toMatchObject({
      isPartnerConnected: false,
      health: "NOT_HEALTHY",
    });
  });

  test("wrong-node is a node that calls itself secondary, though its side is primary", () => {
    const { state } = begin("wrong-node");
    expect(shownLinkRole(state.box)).toBe("SECONDARY");
    expect(state.box).toMatchObject({ linkRole: "PRIMARY", localPrimaryReplica: "SQLBOX01" });
  });

  test("roles-move swaps the roles after a minute, not before", () => {
    const world = begin("roles-move");
    world.advance(59_000);
    expect(truth(world.state).box.role).toBe("PRIMARY");
    world.advance(15_000);
    expect(truth(world.state).box.role).toBe("SECONDARY");
    expect(truth(world.state).instance).toMatchObject({
      role: "PRIMARY",
      updateability: "READ_WRITE",
      rows: { hasEveryAcknowledged: true },
    });
  });

  test.each([
    ["split-brain", "box", 120],
    ["split-brain-instance", "instance", -300],
  ] as const)(
    "%s has two primaries, each with rows of its own; the old one, %s, is written to",
    (name, old, zone) => {
      const world = begin(name);
      const { box, instance, primaries, failovers } = truth(world.state);
      expect(primaries).toEqual(["box", "instance"]);
      expect(failovers.map(({ kind }) => kind)).toEqual(["forced"]);
      expect([box.updateability, instance.updateability]).toEqual(["READ_WRITE", "READ_WRITE"]);
      expect([box.rows.missing.length, instance.rows.missing.length]).toEqual(
        old === "box" ? [7, 20] : [20, 7],
      );
      expect([world.state.box.offsetMinutes, world.state.instance.offsetMinutes]).toEqual([
        zone,
        0,
      ]);
      const before = truth(world.state)[old].rows.count;
      world.advance(5000);
      expect(truth(world.state)[old].rows.count).toBeGreaterThan(before);
      const { copy } = world.state[old === "box" ? "instance" : "box"];
      expect(copy.forkedFrom?.guid).toBe(world.state[old].copy.recoveryForkGuid);
    },
  );

  test("no-primary has two secondaries on two forks, each with rows of its own, and none is thrown away", () => {
    const world = begin("no-primary");
    world.advance(10_000);
    const { box, instance, primaries, discarded, gone } = truth(world.state);
    expect([primaries, box.role, instance.role]).toEqual([[], "SECONDARY", "SECONDARY"]);
    expect(box.rows.missing).toHaveLength(7);
    expect(instance.rows.missing).toHaveLength(20);
    expect([discarded, gone]).toEqual([[], { lost: [], saved: [] }]);
    expect(world.state.box.copy.recoveryForkGuid).not.toBe(
      world.state.instance.copy.recoveryForkGuid,
    );
  });

  test("no-primary-planned has two secondaries on one fork, and both have every row", () => {
    const world = begin("no-primary-planned");
    const { box, instance, primaries } = truth(world.state);
    expect([primaries, box.role, instance.role]).toEqual([[], "SECONDARY", "SECONDARY"]);
    expect(box.rows.hasEveryAcknowledged && instance.rows.hasEveryAcknowledged).toBe(true);
    expect(world.state.box.copy.recoveryForkGuid).toBe(world.state.instance.copy.recoveryForkGuid);
  });

  test("nobody being primary, force makes one; the other one waits to be resumed and follows then", async () => {
    const world = begin("no-primary");
    await ask(world, "instance", forceFailover);
    world.advance(20_000);
    expect(truth(world.state)).toMatchObject({
      primaries: ["instance"],
      box: { isSuspended: true },
    });
    const own = truth(world.state).instance.rows.missing.length;
    await ask(world, "box", resume);
    world.advance(5000);
    const { box, gone } = truth(world.state);
    expect(box).toMatchObject({ role: "SECONDARY", health: "HEALTHY" });
    expect(gone.lost.length).toBeGreaterThanOrEqual(own);
  });
});
