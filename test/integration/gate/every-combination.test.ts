import { describe, expect, test, vi } from "vitest";
import type { Past, Shown } from "./combinations.ts";
import {
  eachNamed,
  oppositeViews,
  pasts,
  pastValues,
  showns,
  shownValues,
} from "./combinations.ts";
import type { Gates } from "./gates.ts";
import { distinct, isEverythingThere, newGates, openings, ticked, watch } from "./gates.ts";
import {
  backUpLog,
  commitOnce,
  flushQueryStore,
  notRedone,
  notSent,
  onTheWire,
  restart,
  stopWorkload,
} from "./story.ts";
import type { WatchedLink } from "./watched-link.ts";
import { oneSession, watchedLink } from "./watched-link.ts";

// Minutes of world time are seconds of work, and several times that on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

test("every combination of the estate's settings is walked, each once", () => {
  const lengths = [...Object.values(pastValues), ...Object.values(shownValues)].map(
    (values) => values.length,
  );
  const all = pasts.flatMap((past) => showns.map((shown) => JSON.stringify({ ...past, ...shown })));
  const product = lengths.reduce((so, length) => so * length, 1);
  expect([all.length, new Set(all).size, product]).toEqual([864, 864, 864]);
});

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

describe.each(eachNamed(pasts))("with %s", (_, past) => {
  test("a caught-up link opens the gate, and an idle restart of either side by the fallback where the commit is forgotten", async () => {
    const link = await idleLink(past, showns);
    expect(await openingsOf(link)).toEqual([settled(past)]);
    for (const server of ["instance", "box"] as const) {
      restart(link.world, server);
      expect([server, await openingsOf(link)]).toEqual([server, [restarted(past)]]);
    }
  });
});

/** Past the gate's patience every second, then as rarely as it accepts: 180 s in all. */
async function openingsIn180Seconds(link: WatchedLink, gates: Gates): Promise<readonly unknown[]> {
  const first = await watch(link, gates, { seconds: 66 });
  const then = await watch(link, gates, { seconds: 114, everyMs: 3000 });
  expect(isEverythingThere(link)).toBe(false);
  expect([first.length, then.length]).toEqual([link.views.length, link.views.length]);
  return distinct([...openings(first), ...openings(then)]);
}

const shutFor180Seconds = [undefined];

describe.each(eachNamed(pasts))("with %s", (_, past) => {
  test("one commit short the gate stays shut, also after a restart, and with the tick while a queue tells of it", async () => {
    const link = await watchedLink({ past, views: showns });
    const { world } = link;
    stopWorkload(world);
    const gates = newGates();
    expect(openings(await watch(link, gates, { seconds: 70, untilOpen: true }))).toEqual([
      { second: 5, verdict: "open commitLsn" },
    ]);

    onTheWire.put(world);
    commitOnce(world);
    flushQueryStore(world);
    await backUpLog(world);
    expect([onTheWire.name, await openingsIn180Seconds(link, gates)]).toEqual([
      onTheWire.name,
      shutFor180Seconds,
    ]);
    for (const server of ["instance", "box"] as const) {
      restart(world, server);
      world.advance(10_000);
      expect([server, await openingsIn180Seconds(link, newGates())]).toEqual([
        server,
        shutFor180Seconds,
      ]);
    }
    onTheWire.release(world);
    world.advance(2000);

    restart(world, "instance");
    world.advance(10_000);
    notRedone.put(world);
    commitOnce(world);
    expect([notRedone.name, await openingsIn180Seconds(link, ticked(newGates()))]).toEqual([
      notRedone.name,
      shutFor180Seconds,
    ]);
    notRedone.release(world);
    world.advance(2000);

    notSent.put(world);
    commitOnce(world);
    expect([notSent.name, await openingsIn180Seconds(link, ticked(newGates()))]).toEqual([
      notSent.name,
      shutFor180Seconds,
    ]);
    notSent.release(world);
    expect(openings(await watch(link, newGates(), { seconds: 70, untilOpen: true }))).toEqual([
      { second: 6, verdict: "open commitLsn" },
    ]);
  });
});

const withoutBackup = pasts.filter(({ backupCommits }) => backupCommits === "no");

describe.each(eachNamed(withoutBackup))("with the instance as primary and %s", (_, past) => {
  test("the gate opens and stays shut alike", async () => {
    const link = await idleLink(past, oppositeViews, { ...oneSession, primary: "instance" });
    expect(await openingsOf(link)).toEqual([settled(past)]);
    for (const server of ["box", "instance"] as const) {
      restart(link.world, server);
      expect([server, await openingsOf(link)]).toEqual([server, [restarted(past)]]);
    }
    onTheWire.put(link.world);
    commitOnce(link.world);
    expect(await openingsIn180Seconds(link, newGates())).toEqual(shutFor180Seconds);
  });
});
