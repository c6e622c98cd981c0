// A run whose process is really killed, phase by phase: what the next start says is what the world says, and FAILOVER is never sent again.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test, vi } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { endRehearsals, failoversOf, rehearse, rolesOf } from "./rehearsal.ts";
import type { Operator, Rehearsal } from "./rehearsal.ts";
import type { Started } from "../../fakes/started-program.ts";

// Looking after a lost statement takes 10 s and more by itself, and several of these run at once.
vi.setConfig({ testTimeout: 180_000 });
afterAll(endRehearsals);

interface Killed {
  readonly world: Rehearsal;
  readonly dba: Operator;
  readonly hash: string;
}

/** A run under way, the application stopped unless said otherwise. */
async function running(
  world: Rehearsal,
  workload: "running" | "stopped",
): Promise<Killed & { readonly run: Started }> {
  const dba = world.operator();
  const hash = await dba.hash();
  await world.control({ do: "workload", running: workload === "running" });
  return { world, dba, hash, run: dba.start(["run", "--approve", hash]) };
}

async function kill(run: Started): Promise<void> {
  run.child.kill("SIGKILL");
  expect((await run.ended).code).toBeNull();
}

function step(number: number): (line: string) => boolean {
  return (line) => line.includes(`Step ${String(number)} of 4:`);
}

/** A run that is killed while the engine is in this phase; the world stands still from then on. */
async function killedWhile(
  phase: "synchronizing" | "resolving",
  setting: "continues" | "cancelled",
): Promise<Killed> {
  const world = await rehearse("--set", `failoverAfterLostConnection=${setting}`);
  const it = await running(world, "stopped");
  await world.until("the last commit is on both sides", ({ box, instance }) => {
    return box.openTransactions === 0 && instance.rows.highest === box.rows.highest;
  });
  // Slow enough that no phase passes between two questions.
  await world.control({ do: "clock", speed: 0.1 });
  await it.run.line(step(2));
  await world.until("the failover runs", (truth) => truth.failover === "synchronizing");
  await world.control({ do: "clock", speed: 0 });
  if (phase === "resolving") await world.control({ do: "advance", ms: 2000 });
  expect((await world.truth()).failover).toBe(phase);
  await kill(it.run);
  return it;
}

test.concurrent(
  "killed at the gate: nothing was sent, status says so, and a new run succeeds",
  async () => {
    const { world, dba, hash, run } = await running(await rehearse("--speed", "3"), "running");
    await run.line((line) => line.includes("still writing"));
    await kill(run);

    const status = await dba.start(["status"]).ended;
    expect(status.out).toContain(
      "A run was interrupted at step 1 of 4: Wait until both sides hold the same log. The failover did not happen. SQLBOX01 is still primary.",
    );
    expect([status.code, (await world.truth()).changes]).toEqual([0, []]);

    await world.control({ do: "workload", running: false });
    const again = await dba.start(["run", "--approve", hash]).ended;
    expect([again.code, complaintsOf(await world.truth())], again.err).toEqual([0, []]);
    expect(again.out).not.toContain("interrupted");
  },
);

