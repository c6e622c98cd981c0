// A world put back to the beginning of a scenario behind the same door.
import { expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { splitBrain } from "../../../practice/scenarios/split-brain.ts";
import { twoLinks } from "../../../practice/scenarios/two-links.ts";
import { manualClock } from "../../../practice/world/clock.ts";
import { startingOver } from "../../../practice/world/starting-over.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Fault } from "../../../practice/world/world.ts";

test("what was done before is gone, time goes on, and clients are cut off and let in again", () => {
  const { world, startOver } = startingOver(healthy, manualClock());
  const heard: Fault[] = [];
  world.onFault((fault) => heard.push(fault));
  world.fault({ kind: "forced", server: "instance" });
  world.fault({ kind: "unreachable", server: "box", on: true, how: "refused" });
  world.advance(60_000);
  const { nowMs } = world.state;
  heard.length = 0;

  startOver(splitBrain);
  expect(world.state.nowMs).toBe(nowMs);
  expect(truth(world.state)).toMatchObject({
    primaries: ["box", "instance"],
    box: { takesWrites: true, isPartnerConnected: true },
    gone: { lost: [], saved: [] },
  });
  expect(heard.map((fault) => ("server" in fault ? [fault.kind, fault.server] : fault))).toEqual([
    ["unreachable", "box"],
    ["dropConnections", "box"],
    ["unreachable", "instance"],
    ["dropConnections", "instance"],
  ]);
  expect(heard[0]).toMatchObject({ on: false });

  startOver(healthy);
  world.advance(30_000);
  expect(world.state.nowMs).toBe(nowMs + 30_000);
  expect(truth(world.state)).toMatchObject({ primaries: ["box"], failovers: [], changes: [] });
  expect(world.state.acknowledgedRows.length).toBeGreaterThan(100);
});

test("a scenario of other servers is refused, and the world goes on as it was", () => {
  const { world, startOver } = startingOver(healthy, manualClock());
  world.fault({ kind: "userCommits", server: "box", rows: 500 });
  const { acknowledgedRows } = truth(world.state);
  expect(() => {
    startOver(twoLinks);
  }).toThrow("not those of the scenario 'two-links'");
  expect(() => {
    startOver({ ...healthy, name: "elsewhere", box: { ...healthy.box, name: "SQL]BOX" } });
  }).toThrow("'elsewhere'");
  expect(truth(world.state).acknowledgedRows).toBe(acknowledgedRows);
});
