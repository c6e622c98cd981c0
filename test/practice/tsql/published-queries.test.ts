// The documented link queries run unchanged and answer with the declared types.
import { describe, expect, test } from "vitest";
import { connect } from "./fake-host.ts";
import { boxReplica, dag, instanceReplica } from "./fake-tables.ts";
import * as published from "./published-queries.ts";

describe("the documented queries of the link", () => {
  test("the overview shows both replicas of the distributed group with their commit mode", async () => {
    const { run } = await connect();
    const { sets, columns } = await run(published.overview);
    expect(sets[0]?.map((row) => Object.values(row))).toEqual([
      [
        "AdatumLink",
        true,
        "AdatumAG",
        "ASYNCHRONOUS_COMMIT",
        "CONNECTED",
        "PRIMARY",
        "ONLINE",
        "HEALTHY",
      ],
      [
        "AdatumLink",
        true,
        "sqlmi1",
        "ASYNCHRONOUS_COMMIT",
        "CONNECTED",
        "SECONDARY",
        null,
        "HEALTHY",
      ],
    ]);
    expect(columns[0]?.slice(0, 2)).toEqual([
      { name: "name", type: { name: "nvarchar", length: 128 } },
      { name: "is_distributed", type: { name: "bit" } },
    ]);
  });

  test("the LSN query of SQL Server answers all 25 digits as numeric(25,0)", async () => {
    const { run } = await connect();
    const { sets, columns } = await run(published.lsnOnSqlServer("Adatum"));
    expect(sets[0]).toEqual(
      [
        [boxReplica, "SYNCHRONIZED", null],
        [instanceReplica, "SYNCHRONIZING", "37000000012300001"],
      ].map(([replica, state, hardened]) => ({
        "Replication group": "AdatumLink",
        "Database name": "Adatum",
        "Database ID": 5,
        group_id: dag,
        replica_id: replica,
        "Sync state": state,
        "End of log LSN": "1234567890123456789012345",
        "Last hardened LSN": hardened,
      })),
    );
    expect(columns[0]?.at(-1)?.type).toEqual({ name: "numeric", precision: 25, scale: 0 });
  });

  test("the LSN query of the instance shows one row more for General Purpose than for Business Critical", async () => {
    const { run } = await connect();
    const generalPurpose = await run(published.lsnOnInstance("adatum", "GeneralPurpose"));
    const businessCritical = await run(published.lsnOnInstance("adatum", "BusinessCritical"));
    expect([generalPurpose.sets[0]?.length, businessCritical.sets[0]?.length]).toEqual([2, 1]);
  });

  test("role check, lag and health find the link by a variable declared after USE", async () => {
    const { run } = await connect();
    expect((await run(published.roleCheck("AdatumLink"))).sets).toEqual([
      [{ "Link name": "AdatumLink", "Link role": "PRIMARY" }],
    ]);
    expect((await run(published.lag("AdatumLink"))).sets).toEqual([
      [
        {
          "Link name": "AdatumLink",
          "Link role": "PRIMARY",
          "Link connected state": "CONNECTED",
          "Link sync health": "HEALTHY",
          "Link replication latency (seconds)": 0n,
        },
      ],
    ]);
    expect((await run(published.health("AdatumLink"))).sets).toEqual([
      [{ "Link sync health": "HEALTHY" }],
    ]);
    expect((await run(published.health("Other"))).sets).toEqual([[]]);
  });

  test("connection errors come with their number, text and time", async () => {
    const { run } = await connect();
    const { sets } = await run(published.connectionErrors);
    expect(sets[0]?.[1]).toEqual({
      Replica: "sqlmi1",
      Endpoint: "tcp://sqlmi1:5022",
      "Connected state": "CONNECTED",
      "Last connection error": "refused",
      "Last connection error No": 10061,
      "Last error timestamp": "2026-11-21T07:00:00.000",
    });
  });

  test("seeding progress counts in megabytes and shows the time left as a clock", async () => {
    const { run } = await connect();
    const { sets } = await run(published.seeding);
    expect(sets[0]?.[0]).toMatchObject({
      "Local database name": "Adatum",
      "Is source": true,
      "Database size MB": 102400n,
      "Transferred MB": 51200n,
      "Total Network wait (sec)": 2n,
    });
    expect(sets[1]).toEqual([{ "Estimated complete time": "01:30:05" }]);
  });

  test("certificates are found by key type and by issuer", async () => {
    const { run } = await connect();
    expect((await run(published.boxCertificate)).sets[0]).toMatchObject([{ certificate_id: 257 }]);
    expect(
      (await run(published.instanceCertificate("sqlmi1.zone.database.windows.net"))).sets[0],
    ).toEqual([
      {
        name: "sqlmi1.zone.database.windows.net",
        subject: "sqlmi1",
        certificate_id: 258,
        start_date: "2026-01-01T00:00:00.000",
        expiry_date: "2027-01-01T00:00:00.000",
      },
    ]);
  });

  test("the log backup runs where the node is primary, and nowhere else", async () => {
    const { run, host } = await connect();
    const text = published.logBackup("Adatum", "D:\\log.trn");
    await run(text);
    expect(host.ran).toEqual([
      {
        kind: "backup",
        what: "LOG",
        database: "Adatum",
        to: [{ kind: "DISK", path: "D:\\log.trn" }],
        options: new Map([
          ["NOFORMAT", ""],
          ["NOINIT", ""],
          ["NAME", "Log of Adatum"],
          ["SKIP", ""],
          ["NOREWIND", ""],
          ["NOUNLOAD", ""],
          ["COMPRESSION", ""],
          ["STATS", "1"],
        ]),
      },
    ]);
    const states = host.rowsOf.get("dm_hadr_availability_replica_states") ?? [];
    host.rowsOf.set(
      "dm_hadr_availability_replica_states",
      states.map((row) => [...row.slice(0, 3), 2, ...row.slice(4)]),
    );
    await run(text);
    expect(host.ran).toHaveLength(1);
  });

  test("the first full backup is told with sizes, ratio and duration, newest first", async () => {
    const { run } = await connect();
    const { sets, columns } = await run(published.fullBackups);
    expect(sets[0]).toEqual([
      {
        "Database Name": "Adatum",
        "Uncompressed Backup Size (MB)": 200n,
        "Compressed Backup Size (MB)": 40n,
        "Compression Ratio": "5.00",
        is_copy_only: false,
        has_backup_checksums: true,
        "Backup Elapsed Time (sec)": 120,
        "Backup Finish Date": "2026-11-21T02:02:00.000",
        physical_block_size: 65536,
      },
      expect.objectContaining({
        "Uncompressed Backup Size (MB)": 100n,
        "Backup Elapsed Time (sec)": 90,
      }),
    ]);
    expect(columns[0]?.map((column) => column.type.name)).toEqual([
      "nvarchar",
      "bigint",
      "bigint",
      "numeric",
      "bit",
      "bit",
      "int",
      "datetime",
      "int",
    ]);
  });
});
