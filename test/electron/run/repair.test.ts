// Split brains repaired from end to end over real TDS, in both directions. The world is asked, not the application.
import { afterEach, expect, test, vi } from "vitest";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import type { RepairRun } from "../../fakes/repair-run.ts";
import { repairRun } from "../../fakes/repair-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";

vi.setConfig({ testTimeout: 120_000 });

const speed = 4;
const open: { readonly run: RepairRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

const noChoices = { demoteBy: "tsql", roleChangeType: "Forced", writersStopped: null } as const;

/** Forced over to `to` while the link was cut, and the old primary has come back with commits of its own. */
async function splitBrain(to: Side) {
  const scenario = to === "instance" ? "healthy" : "instance-primary";
  const estate = await startPracticeEstate({ scenario, clock: { speed } });
  const fault = (one: object) => estate.control({ do: "fault", fault: one });
  fault({ kind: "linkDisconnected", on: true });
  estate.world.advance(60_000);
  const session = await mssqlConnector.connectPinned(practiceLogins(estate)[to]);
  await session.execute("ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS;");
  await session.close();
  estate.world.advance(60_000);
  estate.world.setWorkload(false);
  fault({ kind: "linkDisconnected", on: false });
  estate.world.advance(30_000);
  const told = () => truth(estate.world.state);
  expect(told().primaries).toEqual(["box", "instance"]);
  const saveTo = {
    box: to === "instance" ? { folder: "D:\\save", stamp: "S1" } : null,
    instance:
      to === "box" ? { folder: "https://store.blob.core.windows.net/save", stamp: "S1" } : null,
  };
  const run = await repairRun(estate, scaledClock(speed), { ...noChoices, survivor: to, saveTo });
  open.push({ run, estate });
  return { run, estate, fault, told };
}

test("SQL Server came back as a second primary: saved, made secondary, and one primary is left", async () => {
  const { run, told } = await splitBrain("instance");
  const planning = await run.plan();
  expect(planning.findings.filter(({ blocks }) => blocks)).toEqual([]);
  const answer = await run.start(planning);
  if (answer.kind !== "ended") throw new Error(answer.problem.summary);
  expect(answer.end).toMatchObject({ outcome: "succeeded" });
  expect(told()).toMatchObject({
    primaries: ["instance"],
    instance: { updateability: "READ_WRITE", health: "HEALTHY" },
    box: { health: "HEALTHY", isSuspended: false },
  });
});
