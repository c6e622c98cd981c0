// What a server of each release, edition and tier shows: columns, functions, permissions, properties, further replicas.
import { describe, expect, test } from "vitest";
import { permissionsOf } from "../../../practice/server/permissions.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { scenarioNamed } from "../scenarios/named.ts";
import { ask, worldOf } from "../world/asking.ts";
import { fixture, withServer, type Fixture } from "../server/server-parts.ts";

const seen = (name: string, side: ServerKey = "box"): Fixture =>
  fixture(side, () => scenarioNamed(name));

const columnsOf = ({ host }: Fixture, view: string): readonly string[] =>
  host.tables
    .find(({ schema, name }) => `${schema}.${name}` === view)
    ?.columns.map((c) => c.name) ?? [];

/** A column, and the scenarios in order of age; the first that has it. */
const arrivals = [
  ["sys.availability_groups", "is_distributed", "sql2016"],
  ["sys.availability_groups", "cluster_type", "sql2017"],
  ["sys.availability_groups", "cluster_type_desc", "sql2017"],
  ["sys.availability_groups", "required_synchronized_secondaries_to_commit", "sql2017"],
  ["sys.availability_groups", "sequence_number", "sql2017"],
  ["sys.availability_groups", "is_contained", "sql2022-rtm"],
  ["sys.availability_replicas", "seeding_mode", "sql2016"],
  ["sys.availability_replicas", "read_write_routing_url", "sql2019-cutover"],
  ["sys.dm_hadr_database_replica_states", "secondary_lag_seconds", "sql2016"],
  ["sys.dm_hadr_database_replica_states", "quorum_commit_lsn", "sql2019-cutover"],
  ["sys.dm_hadr_database_replica_states", "is_internal", "sql2025-policy2025"],
  ["sys.dm_hadr_availability_replica_states", "write_lease_remaining_ticks", "sql2017"],
  ["sys.dm_hadr_availability_replica_states", "is_internal", "sql2025-policy2025"],
  ["sys.databases", "is_accelerated_database_recovery_on", "sql2019-cutover"],
] as const;
const byAge = ["sql2016", "sql2017", "sql2019-cutover", "sql2022-rtm", "sql2025-policy2025"];
const fixtures = new Map(byAge.map((name) => [name, seen(name)]));

