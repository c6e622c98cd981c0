// The one T-SQL file of a forced failover, run by FreeTDS: it forces when nothing arrives, and refuses while the primary is alive.
import { describe, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { runTsqlFile } from "./run-tsql-file.ts";

const speed = 20;

async function fileFor(estate: PracticeEstate, to: Side) {
  const run = await forcedRun(estate, scaledClock(speed), to);
  const { approved } = await run.plan();
  await run.close();
  if (approved === undefined) throw new Error("There is no plan.");
  const files = toTsqlScripts(approved.plan, approved.hash);
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new Error("One file was to be there.");
  return file;
}

describe.each([
  ["instance", "healthy", "box"],
  ["box", "instance-primary", "instance"],
] as const)("forced to the %s", (to, scenario, gone) => {
  const estate = practiceEstate({ scenario, clock: { speed }, routing: "off" });

  test("refuses while log arrives, forces once it does not, and refuses a second time", async () => {
    const file = await fileFor(estate(), to);
    expect(file.text).toContain("DATA CAN BE LOST.");
    expect(file.text.match(/FORCE_FAILOVER_ALLOW_DATA_LOSS/g)).toHaveLength(1);
    const told = () => truth(estate().world.state);

    const alive = await runTsqlFile(estate(), file);
    expect(alive.errors).toContain(50008);
    expect(alive.messages).toContain("Forcing now makes two primaries. Nothing was changed.");
    expect([told().changes, told().primaries]).toEqual([[], [gone]]);

    estate().control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
    estate().control({ do: "fault", fault: { kind: "unreachable", server: gone, on: true } });
    estate().world.advance(60_000);
    const forced = await runTsqlFile(estate(), file);
    expect(forced.errors, forced.messages).toEqual([]);
    expect(told().changes).toMatchObject([{ server: to, count: 1, outcomes: ["done"] }]);
    expect(told()).toMatchObject({
      primaries: ["box", "instance"],
      [to]: { updateability: "READ_WRITE" },
    });

    const again = await runTsqlFile(estate(), file);
    expect(again.errors).toContain(50006);
    expect(told().changes).toMatchObject([{ server: to, count: 1 }]);
  });
});
