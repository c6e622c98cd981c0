// SET, MODIFY and DROP of availability groups.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { wrongNode } from "../../../practice/scenarios/wrong-node.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth } from "../../../practice/world/truth.ts";
import {
  ask,
  askAndWait,
  becomeSecondary,
  dropGroup,
  failover,
  hostileName,
  started,
  worldOf,
  type Refusal,
} from "./asking.ts";

function modify(group: string, member: string, options: Record<string, string>): ServerStatement {
  const members = [{ name: member, options: new Map(Object.entries(options)) }];
  return { kind: "availabilityGroupModifyGroups", group, members };
}

function modifyReplica(
  name: string,
  options: Record<string, string>,
  group = "AG_Adatum",
): ServerStatement {
  const members = [{ name, options: new Map(Object.entries(options)) }];
  return { kind: "availabilityGroupModifyReplica", group, members };
}

const sync = { AVAILABILITY_MODE: "SYNCHRONOUS_COMMIT" };

describe("SET (ROLE = SECONDARY)", () => {
  test("leaves no primary, so nobody can write and nothing flows", async () => {
    const world = worldOf();
    await ask(world, "box", becomeSecondary);
    world.advance(3000);
    const before = truth(world.state);
    world.advance(5000);
    const { box, instance, acknowledgedRows } = truth(world.state);
    expect([box.role, instance.role]).toEqual(["SECONDARY", "SECONDARY"]);
    expect([box.health, instance.health]).toEqual(["NOT_HEALTHY", "NOT_HEALTHY"]);
    expect(acknowledgedRows).toBe(before.acknowledgedRows);
  });

  const named = (group: string): ServerStatement => ({ ...becomeSecondary, group });
  const other = new Map([["REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT", "1"]]);
  const refusals: readonly Refusal[] = [
    { name: "on a secondary with 41195", server: "instance", error: 41195 },
    { name: "on the wrong node with 41140", scenario: wrongNode, error: 41140 },
    { name: "on the local group with 19512", statement: named("AG_Adatum"), error: 19512 },
    { name: "for a hostile name with 15151", statement: named(hostileName), error: 15151 },
    {
      name: "for another option of a link with 47523",
      statement: { ...becomeSecondary, options: other },
      error: 47523,
    },
  ];
  test.each(refusals)("is refused $name", async ({ error, ...refused }) => {
    const { scenario, server = "box", statement = becomeSecondary } = refused;
    expect(await ask(worldOf(scenario), server, statement)).toMatchObject({ error });
  });
});

describe("MODIFY AVAILABILITY GROUP ON", () => {
  test("stores the mode on the server that was asked, for the member that was named", async () => {
    const world = worldOf();
    expect(await ask(world, "box", modify("LINK_Adatum", "ag_adatum_mi", sync))).toEqual({
      outputs: [],
    });
    const { box, instance } = truth(world.state);
    expect(box.linkAvailabilityMode).toEqual({
      box: "ASYNCHRONOUS_COMMIT",
      instance: "SYNCHRONOUS_COMMIT",
    });
    expect(instance.linkAvailabilityMode.instance).toBe("ASYNCHRONOUS_COMMIT");
  });

  test.each([
    ["a member that is none with 19508", modify("LINK_Adatum", hostileName, sync), 19508],
    [
      "the server's name instead of the group's with 19508",
      modify("LINK_Adatum", "SQLBOX01", sync),
      19508,
    ],
    [
      "another option with 47523",
      modify("LINK_Adatum", "AG_Adatum", { SEEDING_MODE: "MANUAL" }),
      47523,
    ],
    ["the local group with 19512", modify("AG_Adatum", "AG_Adatum", sync), 19512],
    ["an unknown group with 15151", modify(hostileName, "AG_Adatum", sync), 15151],
  ] as const)("refuses %s and changes nothing", async (_name, statement, error) => {
    const world = worldOf();
    expect(await ask(world, "box", statement)).toMatchObject({ error });
    expect(Object.values(world.state.box.linkAvailabilityMode)).toEqual([
      "ASYNCHRONOUS_COMMIT",
      "ASYNCHRONOUS_COMMIT",
    ]);
  });

  test("is refused during a failover with 47512", async () => {
    const world = worldOf();
    const planned = ask(world, "box", failover);
    await started();
    const statement = modify("LINK_Adatum", "AG_Adatum", sync);
    expect(await ask(world, "box", statement)).toMatchObject({ error: 47512 });
    world.advance(20_000);
    await planned;
  });

  test("synchronous on both sides makes every commit wait for the secondary", async () => {
    const world = worldOf({ ...healthy, link: { ...healthy.link, networkDelayMs: 500 } });
    for (const server of ["box", "instance"] as const) {
      for (const member of ["AG_Adatum", "AG_Adatum_MI"]) {
        await ask(world, server, modify("LINK_Adatum", member, sync));
      }
    }
    world.advance(5000);
    let waiting = 0;
    for (let step = 0; step < 300; step++) {
      world.advance(10);
      waiting += world.state.replication.unconfirmed.length;
      expect(truth(world.state).instance.rows.hasEveryAcknowledged).toBe(true);
    }
    expect(waiting).toBeGreaterThan(0);
  });
});

