// A planned failover from its first phase to its end, and everything that can come between.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import { truth } from "../../../practice/world/truth.ts";
import { ask, askAndWait, failover, started, until, worldOf } from "./asking.ts";

describe("planned failover from SQL Server", () => {
  test("with the workload stopped it swaps the roles, keeps every row and ends asynchronous and READ_WRITE", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(2000);
    expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
    const { box, instance, acknowledgedRows, failovers } = truth(world.state);
    expect(acknowledgedRows).toBeGreaterThan(20);
    expect(failovers).toEqual([{ kind: "planned", to: "instance", outcome: "done" }]);
    expect(box).toMatchObject({
      role: "SECONDARY",
      updateability: "READ_ONLY",
      health: "HEALTHY",
      rows: { count: acknowledgedRows, hasEveryAcknowledged: true },
    });
    expect(instance).toMatchObject({
      role: "PRIMARY",
      updateability: "READ_WRITE",
      databaseState: "ONLINE",
      health: "HEALTHY",
      linkAvailabilityMode: { box: "ASYNCHRONOUS_COMMIT", instance: "ASYNCHRONOUS_COMMIT" },
      rows: { count: acknowledgedRows, highest: acknowledgedRows, missing: [] },
    });
  });

  test("goes through synchronizing, both sides RESOLVING, and a primary that is still starting when the statement returns", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(2000);
    const seen: string[] = [];
    const returned: true[] = [];
    const answer = ask(world, "box", failover).then(() => returned.push(true));
    await started();
    for (let step = 0; step < 100; step++) {
      const { box, instance, failover: phase } = truth(world.state);
      const line = [
        phase ?? "none",
        box.role,
        instance.role,
        instance.updateability,
        box.linkAvailabilityMode.box,
        returned.length > 0 ? "returned" : "waits",
      ].join(" ");
      if (seen.at(-1) !== line) seen.push(line);
      world.advance(100);
      await started();
    }
    await answer;
    expect(seen).toEqual([
      "synchronizing PRIMARY SECONDARY READ_ONLY SYNCHRONOUS_COMMIT waits",
      "resolving RESOLVING RESOLVING READ_ONLY SYNCHRONOUS_COMMIT waits",
      "starting SECONDARY PRIMARY READ_ONLY SYNCHRONOUS_COMMIT returned",
      "none SECONDARY PRIMARY READ_WRITE ASYNCHRONOUS_COMMIT returned",
    ]);
  });

  test("with writers still running it catches the last commit and fails what is open, acknowledging nothing of it", async () => {
    const world = worldOf(writerNeverStops);
    world.setWorkload(false);
    expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
    const { box, instance, acknowledgedRows } = truth(world.state);
    expect(acknowledgedRows).toBeGreaterThan(20);
    expect(instance.rows).toMatchObject({ hasEveryAcknowledged: true, missing: [] });
    expect(box.openTransactions).toBe(0);
    expect(world.state.box.sessions.filter(({ isUserProcess }) => isUserProcess)).toEqual([]);
  });

  test("back from the instance: the workload repointed there writes on, and its rows come home", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(2000);
    await askAndWait(world, "box", failover);
    world.setWorkload(true);
    world.advance(5000);
    const before = truth(world.state);
    world.setWorkload(false);
    world.advance(2000);
    expect(await askAndWait(world, "instance", failover)).toEqual({ outputs: [] });
    const after = truth(world.state);
    expect(after.acknowledgedRows).toBeGreaterThanOrEqual(before.acknowledgedRows);
    expect(before.acknowledgedRows).toBeGreaterThan(50);
    expect(after.box).toMatchObject({ role: "PRIMARY", rows: { hasEveryAcknowledged: true } });
  });

  test("a synchronous mode set before is asynchronous afterwards", async () => {
    const world = worldOf();
    for (const server of ["box", "instance"] as const) {
      await ask(world, server, {
        kind: "availabilityGroupModifyGroups",
        group: "link_adatum",
        members: ["AG_Adatum", "AG_Adatum_MI"].map((name) => ({
          name,
          options: new Map([["AVAILABILITY_MODE", "SYNCHRONOUS_COMMIT"]]),
        })),
      });
    }
    world.advance(2000);
    expect(truth(world.state).box.linkAvailabilityMode.instance).toBe("SYNCHRONOUS_COMMIT");
    await askAndWait(world, "box", failover);
    expect(truth(world.state).instance.linkAvailabilityMode).toEqual({
      box: "ASYNCHRONOUS_COMMIT",
      instance: "ASYNCHRONOUS_COMMIT",
    });
  });
});

