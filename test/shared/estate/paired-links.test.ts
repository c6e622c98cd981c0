// Every link between many servers is found once, with the two servers that it joins.
import { describe, expect, test } from "vitest";
import type { AvailabilityGroup, Estate, SideReading } from "../../../shared/estate/estate.ts";
import { isSameLink, pairInput, pairOfPlan } from "../../../shared/estate/pair.ts";
import {
  pairNow,
  pairedLinks,
  pairsBetween,
  pairsOf,
  refOf,
} from "../../../shared/estate/paired-links.ts";
import type { ServerRead } from "../../../shared/estate/servers.ts";
import { estateOf, newestOf } from "../../../shared/estate/servers.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import {
  adatumLink,
  estateWith,
  readOf,
  seenSide,
  withoutSide,
} from "../../renderer/link-estate.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import { secondLink, twoLinksEstate } from "../../scenarios/two-links-estate.ts";

const [box1, instance1] = serversOf(estateWith());

function serversOf(estate: Estate): readonly [ServerRead, ServerRead] {
  const [box, instance] = readOf(estate).servers;
  if (box === undefined || instance === undefined) throw new Error("Both are connected.");
  return [box, instance];
}

const nameOfSecond = "sqlmi2.zone.database.windows.net";

function seen(reading: SideReading): readonly AvailabilityGroup[] {
  return reading.kind === "seen" && reading.facts.groups.kind === "seen"
    ? reading.facts.groups.value
    : [];
}

/** That server, with what its groups are changed to. */
function withGroups(
  { reading, ...server }: ServerRead,
  change: (group: AvailabilityGroup) => AvailabilityGroup,
): ServerRead {
  if (reading.kind !== "seen") throw new Error("It is seen.");
  const groups = { kind: "seen", value: seen(reading).map(change) } as const;
  return { ...server, reading: { ...reading, facts: { ...reading.facts, groups } } };
}

/** The instance of the second link. */
const instance2: ServerRead = {
  ...withGroups({ ...instance1, connectionId: "instance-2" }, (group) => ({
    ...group,
    name: secondLink,
    groupId: "D8D4A1F6-90B3-4E27-8A5C-7F1E62D90B34",
    replicas: group.replicas.map((replica) =>
      replica.isLocal === true ? { ...replica, replicaServerName: "AG_MI2" } : replica,
    ),
  })),
  serverName: nameOfSecond,
};

const told = (servers: readonly ServerRead[]) =>
  pairedLinks(servers).map(({ pair, link }) => [
    link.name,
    pair.box,
    pair.instance,
    link.box.kind,
    link.instance.kind,
  ]);

describe("SQL Server with two links and both of their instances", () => {
  const [boxOfTwo] = serversOf(twoLinksEstate());

  test("has each link once, with its own instance", () => {
    expect(told([boxOfTwo, instance1, instance2])).toEqual([
      [adatum.link, "box-1", "instance-1", "seen", "seen"],
      [secondLink, "box-1", "instance-2", "seen", "seen"],
    ]);
  });

  test("has nobody at the other end while that instance is not connected", () => {
    expect(told([boxOfTwo, instance1])).toEqual([
      [adatum.link, "box-1", "instance-1", "seen", "seen"],
      [secondLink, "box-1", null, "seen", "unreachable"],
    ]);
    expect(told([instance2])).toEqual([[secondLink, null, "instance-2", "unreachable", "seen"]]);
  });

  test("keeps its instance in the pair while that does not answer, or has the link no more", () => {
    const { instance } = withoutSide(estateWith(), "instance");
    const silent = { ...instance2, reading: instance };
    expect(told([boxOfTwo, instance1, silent])[1]).toEqual([
      secondLink,
      "box-1",
      "instance-2",
      "seen",
      "unreachable",
    ]);
    const none = { groups: { kind: "seen", value: [] } } as const;
    const gone = { ...instance2, reading: seenSide(estateWith(), "instance", none) };
    expect(told([boxOfTwo, instance1, gone])[1]).toEqual([
      secondLink,
      "box-1",
      "instance-2",
      "seen",
      "absent",
    ]);
  });

  test("is completed in a window that was opened before its instance was connected", () => {
    const before = { linkName: secondLink, pair: { box: "box-1", instance: null } };
    const completed = { box: "box-1", instance: "instance-2" };
    expect(pairNow(pairedLinks([boxOfTwo, instance1, instance2]), before, "box")).toEqual(
      completed,
    );
    expect(pairNow([], before, "box")).toBe(before.pair);
  });
});

