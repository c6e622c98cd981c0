// The scripts of a repair, run as they stand: T-SQL by FreeTDS, the whole by bash. Nothing is given up that is not saved.
import { describe, expect, test, vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { repairRun } from "../../fakes/repair-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { runAzScript } from "./run-az-script.ts";
import { runTsqlFile } from "./run-tsql-file.ts";

vi.setConfig({ testTimeout: 120_000 });

const speed = 10;

async function planned(estate: PracticeEstate): Promise<Plan> {
  const run = await repairRun(estate, scaledClock(speed), {
    survivor: "instance",
    ending: "rejoin",
    saveTo: { box: { folder: "X:\\Save", stamp: "S1" }, instance: null },
    demoteBy: "tsql",
    roleChangeType: "Forced",
    writersStopped: null,
  });
  const { approved, findings } = await run.plan();
  await run.close();
  if (approved !== undefined) return approved.plan;
  throw new Error(findings.map(({ summary }) => summary).join(" "));
}

const told = (estate: PracticeEstate) => truth(estate.world.state);

/** What only the old primary had is in our own files, and nothing is gone. */
function expectRepaired(estate: PracticeEstate): void {
  const { primaries, gone } = told(estate);
  expect([primaries, gone.lost]).toEqual([["instance"], []]);
  const paths = gone.saved.map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) expect(path).toContain("X:\\Save\\Adatum-1-S1-");
}

describe("by T-SQL", () => {
  const estate = practiceEstate({ scenario: "split-brain", clock: { speed }, routing: "off" });

  test("it refuses while somebody writes, then saves and gives up once", async () => {
    const plan = await planned(estate());
    const [file] = toTsqlScripts(plan, "test");
    if (file === undefined) throw new Error("There is a file for the old primary.");
    await vi.waitFor(async () => {
      const written = await runTsqlFile(estate(), file);
      expect(written.errors).toContain(50009);
      expect(written.messages).toContain("open transactions that have written");
    });
    expect(told(estate()).primaries).toEqual(["box", "instance"]);

    estate().world.setWorkload(false);
    estate().world.advance(30_000);
    const again = await runTsqlFile(estate(), file);
    // BACKUP, RESTORE VERIFYONLY and data movement say that they are done; nothing else is said.
    expect(again.errors, again.messages).toEqual([4035, 3014, 3262, 35265]);
    expectRepaired(estate());
  });
});

describe("by bash", () => {
  const estate = practiceEstate({ scenario: "split-brain", clock: { speed } });

  test("it wants the link's name, and gives up nothing before it was saved", async () => {
    estate().world.setWorkload(false);
    estate().world.advance(30_000);
    const plan = await planned(estate());
    const script = { text: toAzScript(plan, "test").text, token: await tokenFor(estate(), dana) };
    const nameless = await runAzScript(estate(), script);
    expect([nameless.exitCode, told(estate()).changes]).toEqual([2, []]);
    expect(nameless.stdout).toContain(`DATA IS DISCARDED.\n${plan.loss?.[0] ?? "no loss"}\n`);
    const done = await runAzScript(estate(), { ...script, args: ["--link-name", "LINK_Adatum"] });
    expect(done.exitCode, done.stderr + done.stdout).toBe(0);
    expectRepaired(estate());
  });
});
