// The drills of a practice window over the estate's own control: put back, struck, ended when the goal is seen; and none anywhere else.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createDrills } from "../../../electron/drills/drills.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { DrillsView } from "../../../shared/drills/drill.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import { controlOf } from "../../fakes/control-of.ts";
import { inProcessWindow, practiceWindow } from "../../fakes/in-process-window.ts";

let estate: PracticeEstate;
let leave: () => void = () => undefined;
afterEach(async () => {
  leave();
  await estate.stop();
});

async function started(refuseStart: () => void = () => undefined) {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  const told: DrillsView[] = [];
  const drills = createDrills({
    control: controlOf(estate),
    clock: { ...realClock, wait: (_ms, signal) => realClock.wait(1, signal) },
    refuseStart,
    onChange: (view) => void told.push(view),
  });
  leave = () => {
    drills.leave();
  };
  return { drills, told };
}

describe("a drill", () => {
  test("ends by itself when the world says that its goal is reached, with the world's own figures", async () => {
    const { drills, told } = await started();
    await drills.start("sql-server-lost");
    expect(told.at(-1)?.underWay).toMatchObject({ name: "SQL Server is lost", help: null });
    estate.world.advance(45_000);
    estate.world.fault({ kind: "forced", server: "instance" });
    estate.world.advance(10_000);
    await vi.waitFor(() => {
      expect(drills.view().ended).not.toBeNull();
    });
    const now = truth(estate.world.state);
    expect(drills.view()).toMatchObject({
      underWay: null,
      ended: {
        number: 1,
        reached: true,
        tookMs: 55_000,
        world: { primaries: ["box", "instance"], gone: now.gone },
      },
    });
    const { ended } = drills.view();
    expect(ended?.world.box.rows.onlyHere).toBe(now.box.rows.onlyHere);
    expect(now.box.rows.onlyHere).toBeGreaterThanOrEqual(12);
    expect(ended?.closedMs).toBeGreaterThan(45_000);
    expect(ended?.closedMs).toBeLessThan(55_000);
    expect(told.at(-1)).toEqual(drills.view());
  });

  test("is ended by hand before that, and says so; the next one starts over", async () => {
    const { drills } = await started();
    await drills.start("sql-server-returns");
    expect(truth(estate.world.state).primaries).toEqual(["box", "instance"]);
    await drills.end();
    expect(drills.view().ended).toMatchObject({ number: 1, reached: false, closedMs: 0 });
    await drills.end();
    expect(drills.view().ended?.number).toBe(1);
    await drills.start("no-primary");
    expect(drills.view().ended).toBeNull();
    expect(truth(estate.world.state).primaries).toEqual([]);
  });

  test("under way is not replaced by another, and a run keeps one from starting", async () => {
    const { drills } = await started();
    await drills.start("no-primary");
    await expect(drills.start("sql-server-lost")).rejects.toMatchObject({
      problem: { code: "drillUnderWay" },
    });
    leave();
    await estate.stop();
    const running = new AppError({ code: "run", class: "block", summary: "", remedy: "" });
    const busy = await started(() => {
      throw running;
    });
    estate.world.fault({ kind: "forced", server: "instance" });
    await expect(busy.drills.start("no-primary")).rejects.toBe(running);
    estate.world.advance(10_000);
    expect(truth(estate.world.state).failovers).toHaveLength(1);
  });

  test("with somebody to ask has its help, and no other has", async () => {
    const { drills } = await started();
    await expect(drills.help()).rejects.toMatchObject({ problem: { code: "noHelp" } });
    await drills.start("writer-never-stops");
    estate.world.advance(5000);
    const writers = () => truth(estate.world.state).acknowledgedRows;
    const before = writers();
    estate.world.advance(5000);
    expect(writers()).toBeGreaterThan(before);
    await drills.help();
    estate.world.advance(2000);
    const after = writers();
    estate.world.advance(60_000);
    expect(writers()).toBe(after);
  });

  test("of no such name is refused, and the applications write and stop as asked", async () => {
    const { drills } = await started();
    await expect(drills.start("meteor")).rejects.toMatchObject({
      problem: { code: "noSuchDrill" },
    });
    for (const running of [false, true]) {
      await drills.workload(running);
      expect(truth(estate.world.state).workloadRunning).toBe(running);
    }
  });
});

test.each([
  ["for real servers", () => inProcessWindow()],
  ["that did not start its estate", () => practiceWindow(estate)],
])("a window %s refuses everything of drills", async (_which, open) => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  const window = open();
  const refused = { ok: false, error: { code: "noDrills" } };
  expect(await window.invoke("practice.drills", {})).toMatchObject(refused);
  expect(await window.invoke("practice.start", { drillId: "no-primary" })).toMatchObject(refused);
  expect(await window.invoke("practice.help", {})).toMatchObject(refused);
  expect(await window.invoke("practice.workload", { running: true })).toMatchObject(refused);
  expect(await window.invoke("practice.end", {})).toMatchObject(refused);
  await window.services.end();
});
