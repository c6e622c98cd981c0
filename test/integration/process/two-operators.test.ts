// Two operators at two computers: who is told what, and whose lock it is when a process is killed or a side goes silent.
import { hostname } from "node:os";
import { afterAll, describe, expect, test, vi } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { endRehearsals, rehearse } from "./rehearsal.ts";
import type { Rehearsal } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
afterAll(endRehearsals);

const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

/** The first operator waits at the gate with both locks held; the second has approved the same plan. */
async function both(world: Rehearsal) {
  const [first, second] = [world.operator(), world.operator()];
  const hash = await first.hash();
  const run = first.start(["run", "--approve", hash]);
  await run.line((line) => line.includes("still writing"));
  return { first, second, hash, run };
}

test.concurrent(
  "the second is told who holds the lock and changes nothing, and has it once the first one's process is killed",
  async () => {
    const world = await rehearse("--speed", "3");
    const { second, hash, run } = await both(world);
    const refused = await second.start(["run", "--approve", hash]).ended;
    expect(refused.err).toContain(`practice_dba on ${hostname()} with MI Link Failover, since `);
    expect(refused.err).toContain(
      "by that server's clock, is running a failover of LINK_Adatum. Another cannot be started.",
    );
    expect([refused.code, refused.out, (await world.truth()).changes]).toEqual([3, "", []]);

    run.child.kill("SIGKILL");
    await run.ended;
    await world.control({ do: "workload", running: false });
    const again = await second.start(["run", "--approve", hash]).ended;
    expect([again.code, complaintsOf(await world.truth())], again.err).toEqual([0, []]);
  },
);

describe.concurrent("one side that is gone", () => {
  test("is named to whoever starts, and nothing is changed", async () => {
    const world = await rehearse();
    const dba = world.operator();
    const hash = await dba.hash();
    await world.control({
      do: "fault",
      fault: { kind: "unreachable", server: "instance", on: true },
    });
    const run = await dba.start(["run", "--approve", hash]).ended;
    const status = await dba.start(["status"]).ended;
    expect([run.code, status.code, (await world.truth()).changes]).toEqual([1, 1, []]);
    const address = dba.options[dba.options.indexOf("--managed-instance") + 1] ?? "";
    expect(run.err).toContain(`${address} closed the connection while it was being made.`);
    expect(status.out).toContain(`Managed instance: ${address} cannot be reached.`);
    expect(status.out).toContain("SQL Server: SQLBOX01");
  });

  test("while the run waits is told with its lock; when it is back the lock is taken again, and the run succeeds", async () => {
    const world = await rehearse("--speed", "3");
    const { run } = await both(world);
    const gone = (on: boolean) =>
      world.control({ do: "fault", fault: { kind: "unreachable", server: "instance", on } });
    await gone(true);
    await run.line((line) => line.includes(`Lock lost on ${instance}: `));
    await gone(false);
    await run.line((line) => line.includes(`Locked on ${instance}`));
    await world.control({ do: "workload", running: false });
    const { code, err } = await run.ended;
    expect([code, complaintsOf(await world.truth())], err).toEqual([0, []]);
  });
});
