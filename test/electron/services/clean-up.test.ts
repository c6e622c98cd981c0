// A clean-up as a window asks for it, over real TDS: listed, planned of what is ticked, started by its hash and its link's name.
import { expect, test } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";
import { healthyWith, removeLink } from "../../practice/server/link-removed.ts";

const linkName = "LINK_Adatum";

test(
  "a clean-up is planned of what is ticked, and runs only with the link's name typed",
  { timeout: 120_000 },
  async () => {
    const scenario = healthyWith({ traceFlags: [1800, 12381] });
    const estate = await startTimedEstate({ scenario });
    const window = practiceWindow(estate, { clock: estate.clock });
    const sent = () => truth(estate.world.state).changes.map(({ text }) => text);
    try {
      await connectBoth(window, estate);
      const pair = await pairIn(window);
      await removeLink(estate);
      const before = sent();
      const { leftovers, isAzureAsked, unread } = await window.ask("leftovers.list", { pair });
      expect(isAzureAsked).toBe(false);
      expect(unread).toEqual([]);
      expect(leftovers.map(({ key }) => key)).toContain("trace-flag:12381");

      const planOf = (remove: readonly string[]) =>
        window.ask("plan.make", { pair, choices: { kind: "cleanUp", linkName, remove } });
      expect((await planOf(["endpoint:database_mirroring_endpoint"])).plan).toBeNull();
      const { plan } = await planOf(["trace-flag:12381"]);
      if (plan === null) throw new Error("There is no plan.");
      const planHash = plan.hash;
      for (const typed of [{}, { typedLinkName: "link_adatum" }]) {
        const answer = await window.invoke("run.start", { planHash, ...typed });
        expect(answer).toMatchObject({ ok: false, error: { code: "notApproved" } });
      }
      expect(await window.invoke("plan.dryRun", { planHash })).toMatchObject({
        ok: false,
        error: { code: "noDryRun" },
      });
      expect(sent()).toEqual(before);

      const ended = window.next("run.event", (event) => event.kind === "runEnded");
      await window.ask("run.start", { planHash, typedLinkName: linkName });
      expect(await ended).toMatchObject({ outcome: "succeeded" });
      expect(sent()).toEqual([...before, "DBCC TRACEOFF (12381, -1)"]);
    } finally {
      await window.services.end();
      await estate.stop();
    }
  },
);