describe.concurrent("killed while FAILOVER runs on the server", () => {
  test.each(["synchronizing", "resolving"] as const)(
    "%s, and the engine goes on: status says that it happened, and run that the approved plan is over",
    async (phase) => {
      const { world, dba, hash } = await killedWhile(phase, "continues");
      await world.control({ do: "clock", speed: 1 });
      const status = await dba.start(["status"]).ended;
      expect(status.out).toContain(
        "A run was interrupted at step 2 of 4: Perform planned failover to SQL Managed Instance. The failover did happen.",
      );
      expect(status.code).toBe(0);
      const report = /^ *Report: (.*)$/m.exec(status.out)?.[1] ?? "";
      expect(readFileSync(report, "utf8")).toMatch(/^- .*: It happened\. A run was interrupted/m);
      const again = await dba.start(["run", "--approve", hash]).ended;
      expect(again.err).toContain(
        "from sqlmi1.a0b1c2d3e4f5.database.windows.net to SQLBOX01. Nothing was sent.",
      );
      const forward = await dba.start(["run", "--to", "instance", "--approve", hash]).ended;
      expect(forward.out).toContain(
        "Failed   sqlmi1.a0b1c2d3e4f5.database.windows.net is PRIMARY already and SQLBOX01 is SECONDARY.",
      );
      expect(forward.code).toBe(3);
      const truth = await world.truth();
      expect([again.code, failoversOf(truth), rolesOf(truth)]).toEqual([
        3,
        1,
        ["SECONDARY", "PRIMARY"],
      ]);
    },
  );

  test("which is not at its end yet: run says so, starts nothing, and the end is told once it is there", async () => {
    const { world, dba, hash } = await killedWhile("synchronizing", "continues");
    const again = await dba.start(["run", "--approve", hash]).ended;
    expect(again.out).toContain(
      "Perform planned failover to SQL Managed Instance. The server still works on the statement.",
    );
    expect(again.out).toContain("No new run is started before this is known.");
    expect([again.code, rolesOf(await world.truth())]).toEqual([4, ["PRIMARY", "SECONDARY"]]);
    await world.control({ do: "advance", ms: 60_000 });
    const status = await dba.start(["status"]).ended;
    expect(status.out).toContain("The failover did happen.");
    expect([status.code, failoversOf(await world.truth())]).toEqual([0, 1]);
  });

  test.each(["synchronizing", "resolving"] as const)(
    "%s, and the engine takes it back: run says that it did not happen, and sends nothing",
    async (phase) => {
      const { world, dba, hash } = await killedWhile(phase, "cancelled");
      await world.control({ do: "clock", speed: 1 });
      const again = await dba.start(["run", "--approve", hash]).ended;
      expect(again.out).toContain(
        "A run was interrupted at step 2 of 4: Perform planned failover to SQL Managed Instance. The failover did not happen. SQLBOX01 is still primary.",
      );
      const truth = await world.truth();
      expect([again.code, failoversOf(truth), rolesOf(truth)]).toEqual([
        1,
        1,
        ["PRIMARY", "SECONDARY"],
      ]);
      const status = await dba.start(["status"]).ended;
      expect(status.code).toBe(0);
      expect(status.out).not.toContain("interrupted");
    },
  );
});

describe.concurrent("killed after FAILOVER", () => {
  test("while the new primary still starts: status says that it happened and names what is left", async () => {
    const { world, dba, hash, run } = await running(await rehearse(), "stopped");
    await run.line(step(3));
    await kill(run);
    const status = await dba.start(["status"]).ended;
    expect(status.out).toContain(
      "A run was interrupted at step 3 of 4: Verify the roles on both sides. The failover did happen",
    );
    expect(status.out).toContain(
      "  Still to do: Enable SQL Server to allow connections for Secondary role on SQLBOX01",
    );
    const again = await dba.start(["run", "--approve", hash]).ended;
    const truth = await world.truth();
    expect([status.code, again.code, failoversOf(truth), rolesOf(truth)]).toEqual([
      0,
      3,
      1,
      ["SECONDARY", "PRIMARY"],
    ]);
  });

  test("in the last step: the next start says of it what SQL Server's group says", async () => {
    const { world, dba, run } = await running(await rehearse("--speed", "5"), "stopped");
    await run.line(step(4));
    await kill(run);
    const next = await dba.start(["run"]).ended;
    const truth = await world.truth();
    const isSet = truth.box.secondaryAllowConnections === "ALL";
    expect(next.out.includes("Still to do: Enable SQL Server")).toBe(!isSet);
    expect(next.out).toContain("A run was interrupted at step 4 of 4:");
    expect([next.code, failoversOf(truth)]).toEqual([0, 1]);
  });
});
