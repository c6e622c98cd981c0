// Which rows each side shows.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { wrongNode } from "../../../practice/scenarios/wrong-node.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import { ask, dropGroup, worldOf } from "./asking.ts";
import { idle } from "./rows.ts";

describe("which rows there are", () => {
  const shape = (world: World, key: ServerKey): string[] =>
    replicaRows(world.state, key).map(
      ({ group, isLocal, isPrimaryReplica, lastCommitLsn }) =>
        `${group} ${isLocal ? "local" : "remote"} ${isPrimaryReplica ? 1 : 0} ${lastCommitLsn === null ? "NULL" : "commit"}`,
    );

  test("dagRow: own and remote row on the primary, only local rows on the secondary", () => {
    const world = idle();
    expect(shape(world, "box")).toEqual([
      "distributed local 0 commit",
      "distributed remote 0 commit",
      "local local 1 commit",
    ]);
    expect(shape(world, "instance")).toEqual([
      "distributed local 0 commit",
      "local local 1 commit",
    ]);
  });

  test("dagRowWithoutCommitLsn: the last commit is in the local row alone", () => {
    const world = idle({ ownRow: "dagRowWithoutCommitLsn" });
    expect(shape(world, "instance")).toEqual(["distributed local 0 NULL", "local local 1 commit"]);
  });

  test("localRowOnly: no row of the distributed group for the own side", () => {
    const world = idle({ ownRow: "localRowOnly" });
    expect(shape(world, "box")).toEqual(["distributed remote 0 commit", "local local 1 commit"]);
    expect(shape(world, "instance")).toEqual(["local local 1 commit"]);
  });

  test("Business Critical adds its own replicas, which is_primary_replica = 0 tells apart", () => {
    const { instance } = healthy;
    const world = worldOf({
      ...healthy,
      instance: { ...instance, serviceTier: "BusinessCritical" },
    });
    expect(shape(world, "instance")).toEqual([
      "distributed local 0 commit",
      "local local 1 commit",
      "local remote 0 NULL",
      "local remote 0 NULL",
      "local remote 0 NULL",
    ]);
  });

  test("a node that is secondary in its own group shows no remote row and no primary row", () => {
    expect(shape(worldOf(wrongNode), "box")).toEqual([
      "distributed local 0 commit",
      "local local 0 commit",
    ]);
  });

  test("a dropped link leaves the local row, dropped groups leave none", async () => {
    const world = idle();
    await ask(world, "box", dropGroup("link_ADATUM"));
    expect(shape(world, "box")).toEqual(["local local 1 commit"]);
    await ask(world, "box", dropGroup("AG_Adatum"));
    expect(shape(world, "box")).toEqual([]);
  });
});
