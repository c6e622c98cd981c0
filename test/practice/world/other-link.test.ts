// Two links of one database: each with roles, queues and failovers of its own over the same local group.
import { describe, expect, test } from "vitest";
import { twoLinks } from "../../../practice/scenarios/two-links.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth, type Truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import {
  ask,
  askAndWait,
  backupLog,
  becomeSecondary,
  dropGroup,
  failover,
  started,
  worldOf,
} from "./asking.ts";

const otherFailover = { ...failover, group: "link_adatum_2" } as const;

function doorTo(world: World): World {
  if (world.otherLink === null) throw new Error("no other link");
  return world.otherLink;
}

function rolesOf(world: World): Readonly<Record<string, readonly string[]>> {
  const { box, instance, otherLink }: Truth = truth(world.state);
  return {
    LINK_Adatum: [box.role, instance.role],
    LINK_Adatum_2: [otherLink?.box.role ?? "", otherLink?.instance.role ?? ""],
  };
}

const asTheyWere = {
  LINK_Adatum: ["PRIMARY", "SECONDARY"],
  LINK_Adatum_2: ["PRIMARY", "SECONDARY"],
};

/** Somebody stops the application, and what it wrote arrives everywhere. */
function quiet(engine: Partial<typeof twoLinks.engine> = {}): World {
  const world = worldOf({ ...twoLinks, engine: { ...twoLinks.engine, ...engine } });
  world.setWorkload(false);
  world.advance(3000);
  return world;
}

describe("while nothing happens", () => {
  test("both instances follow SQL Server's log, each reported for itself", () => {
    const world = worldOf(twoLinks);
    const before = truth(world.state).otherLink?.instance.rows.count ?? 0;
    expect(before).toBeGreaterThan(10);
    world.advance(5000);
    const { otherLink } = truth(world.state);
    expect(otherLink?.instance.rows.count).toBeGreaterThan(before);
    expect([otherLink?.box.health, otherLink?.instance.health]).toEqual(["HEALTHY", "HEALTHY"]);
    expect(rolesOf(world)).toEqual(asTheyWere);
  });

  test("one line that breaks leaves the other link as it is", () => {
    const world = worldOf(twoLinks);
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(30_000);
    const { instance, otherLink } = truth(world.state);
    expect([instance.isPartnerConnected, instance.health]).toEqual([false, "NOT_HEALTHY"]);
    expect([otherLink?.instance.isPartnerConnected, otherLink?.instance.health]).toEqual([
      true,
      "HEALTHY",
    ]);
  });
});

