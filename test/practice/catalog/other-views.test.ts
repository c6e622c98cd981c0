import { describe, expect, test } from "vitest";
import { findScenario } from "../../../practice/scenarios/all.ts";
import { fixture } from "../server/server-parts.ts";

const signal = new AbortController().signal;

describe("every view", () => {
  test.each(["box", "instance"] as const)(
    "on the %s gives rows as wide as its columns, with values of their types",
    (side) => {
      const { host, session } = fixture(side);
      for (const table of host.tables) {
        const args = table.argumentCount === undefined ? [] : [5];
        for (const row of host.rows(table, session, args)) {
          expect(row.length, table.name).toBe(table.columns.length);
          row.forEach((value, index) => {
            const column = table.columns[index];
            if (value === null || column === undefined) return;
            expect(jsTypes[column.type.name], `${table.name}.${column.name}`).toContain(
              typeof value,
            );
          });
        }
      }
    },
  );

  test("no two tables of a database have one name, and no table has one column twice", () => {
    const { host } = fixture("box");
    const names = host.tables.map(({ database, schema, name }) =>
      `${database}.${schema}.${name}`.toLowerCase(),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const { columns } of host.tables) {
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    }
  });
});

const jsTypes: Readonly<Record<string, readonly string[]>> = {
  bit: ["boolean"],
  tinyint: ["number"],
  smallint: ["number"],
  int: ["number"],
  bigint: ["number", "bigint"],
  float: ["number"],
  uniqueidentifier: ["string"],
  datetime: ["string"],
  datetime2: ["string"],
  numeric: ["string"],
  varchar: ["string"],
  nvarchar: ["string"],
  varbinary: ["object"],
};

describe("sessions and transactions", () => {
  test("clients and the application stand side by side with what they told of themselves", () => {
    const { read, session } = fixture("box");
    const rows = read("sys.dm_exec_sessions");
    expect(rows.find((row) => row["session_id"] === session.sessionId)).toMatchObject({
      host_name: "JUMP01",
      program_name: "test",
      login_name: "practice_dba",
      host_process_id: 4711,
      is_user_process: true,
      login_time: "2026-11-21T10:00:00.000",
    });
    expect(rows.map((row) => row["program_name"])).toContain("Adatum Orders");
    expect(rows.some((row) => row["is_user_process"] === false)).toBe(true);
  });

  test("a reading transaction has no begin LSN, a writing one has, and joins to its session", () => {
    const { read, session, parts } = fixture("box");
    while (!parts.world.state.box.sessions.some((one) => one.openTransaction !== null)) {
      parts.world.advance(10);
    }
    const transactions = read("sys.dm_tran_database_transactions");
    const reading = transactions.filter((row) => row["database_transaction_begin_lsn"] === null);
    const writing = transactions.filter((row) => row["database_transaction_begin_lsn"] !== null);
    expect(reading).toHaveLength(1);
    expect(writing.length).toBeGreaterThan(0);
    const owners = read("sys.dm_tran_session_transactions");
    for (const row of writing) {
      expect(owners.map((owner) => owner["transaction_id"])).toContain(row["transaction_id"]);
      expect(row["database_id"]).toBe(5);
    }
    expect(owners.map((owner) => owner["session_id"])).not.toContain(session.sessionId);
  });

  test("the secondary has no writing transaction of a user", () => {
    const writing = fixture("instance")
      .read("sys.dm_tran_database_transactions")
      .filter((row) => row["database_transaction_begin_lsn"] !== null);
    expect(writing).toEqual([]);
  });
});

describe("application locks in sys.dm_tran_locks", () => {
  test("the description cuts the name after 32 characters; names that differ behind them differ in the hash", async () => {
    const { parts, read, session } = fixture("box");
    const longName = "MI Link Failover 6F1C2A52-3B0D-4E77-9C1E-0A5B7D9E2F10";
    for (const resource of [longName, `${longName}!`]) {
      const request = { resource, database: "master", sessionId: session.sessionId };
      await parts.locks.acquire({ ...request, mode: "Exclusive", timeoutMs: 0 }, signal);
    }
    const rows = read("sys.dm_tran_locks").filter((row) => row["resource_type"] === "APPLICATION");
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      resource_database_id: 1,
      request_mode: "X",
      request_status: "GRANT",
      request_session_id: session.sessionId,
      request_owner_type: "SESSION",
    });
    const descriptions = rows.map((row) => String(row["resource_description"]));
    for (const text of descriptions) {
      expect(text).toMatch(/^0:\[MI Link Failover 6F1C2A52-3B0D-4\]:\([0-9a-f]{8}\)$/);
    }
    expect(descriptions[0]).not.toBe(descriptions[1]);
  });
});

describe("backups, log and orders", () => {
  test("the first primary has its full and log backup of before, in its own time", () => {
    const rows = fixture("box").read("dbo.backupset");
    expect(rows.map((row) => [row["type"], row["is_copy_only"], row["database_name"]])).toEqual([
      ["D", false, "Adatum"],
      ["L", false, "Adatum"],
    ]);
    expect(fixture("instance").read("dbo.backupset")).toEqual([]);
  });

  test("orders are the rows that reached this side: while log is under way the secondary has the first ones", () => {
    const lagging = () => {
      const scenario = findScenario("lagging");
      if (scenario === undefined) throw new Error("no such scenario");
      return scenario;
    };
    const onBox = fixture("box", lagging).read("dbo.Orders");
    const onInstance = fixture("instance", lagging).read("dbo.Orders");
    expect(onInstance.length).toBeLessThan(onBox.length);
    expect(onInstance).toEqual(onBox.slice(0, onInstance.length));
    expect(onBox[0]?.["OrderNumber"]).toBe(1);
    expect(onBox[0]?.["CommittedAt"]).toMatch(/^2026-11-21T07:/);
  });

  test("sys.dm_db_log_stats answers for one database, and with no row for none", () => {
    const { read } = fixture("box");
    expect(read("sys.dm_db_log_stats", [5])).toMatchObject([
      { database_id: 5, recovery_model: "FULL" },
    ]);
    expect(read("sys.dm_db_log_stats", [77])).toEqual([]);
    // NULL, as DB_ID gives it for a name that is not there, is the current database.
    expect(read("sys.dm_db_log_stats", [null])).toMatchObject([{ database_id: 1 }]);
  });

  test("sys.database_files shows the files of the session's own database", () => {
    const { read, connect } = fixture("box");
    const inAdatum = connect({ database: "Adatum" });
    expect(read("sys.database_files", [], inAdatum).map((row) => row["name"])).toEqual([
      "Adatum",
      "Adatum_log",
    ]);
    expect(read("sys.database_files")[0]?.["name"]).toBe("master");
  });
});
