// The files of an offline fail back, run by FreeTDS and bash as they stand: the world then has the database twice, or once where somebody wrote.
import { expect, test, vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { createCredentials, offlineRun } from "../../fakes/offline-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { runAzScript } from "./run-az-script.ts";
import { runTsqlFile } from "./run-tsql-file.ts";

vi.setConfig({ testTimeout: 120_000 });

const speed = 20;
const scenario = linkOf({ name: "back", summary: "", primary: "instance" });
const estate = practiceEstate({ scenario, clock: { speed }, routing: "off" });

/** The link is cut: only backup and restore are left. */
async function planned(of: PracticeEstate, restoreAs: string): Promise<Plan> {
  const run = await offlineRun(of, scaledClock(4), { restoreAs });
  const { approved, findings } = await run.plan();
  await run.close();
  if (approved === undefined) throw new Error(JSON.stringify(findings));
  return approved.plan;
}

function fault(one: object): void {
  estate().control({ do: "fault", fault: one });
}

/** Without those that only tell of a backup, a restore and its verification. */
function errorsOf({ errors }: { readonly errors: readonly number[] }): readonly number[] {
  return errors.filter((number) => ![4035, 3014, 3262].includes(number));
}

const restored = () => truth(estate().world.state).restored;

test("T-SQL restores only the backup that was named, bash the one that it proved, and neither a stale one", async () => {
  estate().control({ do: "workload", running: false });
  fault({ kind: "linkDisconnected", on: true });
  estate().world.advance(60_000);
  await createCredentials(estate());

  const [instance, box] = toTsqlScripts(await planned(estate(), "By $(TSQL)"), "test");
  if (instance === undefined || box === undefined) throw new Error("There are two files.");
  const saved = await runTsqlFile(estate(), instance);
  expect(errorsOf(saved), saved.messages).toEqual([]);
  const [, path = ""] = /Proved: (\S+\.bak)/u.exec(saved.messages) ?? [];
  const unnamed = await runTsqlFile(estate(), box);
  expect([unnamed.errors.at(0), unnamed.errors.at(-1), restored()]).toEqual([50009, 50020, []]);
  const named = {
    ...box,
    text: box.text.replace("nvarchar(4000) = NULL", `nvarchar(4000) = N'${path}'`),
  };
  const done = await runTsqlFile(estate(), named);
  expect(errorsOf(done), done.messages).toEqual([]);
  const { count } = truth(estate().world.state).instance.rows;
  expect(restored()).toEqual([{ server: "box", name: "By $(TSQL)", rows: count }]);

  const token = await tokenFor(estate(), dana);
  const bash = async (name: string) => {
    const { text } = toAzScript(await planned(estate(), name), "test");
    return runAzScript(estate(), { text, token });
  };
  const whole = await bash("By_bash");
  expect(whole.exitCode, whole.stderr).toBe(0);
  expect(restored()).toContainEqual({ server: "box", name: "By_bash", rows: count });

  fault({ kind: "commitAfterBackup", server: "instance", times: "each", afterMs: 0 });
  const stale = await bash("Stale");
  expect([stale.exitCode, stale.stderr]).toEqual([
    1,
    expect.stringContaining("Nothing was restored."),
  ]);
  expect(restored().map(({ name }) => name)).not.toContain("Stale");
});
