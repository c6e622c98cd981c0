import { describe, expect, test } from "vitest";
import { named, pasts, showns } from "./combinations.ts";
import type { Gates } from "./gates.ts";
import { distinct, isEverythingThere, newGates, openings, watch } from "./gates.ts";
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
import { watchedLink } from "./watched-link.ts";

/** Past the gate's patience every second, then as rarely as it accepts: 180 s in all. */
async function openingsIn180Seconds(link: WatchedLink, gates: Gates): Promise<readonly unknown[]> {
  const first = await watch(link, gates, { seconds: 90 });
  const then = await watch(link, gates, { seconds: 90, everyMs: 3000 });
  expect(isEverythingThere(link)).toBe(false);
  expect([first.length, then.length]).toEqual([link.views.length, link.views.length]);
  return distinct([...openings(first), ...openings(then)]);
}

const shutFor180Seconds = [undefined];
const ticked = () => newGates({ acceptUnproved: true });

describe.each(pasts.map((past) => ({ name: named(past), past })))("with $name", ({ past }) => {
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
    expect([notRedone.name, await openingsIn180Seconds(link, ticked())]).toEqual([
      notRedone.name,
      shutFor180Seconds,
    ]);
    notRedone.release(world);
    world.advance(2000);

    notSent.put(world);
    commitOnce(world);
    expect([notSent.name, await openingsIn180Seconds(link, ticked())]).toEqual([
      notSent.name,
      shutFor180Seconds,
    ]);
    notSent.release(world);
    expect(openings(await watch(link, newGates(), { seconds: 70, untilOpen: true }))).toEqual([
      { second: 6, verdict: "open commitLsn" },
    ]);
  });
});
