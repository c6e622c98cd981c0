import { describe, expect, test } from "vitest";
import type { Past, Shown } from "./combinations.ts";
import { named, oppositeViews, pasts, showns } from "./combinations.ts";
import { newGates, openings, watch } from "./gates.ts";
import { backUpLog, flushQueryStore, restart, stopWorkload } from "./story.ts";
import type { WatchedLink } from "./watched-link.ts";
import { oneSession, watchedLink } from "./watched-link.ts";

/** Where a system task's commit counts on the primary alone, the secondary's last commit stays behind for good. */
const settled = ({ systemCommits }: Past) =>
  systemCommits === "primaryOnly"
    ? { second: 60, verdict: "open fallback" }
    : { second: 5, verdict: "open commitLsn" };

/** A restarted server is away for 5 s, and may have forgotten its last commit. */
const restarted = (past: Past) => {
  const { second, verdict } =
    past.commitLsnAfterRestart === "kept"
      ? settled(past)
      : { second: 30, verdict: "open fallback" };
  return { second: 5 + second, verdict };
};

/** The gate is shut at first and all views open in the same second, the same way. */
async function openingsOf(link: WatchedLink): Promise<readonly unknown[]> {
  const verdicts = await watch(link, newGates(), { seconds: 120, untilOpen: true });
  expect(verdicts).toHaveLength(link.views.length);
  expect(verdicts.filter(([first]) => first?.verdict.startsWith("shut") !== true)).toEqual([]);
  return openings(verdicts);
}

async function idleLink(past: Past, views: readonly Shown[], scenario = oneSession) {
  const link = await watchedLink({ past, views, scenario });
  stopWorkload(link.world);
  flushQueryStore(link.world);
  if (scenario.primary === "box") await backUpLog(link.world);
  return link;
}

describe.each(pasts.map((past) => ({ name: named(past), past })))("with $name", ({ past }) => {
  test("a caught-up link opens the gate, and an idle restart of either side by the fallback where the commit is forgotten", async () => {
    const link = await idleLink(past, showns);
    expect(await openingsOf(link)).toEqual([settled(past)]);
    for (const server of ["instance", "box"] as const) {
      restart(link.world, server);
      expect([server, await openingsOf(link)]).toEqual([server, [restarted(past)]]);
    }
  });
});

describe.each(
  pasts
    .filter(({ backupCommits }) => backupCommits === "no")
    .map((past) => ({ name: named(past), past })),
)("with the instance as primary and $name", ({ past }) => {
  test("the gate opens alike", async () => {
    const link = await idleLink(past, oppositeViews, { ...oneSession, primary: "instance" });
    expect(await openingsOf(link)).toEqual([settled(past)]);
    for (const server of ["box", "instance"] as const) {
      restart(link.world, server);
      expect([server, await openingsOf(link)]).toEqual([server, [restarted(past)]]);
    }
  });
});
