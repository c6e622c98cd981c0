// The bash script of an offline fail back whose link is gone, run as it stands: where no position is told it claims no proof.
import { afterEach, expect, test, vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { truth } from "../../../practice/world/truth.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { createCredentials, offlineRun } from "../../fakes/offline-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { removeLink } from "../../practice/server/link-removed.ts";
import { runAzScript } from "./run-az-script.ts";

vi.setConfig({ testTimeout: 120_000 });

const speed = 20;
let estate: PracticeEstate;
afterEach(() => estate.stop());

test("with a typed reason it restores every row, and claims no proof that nobody can have", async () => {
  const scenario = linkOf({ name: "back", summary: "", primary: "instance" });
  estate = await startPracticeEstate({ scenario, clock: { speed }, routing: "off" });
  await removeLink(estate);
  await createCredentials(estate);
  const token = await tokenFor(estate, dana);
  const choices = { database: "Adatum", writersStopped: "Logins disabled", restoreAs: "Back" };
  const run = await offlineRun(estate, scaledClock(4), choices);
  const { approved, findings } = await run.plan();
  await run.close();
  if (approved === undefined) throw new Error(JSON.stringify(findings));
  const script = toAzScript(approved.plan, "test");
  const done = await runAzScript(estate, { text: script.text, token });
  expect(done.exitCode, done.stderr + done.stdout).toBe(0);
  expect(done.stdout).toContain("that the first backup holds everything is not proved");
  expect(done.stdout).toContain("Not proved to hold everything");
  expect(done.stdout).not.toMatch(/^Proved|first backup holds everything\.$/mu);
  const { count } = truth(estate.world.state).instance.rows;
  expect(truth(estate.world.state).restored).toEqual([
    { server: "box", name: "Back", rows: count },
  ]);
});
