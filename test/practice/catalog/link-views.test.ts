import { describe, expect, test } from "vitest";
import { findScenario } from "../../../practice/scenarios/all.ts";
import { fixture, withServer } from "../server/server-parts.ts";
import type { Row } from "../server/server-parts.ts";

const link = "6F1C2A52-3B0D-4E77-9C1E-0A5B7D9E2F10";

const pick = (rows: readonly Row[], ...names: readonly string[]) =>
  rows.map((row) => names.map((name) => row[name]));

describe("groups and replicas", () => {
  test("SQL Server has its own group and the distributed group, each with its type of cluster", () => {
    const { read } = fixture("box");
    expect(
      pick(read("sys.availability_groups"), "name", "is_distributed", "cluster_type_desc"),
    ).toEqual([
      ["AG_Adatum", false, "NONE"],
      ["LINK_Adatum", true, "WSFC"],
    ]);
  });

  test("replicas of the distributed group bear the names of its member groups", () => {
    for (const side of ["box", "instance"] as const) {
      const rows = fixture(side)
        .read("sys.availability_replicas")
        .filter((row) => row["group_id"] === link);
      expect(
        pick(rows, "replica_server_name", "availability_mode_desc", "session_timeout"),
      ).toEqual([
        ["AG_Adatum", "ASYNCHRONOUS_COMMIT", 20],
        ["AG_Adatum_MI", "ASYNCHRONOUS_COMMIT", 20],
      ]);
    }
  });

  test("the primary knows both replicas of the link, the secondary its own alone", () => {
    const states = (side: "box" | "instance") =>
      pick(
        fixture(side)
          .read("sys.dm_hadr_availability_replica_states")
          .filter((row) => row["group_id"] === link),
        "is_local",
        "role_desc",
        "operational_state_desc",
        "connected_state_desc",
        "synchronization_health_desc",
      );
    expect(states("box")).toEqual([
      [true, "PRIMARY", "ONLINE", "CONNECTED", "HEALTHY"],
      [false, "SECONDARY", null, "CONNECTED", "HEALTHY"],
    ]);
    expect(states("instance")).toEqual([[true, "SECONDARY", "ONLINE", "CONNECTED", "HEALTHY"]]);
  });

  test("every replica state belongs to a replica, and every database row to one too", () => {
    for (const serviceTier of ["GeneralPurpose", "BusinessCritical"] as const) {
      for (const side of ["box", "instance"] as const) {
        const { read } = fixture(side, withServer("instance", { serviceTier }));
        const known = read("sys.availability_replicas").map((row) => row["replica_id"]);
        const states = read("sys.dm_hadr_availability_replica_states");
        const databases = read("sys.dm_hadr_database_replica_states");
        for (const row of [...states, ...databases]) expect(known).toContain(row["replica_id"]);
        expect(databases.length).toBeGreaterThan(0);
      }
    }
  });

  test("a Business Critical instance shows its further copies, one alone is the primary replica", () => {
    const { read } = fixture(
      "instance",
      withServer("instance", { serviceTier: "BusinessCritical" }),
    );
    const rows = read("sys.dm_hadr_database_replica_states");
    expect(rows.filter((row) => row["is_primary_replica"] === true)).toHaveLength(1);
    expect(rows.length).toBe(5);
  });

  test("a lost connection is DISCONNECTED with its error, and the link is NOT_HEALTHY", () => {
    const { read } = fixture("box", () => findScenario("disconnected") ?? fail());
    const rows = read("sys.dm_hadr_availability_replica_states").filter(
      (row) => row["group_id"] === link && row["is_local"] === false,
    );
    expect(
      pick(
        rows,
        "role_desc",
        "connected_state_desc",
        "synchronization_health_desc",
        "last_connect_error_number",
      ),
    ).toEqual([["SECONDARY", "DISCONNECTED", "NOT_HEALTHY", 10_060]]);
  });

  test("on a node that is secondary in its own group the link shows SECONDARY and no remote row", () => {
    const { read } = fixture("box", () => findScenario("wrong-node") ?? fail());
    expect(
      pick(
        read("sys.dm_hadr_availability_replica_states"),
        "group_id",
        "is_local",
        "role_desc",
      ).filter(([group]) => group === link),
    ).toEqual([[link, true, "SECONDARY"]]);
    const local = read("sys.dm_hadr_availability_group_states").find(
      (row) => row["group_id"] !== link,
    );
    expect(local?.["primary_replica"]).toBe("SQLBOX01");
  });

  test("the database stands in its own group alone", () => {
    const { read } = fixture("box");
    expect(pick(read("sys.availability_databases_cluster"), "group_id", "database_name")).toEqual([
      ["B7E02D41-96C3-4A18-8F5D-21C0A4E6B973", "Adatum"],
    ]);
  });
});

describe("sys.dm_hadr_database_replica_states", () => {
  test("positions are exact digits and times the server's own wall clock", () => {
    const { read, parts } = fixture("box");
    const remote = read("sys.dm_hadr_database_replica_states").find(
      (row) => row["is_local"] === false,
    );
    expect(remote?.["last_hardened_lsn"]).toMatch(/^\d{17,25}$/);
    const at = Date.parse(`${String(remote?.["last_hardened_time"])}Z`);
    const nowHere = parts.world.state.nowMs + 120 * 60_000;
    expect(nowHere - at).toBeGreaterThanOrEqual(0);
    expect(nowHere - at).toBeLessThan(5000);
  });

  test("last_commit_time on the instance shows the clock of SQL Server, the primary", () => {
    const own = fixture("instance")
      .read("sys.dm_hadr_database_replica_states")
      .find((row) => row["group_id"] === link);
    const committed = Date.parse(`${String(own?.["last_commit_time"])}Z`);
    const redone = Date.parse(`${String(own?.["last_redone_time"])}Z`);
    expect(Math.round((committed - redone) / 3_600_000)).toBe(2);
  });

  test("a suspended side says so and why", () => {
    const { read } = fixture("box", () => findScenario("suspended") ?? fail());
    const rows = read("sys.dm_hadr_database_replica_states").filter(
      (row) => row["is_suspended"] === true,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]?.["suspend_reason_desc"]).toBe("SUSPEND_FROM_USER");
  });
});

function fail(): never {
  throw new Error("no such scenario");
}