describe("MODIFY REPLICA ON", () => {
  test("lets connections into a secondary copy, also after this side was demoted", async () => {
    const world = worldOf();
    await askAndWait(world, "box", failover);
    const statement = modifyReplica("sqlbox01", { "SECONDARY_ROLE.ALLOW_CONNECTIONS": "ALL" });
    expect(await ask(world, "box", statement)).toEqual({ outputs: [] });
    expect(truth(world.state).box.secondaryAllowConnections).toBe("ALL");
  });

  test.each([
    ["an unknown replica with 41167", modifyReplica(hostileName, {}), 41167],
    ["another option with 40517", modifyReplica("SQLBOX01", { BACKUP_PRIORITY: "5" }), 40517],
    ["the link's group with 47523", modifyReplica("x", {}, "LINK_Adatum"), 47523],
  ] as const)("refuses %s", async (_name, statement, error) => {
    expect(await ask(worldOf(), "box", statement)).toMatchObject({ error });
  });

  test("refuses the wrong node with 41140", async () => {
    const statement = modifyReplica("SQLBOX02", {});
    expect(await ask(worldOf(wrongNode), "box", statement)).toMatchObject({ error: 41140 });
  });
});

describe("DROP AVAILABILITY GROUP", () => {
  test("of the link on the instance leaves a writable copy there and the primary alone", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(2000);
    await ask(world, "instance", dropGroup("LINK_Adatum"));
    world.advance(25_000);
    const { box, instance } = truth(world.state);
    expect(instance).toMatchObject({
      linkDropped: true,
      updateability: "READ_WRITE",
      databaseState: "ONLINE",
    });
    expect(box).toMatchObject({ isPartnerConnected: false, updateability: "READ_WRITE" });
  });

  test("of link and local group on a primary leaves its database writable", async () => {
    const world = worldOf();
    expect(await ask(world, "box", dropGroup("AG_Adatum"))).toMatchObject({ error: 41156 });
    await ask(world, "box", dropGroup("LINK_Adatum"));
    expect(await ask(world, "box", dropGroup("AG_Adatum"))).toEqual({ outputs: [] });
    expect(truth(world.state).box).toMatchObject({
      databaseState: "ONLINE",
      updateability: "READ_WRITE",
      localGroupDropped: true,
    });
    expect(await ask(world, "box", dropGroup("LINK_Adatum"))).toMatchObject({ error: 15151 });
  });

  test.each([
    ["restoring", "RESTORING", "READ_ONLY"],
    ["readWrite", "ONLINE", "READ_WRITE"],
  ] as const)(
    "on a secondary side with secondaryAfterDrop %s",
    async (setting, state, updateability) => {
      const engine = { ...healthy.engine, secondaryAfterDrop: setting };
      const world = worldOf({ ...healthy, engine });
      await askAndWait(world, "box", failover);
      await ask(world, "box", dropGroup("LINK_Adatum"));
      await ask(world, "box", dropGroup("AG_Adatum"));
      expect(truth(world.state).box).toMatchObject({ databaseState: state, updateability });
    },
  );

  test("is refused for an unknown name and for the instance's inner group with 15151, during a failover with 41156", async () => {
    const world = worldOf();
    expect(await ask(world, "box", dropGroup(hostileName))).toMatchObject({ error: 15151 });
    expect(await ask(world, "instance", dropGroup("AG_Adatum_MI"))).toMatchObject({ error: 15151 });
    const planned = ask(world, "box", failover);
    await started();
    expect(await ask(world, "box", dropGroup("LINK_Adatum"))).toMatchObject({ error: 41156 });
    world.advance(20_000);
    await planned;
  });
});
