// What a link leaves on SQL Server, over TDS: endpoint, certificates, trace flags, and what the engine asks before it drops them.
import { describe, expect, test } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { twoLinks } from "../../../practice/scenarios/two-links.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Surroundings } from "../../../practice/world/surroundings.ts";
import { refusalOf, rowsOf, withPool } from "./practice-estate.ts";

interface Sql {
  readonly estate: PracticeEstate;
  readonly rows: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly refused: (text: string) => Promise<readonly number[]>;
}

async function onBox(
  work: (sql: Sql) => Promise<void>,
  surroundings: Partial<Surroundings> = {},
  scenario: Scenario = healthy,
): Promise<void> {
  const box = { ...scenario.box, surroundings };
  const estate = await startPracticeEstate({ scenario: { ...scenario, box }, clock: "manual" });
  try {
    await withPool(estate, "sqlServer", (pool) =>
      work({
        estate,
        rows: (text) => rowsOf(pool, text),
        refused: (text) => refusalOf(pool.request().batch(text)),
      }),
    );
  } finally {
    await estate.stop();
  }
}

const endpoints = "SELECT name FROM sys.database_mirroring_endpoints";
const certificates = "SELECT name FROM master.sys.certificates ORDER BY name";
const ownCertificate = "DROP CERTIFICATE [Cert_SQLBOX01_endpoint]";
const flags = "DBCC TRACESTATUS (1800, 9567, 12381, -1) WITH NO_INFOMSGS";

describe("DROP ENDPOINT", () => {
  test("is carried out while a link replicates through it, and the link loses its partner", () =>
    onBox(async ({ estate, rows, refused }) => {
      expect(await refused("DROP ENDPOINT [database_mirroring_endpoint]")).toEqual([]);
      expect(await rows(endpoints)).toEqual([]);
      expect(await rows("SELECT name FROM sys.tcp_endpoints")).toEqual([
        { name: "TSQL Default TCP" },
      ]);
      estate.world.advance(30_000);
      expect(truth(estate.world.state).box.isPartnerConnected).toBe(false);
    }));

  test("of an endpoint that is not there is 15151", () =>
    onBox(async ({ refused }) => {
      expect(await refused("DROP ENDPOINT [other]")).toEqual([15151]);
    }));

  test("cuts every link of the server", () =>
    onBox(
      async ({ estate, refused }) => {
        expect(await refused("DROP ENDPOINT database_mirroring_endpoint")).toEqual([]);
        expect(estate.world.state.otherLink?.link.connected).toBe(false);
      },
      {},
      twoLinks,
    ));
});

describe("DROP CERTIFICATE", () => {
  test("of the endpoint's own is 15352 until the endpoint is gone", () =>
    onBox(async ({ rows, refused }) => {
      expect(await refused(ownCertificate)).toEqual([15352]);
      await refused("DROP ENDPOINT [database_mirroring_endpoint]");
      expect(await refused(ownCertificate)).toEqual([]);
      expect(await rows(certificates)).toEqual([
        { name: "DigiCertPKI" },
        { name: "sqlmi1.a0b1c2d3e4f5.database.windows.net" },
      ]);
    }));

  test("is 15352 while Service Broker shows it, 15559 while a login or a user of master is made of it", () =>
    onBox(
      async ({ rows, refused }) => {
        await refused("DROP ENDPOINT [database_mirroring_endpoint]");
        expect(await refused(ownCertificate)).toEqual([15352]);
        expect(await refused("DROP CERTIFICATE DigiCertPKI")).toEqual([15559]);
        expect(
          await refused("DROP CERTIFICATE [sqlmi1.a0b1c2d3e4f5.database.windows.net]"),
        ).toEqual([15559]);
        expect(
          await rows(
            "SELECT p.name FROM sys.server_principals AS p JOIN master.sys.certificates AS c ON c.sid = p.sid",
          ),
        ).toEqual([{ name: "root_login" }]);
      },
      {
        brokerEndpoint: "broker",
        certificatePrincipals: [
          { principal: "root_login", kind: "login", certificate: "DigiCertPKI" },
          {
            principal: "mi_user",
            kind: "user",
            certificate: "sqlmi1.a0b1c2d3e4f5.database.windows.net",
          },
        ],
      },
    ));

  test("of one that is not there, or dropped already, is 15151", () =>
    onBox(async ({ refused }) => {
      expect(await refused("DROP CERTIFICATE DigiCertPKI")).toEqual([]);
      expect(await refused("DROP CERTIFICATE DigiCertPKI")).toEqual([15151]);
    }));
});

