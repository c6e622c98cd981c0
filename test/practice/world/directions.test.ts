// Failover by version, policy and direction: the gates, the way back, and a link that has none.
import { describe, expect, test } from "vitest";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import { scenarioNamed } from "../scenarios/named.ts";
import { ask, askAndWait, backupLog, failover, forceFailover, worldOf } from "./asking.ts";

/** Somebody stops the application, and what it wrote arrives. */
function quiet(scenario: Scenario): World {
  const world = worldOf(scenario);
  world.setWorkload(false);
  world.advance(3000);
  return world;
}

const fullBackup: ServerStatement = {
  kind: "backup",
  what: "DATABASE",
  database: "Adatum",
  to: [{ kind: "DISK", path: "X:\\Backup\\Adatum_full.bak" }],
  options: new Map(),
};

const carriedOut = (scenario: Scenario): Scenario => ({
  ...scenario,
  engine: { ...scenario.engine, oneWayFailover: "carriedOut" },
});

describe("FAILOVER on SQL Server", () => {
  test.each([
    ["sql2016", 19504],
    ["sql2017", 19504],
    ["sql2019-cutover", 19504],
    ["sql2022-rtm", 19504],
    ["sql2022-cu12", 19504],
    ["policy-always-up-to-date", 41988],
    ["sql2022-standard", undefined],
    ["sql2025-policy2025", undefined],
    ["business-critical", undefined],
    ["multi-node-box", undefined],
  ])("in %s ends with error %s, and changes roles only without one", async (name, error) => {
    const world = quiet(scenarioNamed(name));
    expect((await askAndWait(world, "box", failover)).error).toBe(error);
    const { primaries, instance } = truth(world.state);
    expect(primaries).toEqual([error === undefined ? "instance" : "box"]);
    expect(instance.rows.hasEveryAcknowledged).toBe(true);
  });

  test.each([
    ["refused", 47504, ["box"]],
    ["carriedOut", undefined, ["instance"]],
  ] as const)(
    "of a link made with failoverMode None, formats equal, where that is %s",
    async (oneWayFailover, error, primaries) => {
      const made = linkOf({ name: "x", summary: "", failoverMode: "None" });
      const world = quiet({ ...made, engine: { ...made.engine, oneWayFailover } });
      expect((await askAndWait(world, "box", failover)).error).toBe(error);
      expect(truth(world.state).primaries).toEqual(primaries);
    },
  );

  test("to a newer format, where that is carried out, leaves a copy that nothing comes back to, and 41988 on the way home", async () => {
    const world = quiet(carriedOut(scenarioNamed("policy-always-up-to-date")));
    expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
    world.setWorkload(true);
    world.advance(5000);
    world.setWorkload(false);
    const { box, instance, acknowledgedRows } = truth(world.state);
    expect([instance.role, box.role]).toEqual(["PRIMARY", "SECONDARY"]);
    expect([instance.health, box.health]).toEqual(["HEALTHY", "NOT_HEALTHY"]);
    expect(instance.rows.count).toBe(acknowledgedRows);
    expect(box.rows.count).toBeLessThan(acknowledgedRows);
    expect(await askAndWait(world, "instance", failover)).toMatchObject({ error: 41988 });
    expect(truth(world.state).primaries).toEqual(["instance"]);
  });
});

test.each([["sql2016"], ["sql2017"], ["sql2019-cutover"], ["policy-always-up-to-date"]])(
  "a forced failover in %s is 41985: the link can only be deleted",
  async (name) => {
    const world = worldOf(scenarioNamed(name));
    expect(await ask(world, "instance", forceFailover)).toMatchObject({ error: 41985 });
  },
);

describe("failing back", () => {
  test("moves the roles to SQL Server; an application that follows goes on there and loses no row", async () => {
    const world = worldOf(scenarioNamed("instance-primary"));
    expect(truth(world.state)).toMatchObject({ workloadRunning: true, primaries: ["instance"] });
    expect(await ask(world, "box", failover)).toMatchObject({ error: 47517 });
    expect(await askAndWait(world, "instance", failover)).toEqual({ outputs: [] });
    const before = truth(world.state).acknowledgedRows;
    world.advance(10_000);
    const { box, instance, acknowledgedRows, primaries } = truth(world.state);
    expect(primaries).toEqual(["box"]);
    expect(world.state.workload.server).toBe("box");
    expect(acknowledgedRows).toBeGreaterThan(before + 10);
    expect(box).toMatchObject({ updateability: "READ_WRITE", databaseState: "ONLINE" });
    expect(box.rows.hasEveryAcknowledged).toBe(true);
    expect(instance).toMatchObject({ role: "SECONDARY", updateability: "READ_ONLY" });
  });

  test("an application that does not follow stays where it was until somebody repoints it", async () => {
    const world = worldOf(scenarioNamed("instance-first-primary"));
    await askAndWait(world, "instance", failover);
    const before = truth(world.state).acknowledgedRows;
    world.advance(10_000);
    expect(truth(world.state).acknowledgedRows).toBe(before);
    expect(world.state.workload.server).toBe("instance");
    world.setWorkload(true);
    world.advance(10_000);
    expect(truth(world.state).acknowledgedRows).toBeGreaterThan(before + 10);
  });

  test("the log backup on SQL Server goes on where the instance's last one ended: its own msdb has a gap", async () => {
    const world = worldOf(scenarioNamed("instance-primary"));
    const [own, other] = [world.state.box, world.state.instance];
    world.advance(1_300_000);
    const byItself = other.backups.filter(({ type }) => type === "L");
    expect(byItself.length).toBe(3);
    const lastOwn = own.backups.at(-1)?.lastLsn ?? "";
    await askAndWait(world, "instance", failover);
    expect(await askAndWait(world, "box", backupLog)).not.toHaveProperty("error");
    const first = own.backups.at(-1)?.firstLsn ?? "";
    expect(first).toBe(byItself.at(-1)?.lastLsn);
    expect(BigInt(first)).toBeGreaterThan(BigInt(lastOwn));
    world.advance(1_300_000);
    expect(other.backups.filter(({ type }) => type === "L").length).toBe(3);
  });

  test("a copy that SQL Server never backed up has to be backed up in full before its log", async () => {
    const world = worldOf(scenarioNamed("instance-first-primary"));
    await askAndWait(world, "instance", failover);
    const before = await askAndWait(world, "box", backupLog);
    expect(before.error).toBe(3013);
    await askAndWait(world, "box", fullBackup);
    expect(await askAndWait(world, "box", backupLog)).not.toHaveProperty("error");
  });
});
