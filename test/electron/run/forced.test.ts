// Forced failovers from end to end over real TDS: SQL Server or the instance gone, or alive after all. The world is asked.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { verdictOf } from "../../../shared/forced/watch.ts";
import type { ForcedRun } from "../../fakes/forced-run.ts";
import { buildReport } from "../../../shared/report/build.ts";
import { reportToMarkdown } from "../../../shared/report/to-markdown.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 120_000 });

const open: { readonly run: ForcedRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

async function opened(
  to: Side,
  scenario = "healthy",
  choices: Parameters<typeof forcedRun>[3] = {},
) {
  const estate = await startTimedEstate({ scenario });
  const run = await forcedRun(estate, estate.clock, to, choices);
  open.push({ run, estate });
  const fault = (one: object) => estate.control({ do: "fault", fault: one });
  return { run, estate, fault, told: () => truth(estate.world.state) };
}

/** The server of that side is lost: nobody reaches it, and the link neither. */
function lose(fault: (one: object) => unknown, server: Side): void {
  fault({ kind: "linkDisconnected", on: true });
  fault({ kind: "unreachable", server, on: true });
}

describe("SQL Server is gone", () => {
  test("the instance is watched, forced once and proved, and what is lost was said before", async () => {
    const { run, estate, fault, told } = await opened("instance");
    estate.world.advance(20_000);
    lose(fault, "box");
    estate.world.advance(30_000);
    const watch = await run.watch();
    expect(verdictOf(watch).kind).toBe("quiet");
    const planning = await run.plan(watch);
    expect(planning.findings.filter(({ blocks }) => blocks)).toEqual([]);
    const { plan } = planning.approved ?? {};
    expect(plan?.loss?.[0]).toMatch(
      /^Adatum: everything committed on \S+ after \d{4}-\d\d-\d\dT\S+ is lost\. That is \S+'s own clock/,
    );
    expect(told().changes).toEqual([]);
    const answer = await run.start(planning);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end).toEqual({
      outcome: "succeeded",
      summary: expect.stringContaining("still takes itself for the primary") as string,
    });
    const report = buildReport(foldEvents(answer.events));
    expect(report?.toDo).toContainEqual(
      expect.stringContaining("ALTER AVAILABILITY GROUP [LINK_Adatum] SET (ROLE = SECONDARY);"),
    );
    expect(report && reportToMarkdown(report)).toContain("## What was given up, as stated before");
    expect(told()).toMatchObject({
      primaries: ["box", "instance"],
      instance: { updateability: "READ_WRITE" },
    });
    expect(told().changes).toEqual([
      {
        server: "instance",
        text: "ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS",
        count: 1,
        outcomes: ["done"],
      },
    ]);
  });
});

describe("the instance is gone", () => {
  test("SQL Server is forced by T-SQL", async () => {
    const { run, fault, estate, told } = await opened("box", "instance-primary");
    lose(fault, "instance");
    estate.world.advance(30_000);
    const planning = await run.plan(await run.watch());
    const answer = await run.start(planning);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome).toBe("succeeded");
    expect(told()).toMatchObject({
      primaries: ["box", "instance"],
      box: { updateability: "READ_WRITE" },
    });
  });
});

describe("SQL Server is alive", () => {
  test("it is seen at once, planned is proposed, and nothing is planned without a reason", async () => {
    const { run } = await opened("instance");
    const watch = await run.watch();
    expect(verdictOf(watch).kind).toBe("alive");
    const planning = await run.plan(watch);
    expect(planning.approved).toBeUndefined();
    expect(planning.findings.filter(({ blocks }) => blocks)).toMatchObject([
      {
        check: "alive",
        summary: expect.stringMatching(
          /is alive: sqlmi1\S* is still receiving its log\. Forcing now makes two primaries\./,
        ) as string,
        remedy: expect.stringContaining("Fail over planned") as string,
      },
    ]);
  });

  test("a link that comes back after the approval ends the run in its first step, and nothing is sent", async () => {
    const { run, fault, estate, told } = await opened("instance");
    lose(fault, "box");
    estate.world.advance(30_000);
    const planning = await run.plan(await run.watch());
    fault({ kind: "linkDisconnected", on: false });
    estate.world.advance(30_000);
    const answer = await run.start(planning);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome).toBe("failed");
    expect(answer.end.summary).toContain("Forcing now makes two primaries.");
    expect([told().changes, told().primaries]).toEqual([[], ["box"]]);
  });

  test("a link that comes back while the statement waits is refused by the statement itself", async () => {
    const { run, fault, estate, told } = await opened("instance");
    lose(fault, "box");
    estate.world.advance(30_000);
    const planning = await run.plan(await run.watch());
    const answer = await run.start(planning, (event) => {
      if (event.kind !== "stepBegan" || event.stepId !== "2-force") return;
      fault({ kind: "linkDisconnected", on: false });
    });
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect([answer.end.outcome, told().changes, told().primaries]).toEqual(["failed", [], ["box"]]);
    const forced = answer.events.find(
      (event) => event.kind === "stepEnded" && event.stepId === "2-force",
    );
    expect(JSON.stringify(forced)).toMatch(/the primary is alive.*Forcing now makes two primaries/);
  });

  test("it is forced all the same with a typed reason, which is in the plan", async () => {
    const reason = "Drill of 21 November, agreed with the owner of Adatum.";
    const { run, told } = await opened("instance", "healthy", { despite: ["alive"], reason });
    const planning = await run.plan(await run.watch());
    expect(planning.approved?.plan.reason).toBe(reason);
    expect(planning.approved?.plan.loss?.[0]).toContain("how much is not known before");
    const answer = await run.start(planning);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome, answer.end.summary).toBe("succeeded");
    expect(told().primaries).toEqual(["box", "instance"]);
  });

  test("an empty reason is none", async () => {
    const { run } = await opened("instance", "healthy", { despite: ["alive"], reason: " " });
    expect((await run.plan()).approved).toBeUndefined();
  });
});

test("data movement that was suspended needs a reason, and locks nothing with it", async () => {
  const { run, fault, estate } = await opened("instance");
  fault({ kind: "suspended", server: "instance", on: true });
  lose(fault, "box");
  estate.world.advance(30_000);
  const watch = await run.watch();
  const blocking = (await run.plan(watch)).findings.filter(({ blocks }) => blocks);
  expect(blocking).toMatchObject([{ check: "suspension" }]);
});
