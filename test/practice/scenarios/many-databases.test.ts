// The fullest scenario: what stands there is seen on both sides, and refused to whoever wants to do something with it.
import { describe, expect, test } from "vitest";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import type { Bystander } from "../../../practice/world/bystanders.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import { truth } from "../../../practice/world/truth.ts";
import { ask, worldOf } from "../world/asking.ts";
import { scenarioNamed } from "./named.ts";

const world = worldOf(scenarioNamed("many-databases"));

const standing = (side: ServerKey): readonly Bystander[] =>
  world.state[side].surroundings.bystanders;
const linksOf = (side: ServerKey) =>
  new Map(standing(side).flatMap(({ link }) => (link === null ? [] : [[link.name, link]])));

describe("with Adatum and its link", () => {
  test.each(["box", "instance"] as const)("%s has 5,000 databases and 500 links", (side) => {
    const names = standing(side).map(({ name }) => name.toLowerCase());
    expect(new Set([...names, "adatum"]).size).toBe(5000);
    expect(linksOf(side).size + 1).toBe(500);
    expect(new Set(standing(side).map(({ id }) => id)).size).toBe(4999);
  });

  test("names are those of real servers, up to the longest there can be", () => {
    const lengths = standing("box").map(({ name }) => name.length);
    expect(Math.max(...lengths)).toBe(128);
    expect(Math.min(...lengths)).toBeGreaterThan(0);
  });

  test("some links lack their other end, three are split, and some go to SQL Server", () => {
    const [box, instance] = [linksOf("box"), linksOf("instance")];
    expect([...box.keys()].filter((name) => !instance.has(name))).toHaveLength(5);
    expect([...instance.keys()].filter((name) => !box.has(name))).toHaveLength(5);
    const both = [...box].flatMap(([name, link]) => {
      const other = instance.get(name);
      return other === undefined ? [] : [[link.role, other.role].join()];
    });
    expect(both.filter((roles) => roles === "PRIMARY,PRIMARY")).toHaveLength(3);
    expect(both.filter((roles) => roles === "SECONDARY,PRIMARY")).toHaveLength(49);
    expect(both.filter((roles) => roles === "SECONDARY,SECONDARY")).toHaveLength(0);
  });
});

describe("what only stands there", () => {
  const [name = "", link] = [...linksOf("box")][0] ?? [];
  const database = standing("box")[0]?.name ?? "";

  test.each<readonly [string, ServerStatement]>([
    ["a failover", { kind: "availabilityGroupFailover", group: name }],
    ["a drop of its local group", { kind: "dropAvailabilityGroup", group: link?.groups.box ?? "" }],
    ["a drop of the database", { kind: "dropDatabase", database }],
    ["its suspension", { kind: "databaseSetHadr", database, action: "SUSPEND" }],
  ])("is refused %s, and nothing has changed", async (_, statement) => {
    const before = truth(world.state).primaries;
    expect(await ask(world, "box", statement)).toMatchObject({ error: 40510 });
    expect(world.state.changes.at(-1)).toMatchObject({ outcome: "error", error: 40510 });
    expect(truth(world.state).primaries).toEqual(before);
  });
});
