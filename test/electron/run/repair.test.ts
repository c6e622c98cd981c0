// Split brains and links without a primary, repaired from end to end over real TDS. The world is asked, not the application.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { findScenario } from "../../../practice/scenarios/all.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { RepairChoices } from "../../../shared/choices/choices.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import { onInstance } from "../../fakes/on-instance.ts";
import type { RepairRun } from "../../fakes/repair-run.ts";
import { repairRun } from "../../fakes/repair-run.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 240_000 });

const open: { readonly run: RepairRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

const container = "https://store.blob.core.windows.net/save";
const places = {
  box: { folder: "X:\\Save", stamp: "S1" },
  instance: { folder: container, stamp: "S1" },
} as const;

function scenarioOf(name: string, settings: Partial<Scenario["settings"]> = {}): Scenario {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`There is no scenario ${name}.`);
  return { ...scenario, settings: { ...scenario.settings, ...settings } };
}

async function opened(
  scenario: Scenario,
  survivor: Side,
  choices: Partial<Omit<RepairChoices, "kind" | "linkName">> = {},
) {
  const estate = await startTimedEstate({ scenario });
  estate.world.setWorkload(false);
  const run = await repairRun(estate, estate.clock, {
    survivor,
    ending: "rejoin",
    saveTo: survivor === "instance" ? { ...places, instance: null } : { ...places, box: null },
    demoteBy: "tsql",
    roleChangeType: "Forced",
    writersStopped: null,
    ...choices,
  });
  open.push({ run, estate });
  const fault = (one: object) => estate.control({ do: "fault", fault: one });
  return { run, estate, fault, told: () => truth(estate.world.state) };
}

async function repaired(run: RepairRun, onEvent?: (event: RunEvent) => void) {
  const planning = await run.plan();
  expect(planning.findings.filter(({ blocks }) => blocks)).toEqual([]);
  const answer = await run.start(planning, onEvent);
  if (answer.kind !== "ended") throw new Error(answer.problem.summary);
  return answer;
}

describe("two primaries", () => {
  test("SQL Server came back: saved, made secondary, and what only it had is in our backup alone", async () => {
    const { run, told } = await opened(scenarioOf("split-brain"), "instance");
    expect(told().primaries).toEqual(["box", "instance"]);
    const { end } = await repaired(run);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told()).toMatchObject({
      primaries: ["instance"],
      instance: { updateability: "READ_WRITE", health: "HEALTHY" },
      box: { health: "HEALTHY", isSuspended: false },
      gone: { lost: [], saved: [{ server: "box", path: "X:\\Save\\Adatum-1-S1-1.bak" }] },
    });
    expect(told().gone.saved[0]?.rows.length).toBeGreaterThan(0);
  });

  test("the instance came back: saved to a URL, and made secondary", async () => {
    const { run, estate, told } = await opened(scenarioOf("split-brain-instance"), "box");
    const withoutCredential = await run.start(await run.plan());
    if (withoutCredential.kind !== "ended") throw new Error("It was to begin.");
    expect(withoutCredential.end.summary).toContain("Nothing was given up.");
    expect(told().primaries).toEqual(["box", "instance"]);
    await onInstance(
      estate,
      `CREATE CREDENTIAL [${container}] WITH IDENTITY = 'MANAGED IDENTITY';`,
    );
    const { end } = await repaired(run);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told()).toMatchObject({
      primaries: ["box"],
      box: { updateability: "READ_WRITE" },
      gone: { lost: [], saved: [{ server: "instance", type: "D" }] },
    });
  });

  test("a commit after each backup is never given up", async () => {
    const { run, fault, told } = await opened(scenarioOf("split-brain"), "instance");
    fault({ kind: "commitAfterBackup", server: "box", times: "each", afterMs: 0 });
    const { end } = await repaired(run);
    expect(end.outcome).toBe("failed");
    expect(end.summary).toMatch(/is not given up: the log of Adatum (has )?moved/);
    expect(told()).toMatchObject({ primaries: ["box", "instance"], gone: { lost: [] } });
  });

  test("after a crash that leaves no last commit the end of the log counts, which backups themselves move", async () => {
    const scenario = scenarioOf("split-brain", { commitLsnAfterRestart: "null" });
    const { run, estate, fault, told } = await opened(scenario, "instance", {
      writersStopped: "The firewall lets nobody in.",
    });
    fault({ kind: "restart", server: "box" });
    estate.world.advance(60_000);
    const planning = await run.plan();
    expect(planning.input.copies.box).toMatchObject({
      copies: [{ lastCommitLsn: null, logEndLsn: expect.stringMatching(/^\d+$/) as string }],
    });
    const answer = await run.start(planning);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    expect(answer.end.outcome, answer.end.summary).toBe("succeeded");
    expect(JSON.stringify(answer.events)).toContain("The log moved by the backup's own commit");
    expect(told()).toMatchObject({ primaries: ["instance"], gone: { lost: [] } });
  });
});

describe("no primary", () => {
  test("the side that was named becomes primary, and the other one follows it", async () => {
    const scenario = scenarioOf("no-primary-planned");
    const { run, told } = await opened(scenario, "instance", {
      saveTo: { box: null, instance: null },
    });
    expect(told().primaries).toEqual([]);
    const { end } = await repaired(run);
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told()).toMatchObject({ primaries: ["instance"], gone: { lost: [] } });
  });

  test("a copy that was to be saved and cannot be ends the run before anything is forced", async () => {
    const { run, told } = await opened(scenarioOf("no-primary"), "instance", {
      saveTo: { ...places, instance: null },
    });
    const { end } = await repaired(run);
    expect(end.outcome).toBe("failed");
    expect(end.summary).toContain("is not proved to be saved");
    expect(told().primaries).toEqual([]);
  });
});

test("a healthy link is not repaired", async () => {
  const { run, told } = await opened(scenarioOf("healthy"), "instance");
  const { approved, findings } = await run.plan();
  expect(approved).toBeUndefined();
  expect(findings[0]?.summary).toContain("There is neither a split brain nor a link without");
  expect(told().changes).toEqual([]);
});