describe("links of the same name", () => {
  // A second SQL Server and instance, set up from the same template: every name of a group is the same.
  const twin2: ServerRead = {
    ...withGroups({ ...box1, connectionId: "box-2" }, (group) => ({
      ...group,
      replicas: group.replicas.map((replica) =>
        replica.endpointUrl?.includes("sqlmi1") === true
          ? { ...replica, endpointUrl: `tcp://${nameOfSecond}:5022;Server=[sqlmi2]` }
          : replica,
      ),
    })),
    serverName: "SQLBOX02",
  };
  const twinInstance2 = {
    ...withGroups({ ...instance1, connectionId: "instance-2" }, (group) => ({
      ...group,
      replicas: group.replicas.map((replica) =>
        replica.isLocal === true
          ? replica
          : { ...replica, endpointUrl: "TCP://sqlbox02.adatum.example:5022" },
      ),
    })),
    serverName: nameOfSecond,
  };

  test("between other servers are other links, told apart by the endpoint that they go to", () => {
    const links = pairedLinks([box1, twin2, instance1, twinInstance2]);
    expect(told([box1, twin2, instance1, twinInstance2])).toEqual([
      [adatum.link, "box-1", "instance-1", "seen", "seen"],
      [adatum.link, "box-2", "instance-2", "seen", "seen"],
    ]);
    const [one, other] = links.map(refOf);
    expect(one && other && isSameLink(one, other)).toBe(false);
    expect(pairsOf(links)).toHaveLength(2);
    expect(pairsBetween([box1, twin2, instance1, twinInstance2])).toHaveLength(4);
  });
});

test("an endpoint that no SQL Server is named by goes to the only one there is, and to none of two", () => {
  const withoutBox = { ...box1, reading: seenSide(estateWith(), "box", hidden) };
  const other = { ...withoutBox, connectionId: "box-2", serverName: "SQLBOX02" };
  const byAddress = withGroups(instance1, (group) => ({
    ...group,
    replicas: group.replicas.map((replica) =>
      replica.isLocal === true ? replica : { ...replica, endpointUrl: "TCP://10.0.9.14:5022" },
    ),
  }));
  expect(told([withoutBox, byAddress])).toEqual([
    [adatum.link, "box-1", "instance-1", "notAllowed", "seen"],
  ]);
  expect(told([withoutBox, other, byAddress])).toEqual([
    [adatum.link, null, "instance-1", "unreachable", "seen"],
  ]);
});

const hidden = { groups: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } } as const;

describe("the estate of a pair", () => {
  const read = readOf(estateWith());

  test("is what was read of these two, and says which of them is not connected", () => {
    expect(estateOf(read, adatumLink.pair)).toEqual(estateWith());
    const alone = estateOf(read, { box: null, instance: "instance-1" });
    expect(alone.box).toMatchObject({
      kind: "unreachable",
      at: read.at,
      problem: { code: "notConnected", summary: "SQL Server is not connected." },
    });
    // A connection is never taken for the other side.
    expect(estateOf(read, { box: "instance-1", instance: null }).box.kind).toBe("unreachable");
  });

  test("holds each server as it was read last", () => {
    const later = {
      at: "2026-11-21T20:00:09.000Z",
      servers: [
        { ...instance1, reading: { ...instance1.reading, at: "2026-11-21T20:00:08.000Z" } },
      ],
    };
    expect(newestOf(read, later)).toBe(later);
    expect(newestOf(later, read)).toBe(later);
    const newer = { ...instance1.reading, at: "2026-11-21T20:00:08.500Z" };
    const between = {
      at: "2026-11-21T20:00:08.900Z",
      servers: [box1, { ...instance1, reading: newer }],
    };
    expect(newestOf(between, later).servers.map(({ reading }) => reading)).toEqual([newer]);
  });
});

describe("the pair of a plan", () => {
  const connection = (side: "box" | "instance", serverName: string, address: string) => ({
    ...{ connectionId: `${side}-${address}`, side, serverName, address },
    environment: fakePlan.environment,
  });
  const { box, instance } = fakePlan;

  test("are the connections that lead to its servers, by name or by address", () => {
    const connections = [
      connection("box", "OTHER", "a"),
      connection("box", box.serverName, "b"),
      connection("instance", "RENAMED", instance.address),
    ];
    expect(pairOfPlan(connections, fakePlan)).toEqual({
      box: "box-b",
      instance: `instance-${instance.address}`,
    });
  });

  test("misses a server that is connected as of another environment, or on the other side", () => {
    const connections = [
      { ...connection("box", box.serverName, "b"), environment: "production" as const },
      connection("box", instance.serverName, "c"),
    ];
    expect(fakePlan.environment).not.toBe("production");
    expect(pairOfPlan(connections, fakePlan)).toEqual({ box: null, instance: null });
  });
});

test.each([
  [{ box: "box-1", instance: null }, true],
  [{ box: "box-1" }, false],
  [{ box: "", instance: null }, false],
  [{ box: "Box 1", instance: null }, false],
  [{ box: null, instance: null, more: 1 }, false],
])("%j is a pair: %s", (input, isOne) => {
  expect(pairInput.safeParse(input).success).toBe(isOne);
});
