// What the tests of rows share: one row of a side, and a link that has come to rest.
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { ReplicaRow } from "../../../practice/world/replica-row.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import type { ServerKey, WorldSettings } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import { worldOf } from "./asking.ts";

export function own(world: World, key: ServerKey): ReplicaRow {
  return find(world, key, (row) => row.isLocal && row.group === "distributed");
}

export function remote(world: World): ReplicaRow {
  return find(world, "box", (row) => !row.isLocal && row.group === "distributed");
}

export function find(
  world: World,
  key: ServerKey,
  which: (row: ReplicaRow) => boolean,
): ReplicaRow {
  const row = replicaRows(world.state, key).find(which);
  if (row === undefined) throw new Error("no such row");
  return row;
}

/** A world whose workload has stopped and whose log is everywhere. */
export function idle(settings: Partial<WorldSettings> = {}): World {
  const world = worldOf(healthy, settings);
  world.setWorkload(false);
  world.advance(3000);
  return world;
}
