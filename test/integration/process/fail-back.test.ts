// There and back by the built command line, the second time killed in the middle: what the world says, and what the next start says.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { endRehearsals, failoversOf, rehearse, rolesOf } from "./rehearsal.ts";
import type { Rehearsal } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
afterAll(endRehearsals);

const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

/** The application writes a while where the primary is now, and stops. */
async function write(world: Rehearsal): Promise<void> {
  const { acknowledgedRows: before } = await world.truth();
  await world.control({ do: "workload", running: true });
  await world.until("rows were written", (truth) => truth.acknowledgedRows > before + 5);
  await world.control({ do: "workload", running: false });
}

test("a run to the instance and, without a word of the direction, one back: every row is home and each statement was sent once", async () => {
  const world = await rehearse("--speed", "5");
  const dba = world.operator();
  await world.control({ do: "workload", running: false });
  const there = await dba.start(["run", "--approve", await dba.hash()]).ended;
  expect(there.code, there.err).toBe(0);
  await world.until("the instance accepts writes", (truth) => {
    return truth.instance.updateability === "READ_WRITE" && truth.failover === null;
  });
  await write(world);

  const hash = await dba.hash();
  const back = await dba.start(["run", "--approve", hash]).ended;
  expect(back.code, back.err).toBe(0);
  expect(back.out).toContain("SQLBOX01 is primary and accepts writes");
  expect(back.out).toContain("Still to do: Resume the log backups on SQLBOX01 at once");
  const truth = await world.truth();
  expect(truth).toMatchObject({
    primaries: ["box"],
    box: { updateability: "READ_WRITE", health: "HEALTHY", rows: { hasEveryAcknowledged: true } },
    instance: { updateability: "READ_ONLY", health: "HEALTHY" },
  });
  expect(truth.changes.map(({ server, text, count }) => [server, text.slice(-9), count])).toEqual([
    ["box", " FAILOVER", 1],
    ["box", "NS = ALL)", 1],
    ["instance", " FAILOVER", 1],
  ]);
  const runs = join(dba.dataDir, "runs");
  const last = join(runs, readdirSync(runs).sort().at(-1) ?? "");
  expect(readdirSync(join(last, "scripts")).sort()).toEqual([
    "1-managed-instance.sql",
    "2-sql-server.sql",
    "failover.ps1",
    "failover.sh",
  ]);
  expect(readFileSync(join(last, "report.md"), "utf8")).toContain(
    "- Resume the log backups on SQLBOX01 at once",
  );
});

test("killed while FAILOVER runs on the instance: status says that it happened, and it is not sent again", async () => {
  const world = await rehearse();
  await world.control({ do: "workload", running: false });
  await world.control({ do: "fault", fault: { kind: "rolesMoved" } });
  await world.control({ do: "advance", ms: 60_000 });
  const dba = world.operator();
  const hash = await dba.hash();
  const run = dba.start(["run", "--approve", hash]);
  await world.until("the failover runs", (truth) => truth.failover !== null);
  await world.control({ do: "clock", speed: 0 });
  run.child.kill("SIGKILL");
  expect((await run.ended).code).toBeNull();
  await world.control({ do: "clock", speed: 1 });

  const status = await dba.start(["status"]).ended;
  expect(status.out).toContain(
    "A run was interrupted at step 2 of 3: Perform planned failover to SQL Server. The failover did happen. SQLBOX01 is primary.",
  );
  const again = await dba.start(["run", "--approve", hash]).ended;
  expect(again.err).toContain(`from SQLBOX01 to ${instance}. Nothing was sent.`);
  const truth = await world.truth();
  expect([status.code, again.code, failoversOf(truth), rolesOf(truth)]).toEqual([
    0,
    3,
    1,
    ["PRIMARY", "SECONDARY"],
  ]);
  expect(truth.box.rows.hasEveryAcknowledged).toBe(true);
});