describe("planned failover under way", () => {
  test("a link lost while synchronizing ends it with 47514 and the old roles", async () => {
    const world = worldOf();
    const answer = ask(world, "box", failover);
    await started();
    world.advance(500);
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(1000);
    expect(await answer).toMatchObject({ error: 47514 });
    const { box, instance } = truth(world.state);
    expect([box.role, box.updateability, instance.role]).toEqual([
      "PRIMARY",
      "READ_WRITE",
      "SECONDARY",
    ]);
    expect(box.linkAvailabilityMode.box).toBe("ASYNCHRONOUS_COMMIT");
  });

  test("a link lost for good while resolving ends it with 47514, and the workload goes on where it was", async () => {
    // A second of delay keeps the last rows on the way when the link breaks.
    const world = worldOf({ ...healthy, link: { ...healthy.link, networkDelayMs: 1000 } });
    const answer = ask(world, "box", failover);
    await started();
    until(world, () => world.state.failover?.phase === "resolving");
    expect(world.state.instance.copy.redone).toBeLessThan(world.state.box.copy.log.length);
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(70_000);
    expect(await answer).toMatchObject({ error: 47514 });
    const { box, acknowledgedRows } = truth(world.state);
    expect([box.role, box.updateability]).toEqual(["PRIMARY", "READ_WRITE"]);
    expect(box.rows.hasEveryAcknowledged).toBe(true);
    world.advance(10_000);
    expect(truth(world.state).acknowledgedRows).toBeGreaterThan(acknowledgedRows);
  });

  test.each([
    ["continues", "SECONDARY", "PRIMARY", "done"],
    ["cancelled", "PRIMARY", "SECONDARY", "cancelled"],
  ] as const)(
    "a connection lost while it resolves: the engine %s",
    async (failoverAfterLostConnection, box, instance, outcome) => {
      const world = worldOf(healthy, { failoverAfterLostConnection });
      const client = new AbortController();
      const answer = ask(world, "box", failover, client.signal);
      await started();
      until(world, () => world.state.failover?.phase === "resolving");
      client.abort(new Error("connection lost"));
      const isHeeded = failoverAfterLostConnection === "cancelled";
      if (isHeeded) await expect(answer).rejects.toThrow("connection lost");
      world.advance(20_000);
      if (!isHeeded) await answer;
      const { box: left, instance: right, failovers, changes } = truth(world.state);
      expect([left.role, right.role]).toEqual([box, instance]);
      expect(failovers.map((one) => one.outcome)).toEqual([outcome]);
      expect(changes.map((one) => one.outcomes)).toEqual([[outcome]]);
    },
  );

  test("a connection lost after the roles have switched cannot take them back", async () => {
    const world = worldOf(healthy, { failoverAfterLostConnection: "cancelled" });
    const client = new AbortController();
    const answer = ask(world, "box", failover, client.signal);
    await started();
    until(world, () => world.state.failover?.phase === "starting");
    client.abort(new Error("connection lost"));
    await Promise.allSettled([answer]);
    world.advance(20_000);
    expect(truth(world.state).instance).toMatchObject({
      role: "PRIMARY",
      updateability: "READ_WRITE",
    });
  });

  test("a restart of the primary while it resolves leaves the old roles and every row", async () => {
    const world = worldOf();
    const answer = ask(world, "box", failover);
    await started();
    until(world, () => world.state.failover?.phase === "resolving");
    world.fault({ kind: "restart", server: "box" });
    world.advance(30_000);
    expect(await answer).toMatchObject({ error: 47514 });
    expect(truth(world.state).box).toMatchObject({
      role: "PRIMARY",
      updateability: "READ_WRITE",
      databaseState: "ONLINE",
      rows: { hasEveryAcknowledged: true },
    });
  });

  test("a restart of the new primary while it starts only makes it start later", async () => {
    const world = worldOf();
    const answer = ask(world, "box", failover);
    await started();
    until(world, () => world.state.failover?.phase === "starting");
    world.fault({ kind: "restart", server: "instance" });
    world.advance(5000);
    expect(truth(world.state).instance.updateability).toBe("READ_ONLY");
    world.advance(10_000);
    await answer;
    expect(truth(world.state).instance).toMatchObject({
      role: "PRIMARY",
      updateability: "READ_WRITE",
      databaseState: "ONLINE",
    });
  });
});