describe("FAILOVER of one link", () => {
  test.each([
    ["goesOn", "HEALTHY"],
    ["stands", "NOT_HEALTHY"],
  ] as const)(
    "swaps its roles alone; the other link of a secondary SQL Server, where it %s, is %s",
    async (otherLinkOfSecondary, health) => {
      const world = quiet({ otherLinkOfSecondary });
      expect(await askAndWait(world, "box", failover)).toEqual({ outputs: [] });
      expect(rolesOf(world)).toEqual({ ...asTheyWere, LINK_Adatum: ["SECONDARY", "PRIMARY"] });
      world.setWorkload(true);
      world.advance(10_000);
      world.setWorkload(false);
      world.advance(3000);
      const { acknowledgedRows, instance, otherLink } = truth(world.state);
      expect(instance.rows.hasEveryAcknowledged).toBe(true);
      expect(otherLink?.instance.health).toBe(health);
      expect((otherLink?.instance.rows.count ?? 0) === acknowledgedRows).toBe(
        otherLinkOfSecondary === "goesOn",
      );
    },
  );

  test("of the second one swaps the roles of that one; SQL Server's copy is secondary then, and its log cannot be saved as a primary's", async () => {
    const world = quiet();
    expect(await askAndWait(world, "box", otherFailover)).toEqual({ outputs: [] });
    expect(rolesOf(world)).toEqual({ ...asTheyWere, LINK_Adatum_2: ["SECONDARY", "PRIMARY"] });
    const { box, otherLink, acknowledgedRows } = truth(world.state);
    expect([box.updateability, otherLink?.instance.updateability]).toEqual([
      "READ_ONLY",
      "READ_WRITE",
    ]);
    expect(otherLink?.instance.rows.count).toBe(acknowledgedRows);
    const full: Extract<ServerStatement, { kind: "backup" }> = {
      ...backupLog,
      what: "DATABASE",
      options: new Map(),
    };
    expect((await askAndWait(world, "box", full)).error).toBe(3013);
  });

  test("is refused with 19503 while the other link has made SQL Server secondary, and 47513 while it is about to", async () => {
    const world = quiet();
    const planned = ask(world, "box", failover);
    await started();
    expect(await ask(world, "box", otherFailover)).toMatchObject({ error: 47513 });
    world.advance(20_000);
    await planned;
    expect(await ask(world, "box", otherFailover)).toMatchObject({ error: 19503 });
    const demoted = await ask(world, "box", { ...becomeSecondary, group: "LINK_Adatum_2" });
    expect(demoted).toMatchObject({ error: 19503 });
    expect(rolesOf(world)).toEqual({ ...asTheyWere, LINK_Adatum: ["SECONDARY", "PRIMARY"] });
  });

  test("and back from its own instance brings SQL Server home, with every row", async () => {
    const world = quiet();
    await askAndWait(world, "box", otherFailover);
    expect(await askAndWait(doorTo(world), "instance", otherFailover)).toEqual({ outputs: [] });
    expect(rolesOf(world)).toEqual(asTheyWere);
    world.setWorkload(true);
    world.advance(5000);
    expect(truth(world.state).box.rows.hasEveryAcknowledged).toBe(true);
  });

  test("by force on the second instance, and SQL Server demoted after it, leaves both links with one history", async () => {
    const world = worldOf(twoLinks);
    await ask(doorTo(world), "instance", {
      kind: "availabilityGroupForceFailover",
      group: "LINK_Adatum_2",
    });
    world.advance(10_000);
    await ask(world, "box", { ...becomeSecondary, group: "LINK_Adatum_2" });
    await ask(world, "box", { kind: "databaseSetHadr", database: "Adatum", action: "RESUME" });
    world.advance(20_000);
    const { instance, box, otherLink } = truth(world.state);
    expect(box.rows.count).toBe(otherLink?.instance.rows.count);
    expect(instance.rows.count).toBe(otherLink?.instance.rows.count);
  });
});

test("each link is dropped by its own name, the group they share only after both", async () => {
  const world = quiet();
  expect(await ask(world, "box", dropGroup("LINK_Adatum_2"))).toEqual({ outputs: [] });
  expect(truth(world.state)).toMatchObject({
    box: { linkDropped: false },
    otherLink: { box: { linkDropped: true } },
  });
  expect(await ask(world, "box", dropGroup("LINK_Adatum_2"))).toMatchObject({ error: 15151 });
  expect(await ask(world, "box", dropGroup("AG_Adatum"))).toMatchObject({ error: 41156 });
  await ask(world, "box", dropGroup("LINK_Adatum"));
  expect(await ask(world, "box", dropGroup("AG_Adatum"))).toEqual({ outputs: [] });
});

test("the group they share is in use while only the second link is left", async () => {
  const world = quiet();
  await ask(world, "box", dropGroup("LINK_Adatum"));
  expect(await ask(world, "box", dropGroup("AG_Adatum"))).toMatchObject({ error: 41156 });
});

test("what SQL Server was asked stands in one record, whichever link it was about", async () => {
  const world = quiet();
  await askAndWait(world, "box", otherFailover);
  expect(truth(world.state).changes).toEqual([
    {
      server: "box",
      text: "ALTER AVAILABILITY GROUP [link_adatum_2] FAILOVER",
      count: 1,
      outcomes: ["done"],
    },
  ]);
});
