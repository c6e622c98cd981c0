import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { freeTds, practiceEstate, rowsOf, withPool } from "./practice-estate.ts";
import * as queries from "./published-queries.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });

describe("the published queries of a healthy link, through mssql", () => {
  test("the overview shows both members with their commit mode; only the primary knows both roles", async () => {
    const overview = (kind: "sqlServer" | "managedInstance") =>
      withPool(estate(), kind, async (pool) =>
        // Nothing in the query orders the rows.
        (await rowsOf(pool, queries.groupOverview))
          .map((row) => Object.values(row))
          .sort((one, other) => String(one[2]).localeCompare(String(other[2]))),
      );
    const member = (name: string, ...rest: readonly (string | null)[]) => [
      "LINK_Adatum",
      true,
      name,
      "ASYNCHRONOUS_COMMIT",
      ...rest,
    ];
    expect(await overview("sqlServer")).toEqual([
      member("AG_Adatum", "CONNECTED", "PRIMARY", "ONLINE", "HEALTHY"),
      member("AG_Adatum_MI", "CONNECTED", "SECONDARY", null, "HEALTHY"),
    ]);
    expect(await overview("managedInstance")).toEqual([
      member("AG_Adatum", null, null, null, null),
      member("AG_Adatum_MI", "CONNECTED", "SECONDARY", "ONLINE", "HEALTHY"),
    ]);
  });

  test("positions on SQL Server: its own row and the last report of the instance", async () => {
    const rows = await withPool(estate(), "sqlServer", (pool) =>
      rowsOf(pool, queries.positionsOnSqlServer),
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({
        "Replication group": "LINK_Adatum",
        "Database name": "Adatum",
        "Database ID": 5,
        "Sync state": "SYNCHRONIZING",
      });
    }
  });

  test("positions on the instance: the link's row and the inner group's", async () => {
    const rows = await withPool(estate(), "managedInstance", (pool) =>
      rowsOf(pool, queries.positionsOnInstance("GeneralPurpose")),
    );
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row["Last hardened LSN"])).size).toBe(1);
  });

  test("the Business Critical form gives one row here too", async () => {
    const rows = await withPool(estate(), "managedInstance", (pool) =>
      rowsOf(pool, queries.positionsOnInstance("BusinessCritical")),
    );
    expect(rows).toHaveLength(1);
  });

  test("role and health on both sides", async () => {
    for (const [kind, role] of [
      ["sqlServer", "PRIMARY"],
      ["managedInstance", "SECONDARY"],
    ] as const) {
      await withPool(estate(), kind, async (pool) => {
        expect(await rowsOf(pool, queries.linkRole)).toEqual([
          { "Link name": "LINK_Adatum", "Link role": role },
        ]);
        expect(await rowsOf(pool, queries.linkHealth)).toEqual([{ "Link sync health": "HEALTHY" }]);
      });
    }
  });

  test("lag is known to the primary alone", async () => {
    const lag = (kind: "sqlServer" | "managedInstance") =>
      withPool(estate(), kind, (pool) => rowsOf(pool, queries.replicationLag));
    const [onPrimary, ...others] = await lag("sqlServer");
    expect(onPrimary).toMatchObject({
      "Link role": "PRIMARY",
      "Link connected state": "CONNECTED",
      "Link sync health": "HEALTHY",
    });
    expect(onPrimary?.["Link replication latency (seconds)"]).toMatch(/^[01]$/);
    expect(others).toEqual([]);
    expect(await lag("managedInstance")).toEqual([]);
  });

  test("no seeding runs, and each side's endpoint certificate has its expiry date", async () => {
    for (const kind of ["sqlServer", "managedInstance"] as const) {
      await withPool(estate(), kind, async (pool) => {
        expect(await rowsOf(pool, queries.seedingProgress)).toEqual([]);
        const [certificate] = await rowsOf(pool, queries.certificateExpiry);
        expect(certificate?.["expiry_date"]).toBeInstanceOf(Date);
      });
    }
  });
});

describe("on a Business Critical instance", () => {
  const scenario = {
    ...healthy,
    instance: { ...healthy.instance, serviceTier: "BusinessCritical" },
  } as const;
  const estate = practiceEstate({ scenario, clock: "manual" });

  test("the General Purpose form shows every copy, the Business Critical form one", async () => {
    await withPool(estate(), "managedInstance", async (pool) => {
      expect(await rowsOf(pool, queries.positionsOnInstance("GeneralPurpose"))).toHaveLength(5);
      expect(await rowsOf(pool, queries.positionsOnInstance("BusinessCritical"))).toHaveLength(1);
    });
  });
});

describe("the same through FreeTDS", () => {
  const direct = practiceEstate({ scenario: "healthy", clock: "manual", routing: "off" });

  test.each(["sqlServer", "managedInstance"] as const)(
    "every query runs on the %s without a message of an error",
    async (kind) => {
      const all = [
        queries.groupOverview,
        queries.positionsOnSqlServer,
        queries.positionsOnInstance("GeneralPurpose"),
        queries.positionsOnInstance("BusinessCritical"),
        queries.linkRole,
        queries.replicationLag,
        queries.linkHealth,
        queries.seedingProgress,
        queries.certificateExpiry,
      ];
      const { stdout, stderr } = await freeTds(direct(), kind, all.join("\ngo\n"));
      expect(`${stdout}${stderr}`).not.toMatch(/Msg \d+/);
      expect(stdout).toContain("LINK_Adatum");
      expect(stdout).toContain(kind === "sqlServer" ? "PRIMARY" : "SECONDARY");
    },
  );
});
