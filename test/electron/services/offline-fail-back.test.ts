// An offline fail back as a window asks for it, over real TDS: planned of what is wanted, started by its hash and its link's name.
import { expect, test } from "vitest";
import { instanceCutOff } from "../../../practice/scenarios/instance-cut-off.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import { isReached } from "../../../shared/drills/drill.ts";
import { worldTruth } from "../../../shared/drills/world-truth.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import { container } from "../../fakes/offline-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";

const speed = 4;
const linkName = "LINK_Adatum";
const choices = {
  kind: "offlineFailBack",
  linkName,
  database: "Adatum",
  backupTo: container,
  restoreTo: "D:\\Data",
  restoreAs: null,
  overOldName: null,
  writersStopped: null,
} as const;

test(
  "it is planned of what is wanted, runs only with the link's name typed, and reaches the goal of its drill",
  { timeout: 120_000 },
  async () => {
    const estate = await startPracticeEstate({ scenario: instanceCutOff, clock: { speed } });
    const window = practiceWindow(estate, { clock: scaledClock(speed) });
    const isBack = () =>
      isReached({ kind: "broughtBack" }, worldTruth.parse(truth(estate.world.state)));
    try {
      await connectBoth(window, estate);
      estate.world.setWorkload(false);
      const pair = await pairIn(window);
      const planOf = (changed: object) =>
        window.ask("plan.make", { pair, choices: { ...choices, ...changed } });
      const refused = await planOf({ overOldName: { typed: "adatum" } });
      expect(refused.plan).toBeNull();
      expect(refused.findings.filter(({ blocks }) => blocks)).toMatchObject([
        { check: "restoreName", remedy: "Type it: Adatum." },
      ]);
      const { plan } = await planOf({});
      if (plan === null) throw new Error("There is no plan.");
      const planHash = plan.hash;
      for (const typed of [{}, { typedLinkName: "link_adatum" }]) {
        const answer = await window.invoke("run.start", { planHash, ...typed });
        expect(answer).toMatchObject({ ok: false, error: { code: "notApproved" } });
      }
      expect([isBack(), truth(estate.world.state).changes]).toEqual([false, []]);

      const ended = window.next("run.event", (event) => event.kind === "runEnded");
      await window.ask("run.start", { planHash, typedLinkName: linkName });
      expect(await ended).toMatchObject({ outcome: "succeeded" });
      expect(isBack()).toBe(true);
    } finally {
      await window.services.end();
      await estate.stop();
    }
  },
);
