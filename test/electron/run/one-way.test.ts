// Moves that remove the link, from end to end over real TDS and the real ARM of the practice estate.
import { describe, expect, test, vi } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { RemovalChoices } from "../../../shared/choices/choices.ts";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import { buildReport } from "../../../shared/report/build.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { fault } from "../azure/practice-azure.ts";
import { openRun, toItsEnd } from "./practice-azure-run.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const understood: RemovalChoices = { ...defaultRemoval, understood: true };

describe("SQL Server 2019, one way", () => {
  test("moves by the DELETE while the gate is open, then drops the distributed group", async () => {
    const opened = await openRun("sql2019-cutover", { keepLink: false, removal: understood });
    const { end, world, events } = await toItsEnd(opened);
    expect([end.outcome, end.summary]).toEqual(["succeeded", expect.stringContaining("removed")]);
    expect(world.linkOperations).toEqual([
      { server: "instance", text: "PATCH replicationMode Sync", count: 1, outcomes: ["done"] },
      { server: "instance", text: "DELETE", count: 1, outcomes: ["done"] },
    ]);
    expect(world.box).toMatchObject({ linkDropped: true, localGroupDropped: false });
    expect(world.instance).toMatchObject({
      linkDropped: true,
      updateability: "READ_WRITE",
      rows: { hasEveryAcknowledged: true },
    });
    expect(events.filter(({ kind }) => kind === "operationAccepted")).toHaveLength(2);
    const report = buildReport(foldEvents(events));
    expect(report?.proved.slice(0, 3)).toEqual([
      "SQLBOX01 says it has no link LINK_Adatum.",
      "SQLBOX01 still has the availability group AG_Adatum.",
      "Adatum is READ_WRITE, SYNCHRONIZED on SQLBOX01.",
    ]);
    expect(report?.proved.at(-1)).toBe("Azure answers 404 for the link LINK_Adatum.");
    expect(report?.afterMigration?.map(({ sentence }) => sentence).join("\n")).toMatch(
      /compatibility level 150 until you raise it.*160[^]*\nadatum_report of Adatum has no login on sqlmi1/u,
    );
  });

  test("drops the group and closes the old copy where that was ticked", async () => {
    const removal = { ...understood, dropGroup: true };
    const opened = await openRun("sql2019-cutover", { keepLink: false, removal });
    const { end, world } = await toItsEnd(opened);
    expect(end.outcome).toBe("succeeded");
    expect(world.box).toMatchObject({ localGroupDropped: true, updateability: "READ_ONLY" });
  });
});

describe("SQL Server 2019, one way, that goes wrong", () => {
  test("is taken back when its budget is over at the gate: commit mode as before, nothing deleted", async () => {
    const choices = { keepLink: false, removal: understood, budgetSeconds: 30 };
    const { estate, run } = await openRun("sql2019-cutover", choices);
    const answer = await run.start(await run.plan());
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome).toBe("notReady");
    expect(answer.end.summary).toContain(
      "Taken back and read back: Alter SQL Server link replication mode to Synchronous.",
    );
    const world = truth(estate.world.state);
    expect(world.linkOperations.map(({ text }) => text)).toEqual([
      "PATCH replicationMode Sync",
      "PATCH replicationMode Async",
    ]);
    expect(world.box.linkAvailabilityMode).toEqual({
      box: "ASYNCHRONOUS_COMMIT",
      instance: "ASYNCHRONOUS_COMMIT",
    });
    expect(world.primaries).toEqual(["box"]);
  });

  test("drops nothing when the DELETE fails, and says so", async () => {
    const opened = await openRun("sql2019-cutover", { keepLink: false, removal: understood });
    const { end, world } = await toItsEnd(opened, (event) => {
      if (event.kind !== "stepBegan" || !event.stepId.endsWith("wait-for-gate")) return;
      fault(opened.estate, "armFault", {
        kind: "operationFails",
        code: "ManagedInstanceIsBusy",
        carriedOut: false,
      });
    });
    expect(end.outcome).toBe("failed");
    expect(world.box).toMatchObject({ linkDropped: false });
    expect(world.linkOperations.at(-1)).toMatchObject({ text: "DELETE", count: 1 });
  });

  test("names the loss at risk where somebody wrote to the old copy after the move, and drops no group", async () => {
    const removal = { ...understood, dropGroup: true };
    const opened = await openRun("sql2019-cutover", { keepLink: false, removal });
    const { end, world } = await toItsEnd(opened, (event) => {
      const isGone = event.kind === "stepEnded" && event.stepId.endsWith("remove-link");
      if (isGone) opened.estate.world.setWorkload(true);
    });
    expect(end.summary).toContain("Loss at risk: Adatum on SQLBOX01 was written after the move");
    expect(world.box).toMatchObject({ linkDropped: true, localGroupDropped: false });
  });

  test("says that it did not see who, where each transaction was over before it looked", async () => {
    const opened = await openRun("sql2019-cutover", { keepLink: false, removal: understood });
    const { end, world } = await toItsEnd(opened, (event) => {
      const isGone = event.kind === "stepEnded" && event.stepId.endsWith("remove-link");
      if (isGone) opened.estate.world.fault({ kind: "userCommits", server: "box", rows: 1 });
    });
    expect(end.summary).toContain(
      "Loss at risk: Adatum on SQLBOX01 was written after the move, by whom is not known: no transaction was open at any look.",
    );
    expect(world.instance.rows.hasEveryAcknowledged).toBe(false);
  });
});