describe("columns", () => {
  test.each(arrivals)("%s.%s comes with %s", (view, column, first) => {
    const having = byAge.filter((name) => {
      const found = fixtures.get(name);
      return found !== undefined && columnsOf(found, view).includes(column);
    });
    expect(having).toEqual(byAge.slice(byAge.indexOf(first)));
  });

  test("every row of every view has as many values as columns, in each release", () => {
    for (const found of fixtures.values()) {
      for (const table of found.host.tables) {
        const args = table.argumentCount === undefined ? [] : [5];
        for (const row of found.host.rows(table, found.session, args)) {
          expect(row.length, table.name).toBe(table.columns.length);
        }
      }
    }
  });

  test("an instance shows those of its update policy", () => {
    const has = (name: string) =>
      columnsOf(seen(name, "instance"), "sys.dm_hadr_database_replica_states").includes(
        "is_internal",
      );
    expect([has("healthy"), has("sql2025-policy2025"), has("policy-always-up-to-date")]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

test("TRIM and STRING_AGG came with 2017", () => {
  const unknown = byAge.map((name) => [...(fixtures.get(name)?.host.unknownFunctions ?? [])]);
  expect(unknown).toEqual([["STRING_AGG", "TRIM"], [], [], [], []]);
});

test.each([
  ["sql2016", "VIEW SERVER STATE", null],
  ["sql2019-cutover", "VIEW SERVER STATE", null],
  ["sql2022-rtm", "VIEW SERVER PERFORMANCE STATE", 1],
  ["sql2025-policy2025", "VIEW SERVER PERFORMANCE STATE", 1],
])("in %s the state views ask for %s", (name, permission, performance) => {
  const state = permissionsOf(seen(name).parts.world.state.box);
  expect(state.serverStatePermission).toBe(permission);
  expect(state.server("VIEW SERVER PERFORMANCE STATE")).toBe(performance);
});

test.each([
  ["sql2016", "box", ["13.0.7000.253", "SP3", null, null, 3], "SQL Server 2016 (SP3) - 13.0.7000"],
  ["sql2017", "box", ["14.0.3490.10", "RTM", "CU31", null, 3], "SQL Server 2017 (RTM-CU31) - 14.0"],
  ["sql2022-rtm", "box", ["16.0.1000.6", "RTM", null, null, 3], "SQL Server 2022 (RTM) - 16.0"],
  ["sql2022-standard", "box", ["16.0.4125.3", "RTM", "CU13", null, 2], "Standard Edition (64-bit)"],
  ["sql2022-cu12", "box", ["16.0.4115.5", "RTM", "CU12", null, 3], "Developer Edition (64-bit)"],
  ["sql2025-policy2025", "box", ["17.0.1000.7", "RTM", null, null, 3], "SQL Server 2025 (RTM)"],
  ["healthy", "instance", ["12.0.2000.8", "RTM", null, "CU", 8], "SQL Azure (RTM) - 12.0.2000.8"],
  ["sql2025-policy2025", "instance", ["17.0.4035.6", "RTM", null, "CU", 8], "SQL Azure"],
  ["policy-always-up-to-date", "instance", ["17.0.4035.6", "RTM", null, "Continuous", 8], "Azure"],
] as const)("%s, %s tells its properties and @@VERSION", (name, side, properties, version) => {
  const { host, session } = seen(name, side);
  const names = [
    "ProductVersion",
    "ProductLevel",
    "ProductUpdateLevel",
    "ProductUpdateType",
    "EngineEdition",
  ];
  expect(names.map((one) => host.serverProperty(one))).toEqual(properties);
  expect(host.globalVariable("VERSION", session)).toContain(version);
});

test("a database that came from SQL Server 2019 keeps its compatibility level on the instance", () => {
  const level = (side: ServerKey, database: string) =>
    seen("sql2019-cutover", side)
      .read("sys.databases")
      .find((row) => row["name"] === database)?.["compatibility_level"];
  expect([level("box", "Adatum"), level("instance", "Adatum")]).toEqual([150, 150]);
  expect(level("instance", "master")).toBe(160);
});

describe("a group of two nodes", () => {
  test("stands in a cluster; the primary shows the other node as a secondary, in its local group alone", () => {
    const { read } = seen("multi-node-box");
    expect(read("sys.availability_groups").map((row) => row["cluster_type_desc"])).toEqual([
      "WSFC",
      "WSFC",
    ]);
    expect(read("sys.dm_hadr_cluster")).toHaveLength(1);
    const replica = read("sys.availability_replicas").find(
      (row) => row["replica_server_name"] === "SQLBOX02",
    );
    const id = replica?.["replica_id"];
    const states = read("sys.dm_hadr_availability_replica_states");
    expect(states.find((row) => row["replica_id"] === id)).toMatchObject({
      is_local: false,
      role_desc: "SECONDARY",
    });
    const rows = read("sys.dm_hadr_database_replica_states");
    expect(rows.find((row) => row["replica_id"] === id)).toMatchObject({
      is_local: false,
      is_primary_replica: false,
      synchronization_state_desc: "SYNCHRONIZED",
    });
    const endpoints = seen("multi-node-box", "instance")
      .read("sys.availability_replicas")
      .map((row) => row["endpoint_url"]);
    expect(endpoints).toContain("TCP://10.0.0.10:5022");
  });

  test("after a failover inside the group this node is told of itself alone, and who is primary", () => {
    const { read, parts } = seen("multi-node-box");
    parts.world.fault({ kind: "localGroupMoves", on: true });
    const states = read("sys.dm_hadr_availability_replica_states");
    expect(states.map((row) => [row["is_local"], row["role_desc"]])).toEqual([
      [true, "SECONDARY"],
      [true, "SECONDARY"],
    ]);
    expect(
      read("sys.dm_hadr_availability_group_states").map((row) => row["primary_replica"]),
    ).toContain("SQLBOX02");
    expect(read("sys.dm_hadr_database_replica_states").every((row) => row["is_local"])).toBe(true);
  });

  const modify = (name: string): ServerStatement => ({
    kind: "availabilityGroupModifyReplica",
    group: "AG_Adatum",
    members: [{ name, options: new Map([["SECONDARY_ROLE.ALLOW_CONNECTIONS", "ALL"]]) }],
  });
  const local = { kind: "availabilityGroupFailover", group: "AG_Adatum" } as const;

  test("connections are let into each node by its own name; its own FAILOVER is for the target alone", async () => {
    const { parts, read } = seen("multi-node-box");
    expect(await ask(parts.world, "box", modify("sqlbox02"))).toEqual({ outputs: [] });
    const allowed = read("sys.availability_replicas")
      .filter((row) => row["group_id"] === parts.world.state.box.groupId)
      .map((row) => [row["replica_server_name"], row["secondary_role_allow_connections_desc"]]);
    expect(allowed).toEqual([
      ["SQLBOX01", "NO"],
      ["SQLBOX02", "ALL"],
    ]);
    expect(await ask(parts.world, "box", local)).toMatchObject({ error: 41122 });
    parts.world.fault({ kind: "localGroupMoves", on: true });
    expect(await ask(parts.world, "box", local)).toMatchObject({ error: 40517 });
  });

  test("Standard edition lets nobody read a secondary copy, or does, as the setting says", async () => {
    for (const [readableSecondaryOnStandard, error] of [
      ["refused", 41199],
      ["accepted", undefined],
    ] as const) {
      const standard = scenarioNamed("sql2022-standard");
      const engine = { ...standard.engine, readableSecondaryOnStandard };
      const answer = await ask(worldOf({ ...standard, engine }), "box", modify("SQLBOX01"));
      expect(answer.error).toBe(error);
    }
  });
});

test.each([
  ["advanced", false],
  ["basic", true],
] as const)("the group of Standard edition, where it is %s", (standardGroup, basic) => {
  const standard = scenarioNamed("sql2022-standard");
  const engine = { ...standard.engine, standardGroup };
  const { read } = fixture("box", () => ({ ...standard, engine }));
  expect(read("sys.availability_groups").map((row) => row["basic_features"])).toEqual([
    basic,
    false,
  ]);
});

test("a Business Critical instance has three further copies, whichever side is primary", () => {
  for (const primary of ["box", "instance"] as const) {
    const { read } = fixture("instance", (healthy) => ({
      ...withServer("instance", { serviceTier: "BusinessCritical" })(healthy),
      primary,
    }));
    const rows = read("sys.dm_hadr_database_replica_states").filter((row) => !row["is_local"]);
    const further = rows.filter((row) => row["is_primary_replica"] === false);
    expect(further.length).toBe(primary === "box" ? 3 : 4);
  }
});
