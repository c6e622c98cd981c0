// The hybrid failover benefit, typed on the command line: confirmed, approved, asked of Azure once, and only while the instance is Ready.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { SignedIn } from "./signed-in.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { signedIn } from "./signed-in.ts";

vi.setConfig({ testTimeout: 120_000 });

// Slow: a look may take 3 s of the scaled clock, and the machine may do much else.
const speed = 2;
let estate: PracticeEstate;
let typed: SignedIn["typed"];

async function open(scenario: Scenario = healthy): Promise<void> {
  estate = await startPracticeEstate({ scenario, clock: { speed } });
  ({ typed } = await signedIn({ ...estate, clock: scaledClock(speed) }));
}
afterEach(async () => {
  vi.unstubAllEnvs();
  await estate.stop();
});

const azure = () => ["--azure-cli", "--azure-endpoint", estate.arm.endpoint];

describe("the hybrid failover benefit", () => {
  const hybrid = (command: string, ...words: readonly string[]) =>
    typed("hybrid-benefit", command, "--json", ...words, ...azure());
  const usage = () => estate.world.state.instance.surroundings.hybridSecondaryUsage;
  const confirmed = ["--usage", "passive", "--passive-replica-confirmed"];

  test("is Passive after it was confirmed and approved, and Azure is asked once", async () => {
    await open();
    const unconfirmed = await hybrid("plan", "--usage", "passive");
    expect([unconfirmed.code, unconfirmed.out]).toEqual([
      3,
      expect.stringContaining("I confirm that this replica is passive"),
    ]);
    const planned = await hybrid("plan", ...confirmed);
    const { hash } = JSON.parse(planned.out) as { readonly hash: string };
    const run = await hybrid("run", "--approve", hash, ...confirmed);
    expect(run.code, run.out + run.err).toBe(0);
    expect(usage()).toBe("Passive");
    expect(
      truth(estate.world.state).linkOperations.map(({ text, count }) => [text, count]),
    ).toEqual([["PATCH hybridSecondaryUsage Passive", 1]]);
    const again = await hybrid("plan", ...confirmed);
    expect([again.code, again.out]).toEqual([3, expect.stringContaining("is Passive already")]);
  });

  test("is refused while the instance is Updating, is PRIMARY, or Azure is not asked", async () => {
    await open({ ...healthy, primary: "instance" });
    const primary = await hybrid("plan", ...confirmed);
    expect([primary.code, primary.out]).toEqual([
      3,
      expect.stringContaining("is PRIMARY, so it is not passive."),
    ]);
    const unasked = await typed("hybrid-benefit", "plan", ...confirmed);
    expect([unasked.code, unasked.out]).toEqual([
      3,
      expect.stringContaining("Nobody is signed in to Azure."),
    ]);
    estate.control({ do: "clock", speed: 0 });
    const { world } = estate;
    world.changeLink({ kind: "setUsage", hybridSecondaryUsage: "Passive" }, "dana", {
      isCarriedOut: true,
      ends: "never",
    });
    const busy = await hybrid("plan", "--usage", "active");
    expect([busy.code, busy.out]).toEqual([3, expect.stringContaining("is Active already")]);
    const updating = await hybrid("check", ...confirmed);
    expect(updating.out).toContain("is Updating, and is changed only while it is Ready.");
  });

  test("is refused while the instance is Updating, with nothing asked, and done once it is Ready again", async () => {
    await open();
    const planned = await hybrid("plan", ...confirmed);
    const { hash } = JSON.parse(planned.out) as { readonly hash: string };
    estate.control({ do: "clock", speed: 0 });
    estate.world.changeLink({ kind: "setUsage", hybridSecondaryUsage: "Active" }, "dana", {
      isCarriedOut: true,
      ends: "asItWent",
    });
    const refused = await hybrid("run", "--approve", hash, ...confirmed);
    expect([refused.code, refused.out]).toEqual([
      3,
      expect.stringContaining("sqlmi1 is Updating, and is changed only while it is Ready."),
    ]);
    expect(refused.out).toContain("Wait until it is Ready, and try again.");
    expect([usage(), truth(estate.world.state).linkOperations]).toMatchObject(["Active", [{}]]);
    estate.control({ do: "clock", speed });
    estate.world.advance(60_000);
    const run = await hybrid("run", "--approve", hash, ...confirmed);
    expect(run.code, run.out + run.err).toBe(0);
    expect(usage()).toBe("Passive");
  });
});