describe("SQL Server 2022, one way", () => {
  test("fails over, waits for the first full backup, and removes the link only then", async () => {
    const opened = await openRun("healthy", { keepLink: false });
    let backupsAtDelete = -1;
    const { end, world } = await toItsEnd(opened, (event) => {
      if (event.kind === "stepProgress" && event.stepId.endsWith("wait-for-full-backup")) {
        opened.estate.world.advance(60_000);
      }
      if (event.kind === "stepBegan" && event.stepId.endsWith("remove-link")) {
        backupsAtDelete = truth(opened.estate.world.state).instance.backups.full;
      }
    });
    expect(end.outcome, end.summary).toBe("warning");
    expect(end.summary).toContain("Adatum on SQLBOX01 is ONLINE, READ_ONLY, NOT SYNCHRONIZING.");
    expect(backupsAtDelete).toBe(1);
    expect(world.linkOperations).toMatchObject([{ text: "DELETE", count: 1 }]);
    expect(world.box).toMatchObject({ linkDropped: true, localGroupDropped: false });
    expect(world.instance).toMatchObject({ updateability: "READ_WRITE" });
  });

  test("keeps the link when the wait for the backup is stopped", async () => {
    const opened = await openRun("healthy", { keepLink: false });
    opened.estate.world.fault({ kind: "noAutomaticBackups", on: true });
    const { end, world } = await toItsEnd(opened, (event) => {
      const waits = event.kind === "stepProgress" && event.stepId.endsWith("wait-for-full-backup");
      if (waits) opened.run.stop.abort();
    });
    expect(end.outcome).toBe("stopped");
    expect(end.summary).toContain("The failover is done, and the link stays.");
    expect(world.primaries).toEqual(["instance"]);
    expect(world.linkOperations).toEqual([]);
  });
});

describe("from the instance, asked of Azure", () => {
  test("fails over by one POST", async () => {
    const opened = await openRun("instance-primary", { failoverBy: "arm" }, "box");
    const { end, world } = await toItsEnd(opened);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(world.primaries).toEqual(["box"]);
    expect(world.linkOperations).toMatchObject([{ text: "POST failover Planned", count: 1 }]);
  });

  test("falls back to T-SQL where the role may not fail over (403), and says so", async () => {
    const opened = await openRun("instance-primary", { failoverBy: "arm" }, "box");
    fault(opened.estate, "armFault", {
      kind: "role",
      upn: "dana@adatum.example",
      role: "linkOperator",
    });
    const { end, world, events } = await toItsEnd(opened);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(world.primaries).toEqual(["box"]);
    expect(world.linkOperations).toEqual([]);
    const told = events.flatMap((event) => (event.kind === "stepEnded" ? [event.summary] : []));
    expect(told.join(" ")).toContain("so FAILOVER was sent to");
  });
});