describe("DBCC", () => {
  const shown = (one: number, two: number, three: number) =>
    [
      [1800, one],
      [9567, two],
      [12381, three],
    ].map(([TraceFlag, on]) => ({ TraceFlag, Status: on, Global: on, Session: 0 }));

  test("TRACEON and TRACEOFF hold for the server, and startup parameters come back with a restart", () =>
    onBox(async ({ estate, rows, refused }) => {
      expect(await rows(flags)).toEqual(shown(1, 1, 0));
      expect(await refused("DBCC TRACEON (12381, -1)")).toEqual([]);
      expect(await rows(flags)).toEqual(shown(1, 1, 1));
      expect(await refused("DBCC TRACEOFF (12381, 1800, -1)")).toEqual([]);
      expect(await rows("DBCC TRACESTATUS(-1)")).toEqual(shown(1, 1, 0).slice(1, 2));
      estate.world.fault({ kind: "restart", server: "box" });
      estate.world.advance(10_000);
      expect(estate.world.state.box.surroundings.traceFlags).toEqual([1800, 9567]);
      expect(truth(estate.world.state).changes.map(({ text }) => text)).toEqual([
        "DBCC TRACEON (12381, -1)",
        "DBCC TRACEOFF (12381, 1800, -1)",
      ]);
    }));

  test("tells what SQL Server starts with", () =>
    onBox(async ({ rows }) => {
      expect(
        await rows(
          "SELECT value_data AS value FROM sys.dm_server_registry WHERE value_name LIKE N'SQLArg%' AND value_data LIKE N'-T%'",
        ),
      ).toEqual([{ value: "-T1800" }, { value: "-T9567" }]);
    }));

  test.each([
    ["DBCC TRACEON (12381)", 40517],
    ["DBCC CHECKDB", 40510],
  ])("%s is refused by name", (text, number) =>
    onBox(async ({ refused }) => {
      expect(await refused(text)).toEqual([number]);
    }),
  );
});

test("without the rights an endpoint and a certificate are 15151, a trace flag is 2571", async () => {
  const box = { ...healthy.box, deniedPermissions: ["CONTROL SERVER"] };
  const estate = await startPracticeEstate({ scenario: { ...healthy, box }, clock: "manual" });
  try {
    await withPool(estate, "sqlServer", async (pool) => {
      for (const [text, number] of [
        ["DROP ENDPOINT [database_mirroring_endpoint]", 15151],
        ["DROP CERTIFICATE DigiCertPKI", 15151],
        ["DBCC TRACEOFF (1800, -1)", 2571],
      ] as const) {
        expect(await refusalOf(pool.request().batch(text)), text).toEqual([number]);
      }
    });
    expect(truth(estate.world.state).changes).toEqual([]);
  } finally {
    await estate.stop();
  }
});

test("other groups, mirroring and jobs are shown, and a group of its own can be dropped", () =>
  onBox(
    async ({ rows, refused }) => {
      const groups = "SELECT name FROM sys.availability_groups ORDER BY name";
      expect(await rows(groups)).toEqual([
        { name: "AG_Adatum" },
        { name: "AG_Payroll" },
        { name: "LINK_Adatum" },
      ]);
      expect(
        await rows(
          "SELECT r.replica_server_name AS name FROM sys.availability_replicas AS r JOIN sys.availability_groups AS g ON g.group_id = r.group_id WHERE g.name = N'AG_Payroll' ORDER BY 1",
        ),
      ).toEqual([{ name: "SQLBOX01" }, { name: "SQLBOX02" }]);
      expect(
        await rows(
          "SELECT COUNT(*) AS n FROM sys.database_mirroring WHERE mirroring_guid IS NOT NULL",
        ),
      ).toEqual([{ n: 1 }]);
      expect(await rows("SELECT name FROM msdb.dbo.sysjobs")).toEqual([
        { name: "TestMILinkConnection" },
      ]);
      expect(await refused("DROP AVAILABILITY GROUP [AG_Payroll]")).toEqual([]);
      expect(await rows(groups)).toEqual([{ name: "AG_Adatum" }, { name: "LINK_Adatum" }]);
    },
    {
      otherGroups: [{ name: "AG_Payroll", replicas: ["SQLBOX01", "SQLBOX02"] }],
      mirroredDatabases: ["Ledger"],
      agentJobs: ["TestMILinkConnection"],
    },
  ));
