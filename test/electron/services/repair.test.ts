// A repair as a window asks for it, over real TDS: named before it is started, and to be done across restarts until it is.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: TimedEstate;
let window: InProcessWindow;

beforeEach(async () => {
  estate = await startTimedEstate({ scenario: "split-brain" });
  window = practiceWindow(estate, { clock: estate.clock });
  await connectBoth(window, estate);
});
afterEach(async () => {
  await window.services.end();
  await estate.stop();
});

const toDos = async () =>
  (await window.ask("repair.toDos", {})).map(({ linkName, sentence }) => [
    linkName,
    / has (two primaries|no primary) since /u.exec(sentence)?.[1],
  ]);

async function readTwice(): Promise<void> {
  await window.ask("estate.read", {});
  await estate.clock.wait(6000);
  await window.ask("estate.read", {});
}

describe("a repair through the window's contract", { timeout: 120_000 }, () => {
  test("is started by its hash and its link's exact name, and has no dry run", async () => {
    const { plan } = await window.ask("plan.make", {
      pair: await pairIn(window),
      choices: {
        kind: "repair",
        linkName: "LINK_Adatum",
        survivor: "instance",
        ending: "rejoin",
        saveTo: { box: { folder: "D:\\save", stamp: "S1" }, instance: null },
        demoteBy: "tsql",
        roleChangeType: "Forced",
        writersStopped: null,
      },
    });
    if (plan === null) throw new Error("There is no plan.");
    const planHash = plan.hash;
    for (const typed of [{}, { typedLinkName: "link_adatum" }]) {
      const answer = await window.invoke("run.start", { planHash, ...typed });
      expect(answer).toMatchObject({ ok: false, error: { code: "notApproved" } });
      if (!answer.ok) expect(answer.error.remedy).toMatch(/to make SQLBOX01 secondary\.$/u);
    }
    expect(await window.invoke("plan.dryRun", { planHash })).toMatchObject({
      ok: false,
      error: { code: "noDryRunRepair" },
    });
    const { changes, primaries } = truth(estate.world.state);
    expect({ changes, primaries }).toEqual({ changes: [], primaries: ["box", "instance"] });
  });

  test("is still to be done in the next window, before it is connected, and is not once there is one primary", async () => {
    expect(await toDos()).toEqual([]);
    await readTwice();
    expect(await toDos()).toEqual([["LINK_Adatum", "two primaries"]]);
    await window.services.end();
    window = practiceWindow(estate, { clock: estate.clock, dataDir: window.dataDir });
    expect(await toDos()).toEqual([["LINK_Adatum", "two primaries"]]);
    estate.world.fault({ kind: "demoted", server: "box" });
    estate.world.advance(5000);
    await connectBoth(window, estate);
    await window.ask("estate.read", {});
    expect(await toDos()).toEqual([]);
  });
});
