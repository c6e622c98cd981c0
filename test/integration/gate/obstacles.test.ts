import { describe, expect, test } from "vitest";
import { disconnected } from "../../../practice/scenarios/disconnected.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { lagging } from "../../../practice/scenarios/lagging.ts";
import { missingPermission } from "../../../practice/scenarios/missing-permission.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { suspended } from "../../../practice/scenarios/suspended.ts";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import { wrongNode } from "../../../practice/scenarios/wrong-node.ts";
import type { Fault } from "../../../practice/world/world.ts";
import { oppositeViews, pasts } from "./combinations.ts";
import { isEverythingThere, newGates, openings, ticked, watch } from "./gates.ts";
import { stopWorkload } from "./story.ts";
import { watchedLink } from "./watched-link.ts";

const [past] = pasts;
if (past === undefined) throw new Error("There is no combination.");

const linkOf = (scenario: Scenario, views = oppositeViews) =>
  watchedLink({ past, views, scenario });
const instance = healthy.instance.name;
const nothing: readonly Fault[] = [];

interface Obstacle {
  readonly name: string;
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly because: string;
  readonly sentence: string;
}

const obstacles: readonly Obstacle[] = [
  {
    name: "data movement is suspended on the instance",
    scenario: suspended,
    faults: nothing,
    because: "suspended",
    sentence: `data movement of Adatum is suspended on ${instance}`,
  },
  {
    name: "data movement is suspended on SQL Server",
    scenario: healthy,
    faults: [{ kind: "suspended", server: "box", on: true }],
    because: "suspended",
    sentence: "data movement of Adatum is suspended on SQLBOX01",
  },
  {
    name: "the sides have lost each other",
    scenario: disconnected,
    faults: nothing,
    because: "notConnected",
    sentence: `SQLBOX01 is not connected to ${instance}`,
  },
  {
    name: "somebody else has failed the link over",
    scenario: healthy,
    faults: [{ kind: "rolesMoved" }],
    because: "rolesMoved",
    sentence: "SQLBOX01 is SECONDARY and the plan needs it as PRIMARY",
  },
  {
    name: "the node is not primary of its own group",
    scenario: wrongNode,
    faults: nothing,
    because: "rolesMoved",
    sentence: "SQLBOX02 is not the primary node of its availability group",
  },
  {
    name: "the login may not see the server's state",
    scenario: missingPermission,
    faults: nothing,
    because: "notAllowedToSee",
    sentence: "The login has no VIEW SERVER PERFORMANCE STATE on SQLBOX01",
  },
  {
    name: "the instance does not answer",
    scenario: healthy,
    faults: [{ kind: "unreachable", server: "instance", on: true }],
    because: "cannotRead",
    sentence: `The connection to ${instance},1433 failed`,
  },
];

describe.each(obstacles)("when $name", ({ scenario, faults, because, sentence }) => {
  test("the gate stays shut with the tick and names it", async () => {
    const link = await linkOf(scenario);
    stopWorkload(link.world);
    for (const fault of faults) link.world.fault(fault);
    const gates = ticked(newGates());
    await watch(link, gates, { seconds: 20 });
    expect(openings(await watch(link, gates, { seconds: 100 }))).toEqual([undefined]);
    for (const state of gates.states) {
      expect(state?.verdict).toEqual({ kind: "shut", because });
      expect(state?.sentence).toContain(sentence);
    }
  });
});

test("the gate stays shut while log is on its way, says how much, and opens once all of it is there", async () => {
  const link = await linkOf(lagging);
  stopWorkload(link.world);
  const gates = newGates();
  expect(openings(await watch(link, gates, { seconds: 3 }))).toEqual([undefined]);
  expect(gates.states[0]?.sentence).toMatch(
    /is behind SQLBOX01 in Adatum, \d+ KB are on their way/u,
  );
  expect(isEverythingThere(link)).toBe(false);
  const opened = openings(await watch(link, gates, { seconds: 180, untilOpen: true }));
  expect(opened.map((opening) => opening?.verdict)).toEqual(["open commitLsn"]);
});

test("a session that never stops writing keeps the gate shut, with the tick as well, and is told by login and program", async () => {
  const link = await linkOf(writerNeverStops, oppositeViews.slice(0, 1));
  stopWorkload(link.world);
  for (const gates of [newGates(), ticked(newGates())]) {
    // Not in step with the session, whose transaction is open for a part of every second.
    const verdicts = await watch(link, gates, { seconds: 100, everyMs: 970 });
    expect(openings(verdicts)).toEqual([undefined]);
    expect(verdicts[0]?.some(({ verdict }) => verdict === "shut writing")).toBe(true);
  }
  let readings = await link.read();
  while (readings[0]?.writers.kind === "seen" && readings[0].writers.value.length === 0) {
    link.world.advance(100);
    readings = await link.read();
  }
  for (const { writers } of readings) {
    expect(writers).toMatchObject({
      kind: "seen",
      value: [
        {
          origin: "user",
          session: { login: "adatum_import", program: "Adatum Import", host: "ETL02" },
        },
      ],
    });
  }
});
