import { describe, expect, test, vi } from "vitest";
import type { Past } from "./combinations.ts";
import { eachNamed, oppositeViews, pasts } from "./combinations.ts";
import { newGates, openings, ticked, watch } from "./gates.ts";
import { flushEverySecond, restart, stopWorkload } from "./story.ts";
import { watchedLink } from "./watched-link.ts";

// Minutes of world time are seconds of work, and several times that on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A link of which both sides have been restarted, and then nothing but a Query Store flush every second. */
async function linkWithTask(past: Past) {
  const link = await watchedLink({ past, views: oppositeViews });
  const { world } = link;
  stopWorkload(world);
  for (const server of ["instance", "box"] as const) {
    restart(world, server);
    world.advance(10_000);
  }
  flushEverySecond(world);
  return link;
}

/** Its commits do not matter where they are not counted and the last commit of both sides is known. */
const doesNotMatter = ({ systemCommits, commitLsnAfterRestart }: Past) =>
  systemCommits === "none" && commitLsnAfterRestart === "kept";

const withoutBackup = pasts.filter(({ backupCommits }) => backupCommits === "no");
const mattering = withoutBackup.filter((past) => !doesNotMatter(past));

describe.each(eachNamed(mattering))("with a system commit every second and %s", (_, past) => {
  test("the gate says that a system task writes and opens only by the tick, after patience", async () => {
    const link = await linkWithTask(past);
    const gates = newGates();
    const verdicts = await watch(link, gates, { seconds: 66 });
    expect(openings(verdicts)).toEqual([undefined]);
    for (const state of gates.states) {
      expect(state?.sentence).toMatch(/SQLBOX01 keeps committing .* a system task writes/u);
    }
    for (const one of verdicts) {
      const last = one.at(-1);
      expect(last?.verdict).toBe("shut systemTaskWrites, only the tick is left");
      expect(last?.second).toBeGreaterThanOrEqual(60);
    }
    expect(openings(await watch(link, ticked(gates), { seconds: 1 }))).toEqual([
      { second: 0, verdict: "open tick" },
    ]);
  });
});

describe.each(eachNamed(withoutBackup.filter(doesNotMatter)))(
  "with a system commit every second and %s",
  (_, past) => {
    test("the gate opens on equal commits", async () => {
      const link = await linkWithTask(past);
      expect(openings(await watch(link, newGates(), { seconds: 30, untilOpen: true }))).toEqual([
        { second: 5, verdict: "open commitLsn" },
      ]);
    });
  },
);
