// The application's sessions: begin, commit, stop, KILL, come back.
import { describe, expect, test } from "vitest";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import type { WorkloadSession } from "../../../practice/world/state.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import { ask, until, worldOf } from "./asking.ts";

function users(world: World): readonly WorkloadSession[] {
  return world.state.box.sessions.filter(({ isUserProcess }) => isUserProcess);
}

describe("the application", () => {
  test("opens a transaction with a begin LSN after the last block, writes, and commits the next row", () => {
    const world = worldOf();
    until(world, () => users(world).some(({ openTransaction }) => openTransaction !== null));
    const [open] = users(world).filter(({ openTransaction }) => openTransaction !== null);
    expect(open?.openTransaction).toMatchObject({ logBytes: 4096 });
    expect(open?.openTransaction?.beginLsn).toMatch(/^\d{25}$/);
    const before = world.state.nextRow;
    until(world, () =>
      users(world).every((one) => one.sessionId !== open?.sessionId || !one.openTransaction),
    );
    expect(world.state.nextRow).toBeGreaterThan(before);
    expect(world.state.acknowledgedRows.at(-1)?.row).toBe(world.state.nextRow - 1);
  });

  test("rows are numbered from 1 without a gap and about four a second", () => {
    const world = worldOf();
    world.advance(50_000);
    const rows = world.state.acknowledgedRows.map(({ row }) => row);
    expect(rows).toEqual(rows.map((_row, index) => index + 1));
    expect(rows.length).toBeGreaterThan(220);
    expect(rows.length).toBeLessThan(260);
  });

  test("stopped in the middle of a transaction commits it, then leaves or stays idle, and no row follows", () => {
    const world = worldOf();
    until(world, () => users(world).some(({ openTransaction }) => openTransaction !== null));
    const before = truth(world.state);
    world.setWorkload(false);
    world.advance(1000);
    const after = truth(world.state);
    expect(after.acknowledgedRows).toBeGreaterThan(before.acknowledgedRows);
    expect(users(world).map(({ host, openTransaction }) => [host, openTransaction])).toEqual([
      ["WEB02", null],
    ]);
    world.advance(60_000);
    expect(truth(world.state).acknowledgedRows).toBe(after.acknowledgedRows);
    expect(after.workloadLastRanMs - (after.lastAcknowledgedMs ?? 0)).toBeLessThan(1000);
  });

  test("killed in a transaction loses it unacknowledged and comes back later under another number", () => {
    const world = worldOf();
    const open = (): WorkloadSession | undefined =>
      users(world).find(({ openTransaction }) => openTransaction !== null);
    until(world, () => open() !== undefined);
    const victim = open();
    const sessionId = victim?.sessionId ?? 0;
    expect(world.killWorkloadSession("box", sessionId)).toBe(true);
    expect(world.killWorkloadSession("box", sessionId)).toBe(false);
    expect(users(world).length).toBe(2);
    world.advance(6000);
    expect(users(world).length).toBe(3);
    expect(users(world).map((one) => one.sessionId)).not.toContain(sessionId);
    expect(truth(world.state).box.rows.count).toBe(truth(world.state).acknowledgedRows);
  });

  test("a writer that never stops writes on after the stop and returns after KILL, unless its login is disabled", async () => {
    const world = worldOf(writerNeverStops);
    world.setWorkload(false);
    world.advance(3000);
    const writer = (): WorkloadSession | undefined =>
      users(world).find(({ login }) => login === "adatum_import");
    const before = truth(world.state).acknowledgedRows;
    world.advance(5000);
    expect(truth(world.state).acknowledgedRows).toBeGreaterThan(before);
    world.killWorkloadSession("box", writer()?.sessionId ?? 0);
    expect(writer()).toBeUndefined();
    world.advance(3000);
    expect(writer()).toBeDefined();
    await ask(world, "box", { kind: "alterLogin", login: "ADATUM_IMPORT", action: "DISABLE" });
    world.killWorkloadSession("box", writer()?.sessionId ?? 0);
    world.advance(20_000);
    expect(writer()).toBeUndefined();
    await ask(world, "box", { kind: "alterLogin", login: "adatum_import", action: "ENABLE" });
    world.advance(1000);
    expect(writer()).toBeDefined();
  });

  test("started again with its logins disabled it makes no session and no row, until they are enabled", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(3000);
    const alter = async (action: "DISABLE" | "ENABLE") => {
      for (const login of ["adatum_web", "adatum_batch"]) {
        await ask(world, "box", { kind: "alterLogin", login, action });
      }
    };
    await alter("DISABLE");
    expect(truth(world.state).box.disabledLogins).toEqual(["adatum_batch", "adatum_web"]);
    const open = users(world).map(({ sessionId }) => sessionId);
    expect(open).toHaveLength(1);
    for (const sessionId of open) world.killWorkloadSession("box", sessionId);
    const before = truth(world.state).box.rows;
    world.setWorkload(true);
    world.advance(20_000);
    expect(users(world)).toEqual([]);
    expect(truth(world.state).box.rows).toEqual(before);
    await alter("ENABLE");
    world.advance(5000);
    expect(truth(world.state).box).toMatchObject({ disabledLogins: [] });
    expect(truth(world.state).box.rows.count).toBeGreaterThan(before.count);
  });

  test("a server cut off from its clients loses the application, and gets it back", () => {
    const world = worldOf();
    world.fault({ kind: "unreachable", server: "box", on: true });
    world.advance(10_000);
    expect(users(world)).toEqual([]);
    expect(world.state.box.reachable).toBe(false);
    world.fault({ kind: "unreachable", server: "box", on: false });
    world.advance(6000);
    expect(users(world).length).toBe(3);
  });

  test("the system task's transaction is no user process and is seen open before it commits", () => {
    const world = worldOf({
      ...writerNeverStops,
      workload: { ...writerNeverStops.workload, systemCommitEveryMs: 1000 },
    });
    const system = (): WorkloadSession | undefined =>
      world.state.box.sessions.find(({ isUserProcess }) => !isUserProcess);
    let open = 0;
    for (let step = 0; step < 100; step++) {
      world.advance(10);
      if (system()?.openTransaction) open++;
    }
    expect(open).toBeGreaterThan(10);
    expect(open).toBeLessThan(30);
  });
});
