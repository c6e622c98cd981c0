import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { freeTds, practiceEstate, rowsOf, withPool } from "./practice-estate.ts";

const hostile = (start: string) => `${start} ] ' " $(x) 🙂\n;--`.padEnd(126, "x");
const names = {
  link: hostile("link"),
  database: hostile("db"),
  group: hostile("ag"),
  server: hostile("srv"),
};

const scenario: Scenario = {
  ...healthy,
  name: "hostile",
  link: { ...healthy.link, name: names.link, database: names.database },
  box: {
    ...healthy.box,
    name: names.server,
    machineName: names.server,
    localPrimaryReplica: names.server,
    groupName: names.group,
  },
};

const literal = (name: string) => `N'${name.replaceAll("'", "''")}'`;
const bracket = (name: string) => `[${name.replaceAll("]", "]]")}]`;

describe("an estate whose names need every kind of quoting", () => {
  const estate = practiceEstate({ scenario, clock: "manual" });

  test("shows the names letter by letter and finds things by them", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      const rows = await rowsOf(
        pool,
        `USE ${bracket(names.database)}; SELECT DB_NAME() AS db, @@SERVERNAME AS server, (SELECT name FROM sys.availability_groups WHERE name = ${literal(names.link)}) AS link, (SELECT replica_server_name FROM sys.availability_replicas WHERE replica_server_name = ${literal(names.group)}) AS member, HAS_PERMS_BY_NAME(QUOTENAME(${literal(names.link)}), 'AVAILABILITY GROUP', 'ALTER') AS mayAlter, DATABASEPROPERTYEX(${literal(names.database)}, 'Updateability') AS updateability`,
      );
      expect(rows).toEqual([
        {
          db: names.database,
          server: names.server,
          link: names.link,
          member: names.group,
          mayAlter: 1,
          updateability: "READ_WRITE",
        },
      ]);
    });
  });

  test("reads its table by a name of three parts", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      const [row] = await rowsOf(
        pool,
        `SELECT COUNT(*) AS orders FROM ${bracket(names.database)}.dbo.Orders`,
      );
      expect(Number(row?.["orders"])).toBeGreaterThan(0);
    });
  });

  test("changes the commit mode of the group of that name, through FreeTDS", async () => {
    const member = (name: string) =>
      `${literal(name)} WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT)`;
    const statement = `ALTER AVAILABILITY GROUP ${bracket(names.link)} MODIFY AVAILABILITY GROUP ON ${member(names.group)}, ${member("AG_Adatum_MI")}`;
    const { stdout, stderr } = await freeTds(estate(), "sqlServer", statement);
    expect(`${stdout}${stderr}`).not.toMatch(/Msg \d+/);
    expect(estate().world.state.box.linkAvailabilityMode.box).toBe("SYNCHRONOUS_COMMIT");
  });
});
