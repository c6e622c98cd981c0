// A planned failover from end to end over real TDS, and the world's own word for it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { buildReport } from "../../../shared/report/build.ts";
import { readJournal } from "../../../electron/run/read-journal.ts";
import { practiceRun } from "../../fakes/practice-run.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: TimedEstate;

beforeEach(async () => {
  estate = await startTimedEstate({ scenario: "healthy" });
});
afterEach(() => estate.stop());

/** Statements of ours that change something, as the world received them. */
function changing(): readonly string[] {
  return estate.world.state.statements
    .filter((one) => one.text.includes("ALTER AVAILABILITY GROUP"))
    .map((one) => `${one.server} ${one.outcome}`);
}

describe("a planned failover of a healthy link", () => {
  test("waits for the workload, swaps the roles, proves it, and sends each statement once", async () => {
    const run = await practiceRun(estate, estate.clock);
    const planning = await run.plan();
    expect(planning.findings.filter((finding) => finding.blocks)).toEqual([]);
    const answer = await run.start(planning, (event) => {
      if (event.kind === "stepProgress" && event.stepId.endsWith("wait-for-gate")) {
        estate.world.setWorkload(false);
      }
    });
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    const report = buildReport(foldEvents(answer.events));
    expect([answer.end, report?.proved.length]).toEqual([
      { outcome: "succeeded", summary: expect.any(String) as string },
      8,
    ]);
    expect(changing()).toEqual(["box done", "box done"]);
    expect(readJournal(answer.files.journalFile).events).toEqual(answer.events);
    const { state } = estate.world;
    expect([state.box.linkRole, state.instance.linkRole]).toEqual(["SECONDARY", "PRIMARY"]);
    await run.close();
  });

  test("is refused when a role moves between the approval and the start, and nothing is sent", async () => {
    const run = await practiceRun(estate, estate.clock);
    const planning = await run.plan();
    estate.world.fault({ kind: "rolesMoved" });
    estate.world.advance(60_000);
    const answer = await run.start(planning);
    expect(answer).toMatchObject({
      kind: "refused",
      problem: {
        code: "planNoLongerFits",
        summary:
          "The plan no longer fits: SQLBOX01 was PRIMARY when it was approved and is SECONDARY now. Nothing was sent.",
      },
    });
    expect(changing()).toEqual([]);
    await run.close();
  });

  test("whose connection is cut while it works ends in a true statement, and is sent once", async () => {
    const run = await practiceRun(estate, estate.clock);
    estate.world.setWorkload(false);
    const answer = await run.start(await run.plan(), (event) => {
      if (event.kind === "stepProgress" && event.stepId.endsWith("failover")) {
        estate.world.fault({ kind: "dropConnections", server: "box" });
      }
    });
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    const isMoved = estate.world.state.instance.linkRole === "PRIMARY";
    expect(answer.end.outcome).toBe(isMoved ? "warning" : "failed");
    expect(changing().filter((one) => one.startsWith("box")).length).toBeLessThanOrEqual(2);
    await run.close();
  });
});

/** The instance is primary, and the application writes there. */
function movedToInstance(): void {
  const { world } = estate;
  world.setWorkload(false);
  world.advance(2_000);
  world.fault({ kind: "rolesMoved" });
  world.advance(60_000);
  world.setWorkload(true);
  world.advance(10_000);
}

describe("a planned failover back to SQL Server", () => {
  test("waits for the workload on the instance, sends FAILOVER there once, and loses no acknowledged row", async () => {
    movedToInstance();
    const written = estate.world.state.acknowledgedRows.length;
    const run = await practiceRun(estate, estate.clock, "box");
    const planning = await run.plan();
    expect(planning.findings.filter((finding) => finding.blocks)).toEqual([]);
    const answer = await run.start(planning, (event) => {
      if (event.kind === "stepProgress" && event.stepId.endsWith("wait-for-gate")) {
        estate.world.setWorkload(false);
      }
    });
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end).toEqual({
      outcome: "succeeded",
      summary: expect.stringContaining("SQLBOX01 is primary and accepts writes") as string,
    });
    const report = buildReport(foldEvents(answer.events));
    expect(report?.proved.length).toBe(8);
    expect(report?.proved.filter((sentence) => sentence.includes("commit mode"))).toEqual([
      "SQLBOX01 shows commit mode ASYNCHRONOUS_COMMIT for AG_Adatum and AG_Adatum_MI.",
      "sqlmi1.a0b1c2d3e4f5.database.windows.net shows commit mode ASYNCHRONOUS_COMMIT for AG_Adatum and AG_Adatum_MI.",
    ]);
    expect(report?.toDo.at(-1)).toContain("Resume the log backups on SQLBOX01 at once");
    const told = truth(estate.world.state);
    expect(told.acknowledgedRows).toBeGreaterThan(written);
    expect(told).toMatchObject({
      primaries: ["box"],
      box: { updateability: "READ_WRITE", health: "HEALTHY", rows: { hasEveryAcknowledged: true } },
      instance: { updateability: "READ_ONLY", health: "HEALTHY" },
    });
    expect(changing()).toEqual(["instance done"]);
    await run.close();
  });

  test("ends as failed with the engine's own reason where it refuses, and is sent once", async () => {
    movedToInstance();
    estate.world.setWorkload(false);
    estate.world.fault({ kind: "failoverOutcome", error: 41979, rolesMoved: "none" });
    const run = await practiceRun(estate, estate.clock, "box");
    const answer = await run.start(await run.plan());
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome).toBe("failed");
    expect(answer.end.summary).toContain("encrypted with a service-managed key");
    expect([truth(estate.world.state).primaries, changing()]).toEqual([
      ["instance"],
      ["instance error"],
    ]);
    await run.close();
  });

  test("whose connection to the instance is cut while it works is looked after and not sent again", async () => {
    movedToInstance();
    estate.world.setWorkload(false);
    const run = await practiceRun(estate, estate.clock, "box");
    const answer = await run.start(await run.plan(), (event) => {
      if (event.kind === "stepProgress" && estate.world.state.failover !== null) {
        estate.world.fault({ kind: "dropConnections", server: "instance" });
      }
    });
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    const { primaries, box } = truth(estate.world.state);
    expect([answer.end.outcome, primaries, box.rows.hasEveryAcknowledged]).toEqual([
      "warning",
      ["box"],
      true,
    ]);
    expect(changing()).toHaveLength(1);
    await run.close();
  });
});
