// Calls sent by mssql: sp_executesql with typed parameters, procedures, prepared statements, transactions.
import sql from "mssql";
import { describe, expect, test } from "vitest";
import { failureOf, numbers, valuesOf } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";

const it = practiceServer("optional");

describe("parameters of sp_executesql", () => {
  const send = async (add: (request: sql.Request) => void): Promise<readonly unknown[]> => {
    it.backend.scripts.set("select @p", () => numbers("x", 1));
    await withPool(it, {}, async (pool) => {
      const request = pool.request();
      add(request);
      const result = await request.query("select @p");
      expect(result.rowsAffected).toEqual([1]);
    });
    return it.backend.asked.flatMap((asked) => asked.parameters);
  };

  test("arrive with their types and exact values", async () => {
    const at = new Date("2026-11-21T08:00:00.123Z");
    const guid = "6F9619FF-8B86-D011-B42D-00C04FC964FF";
    const parameters = await send((request) => {
      request.input("n", sql.NVarChar(50), "'; drop ] 🙂 $(x)\n");
      request.input("nm", sql.NVarChar(sql.MAX), "ö".repeat(9000));
      request.input("v", sql.VarChar(20), "€uro ß");
      request.input("i", sql.Int, -5);
      request.input("s", sql.SmallInt, -300);
      request.input("t", sql.TinyInt, 255);
      request.input("b", sql.BigInt, "9007199254740993");
      request.input("f", sql.Float, 0.1);
      request.input("bit", sql.Bit, true);
      request.input("g", sql.UniqueIdentifier, guid);
      request.input("d", sql.Numeric(12, 2), -1234.5);
      request.input("dt", sql.DateTime, at);
      request.input("dt2", sql.DateTime2(7), at);
      request.input("dto", sql.DateTimeOffset(7), at);
      request.input("bin", sql.VarBinary(10), Buffer.from([0, 255, 26]));
      request.input("day", sql.Date, at);
      request.input("clock", sql.Time(3), at);
      request.input("m", sql.Money, -12.34);
    });
    const got = parameters.map((one) => one as { name: string; type: unknown; value: unknown });
    expect(got.map(({ name, value }) => [name, value])).toEqual([
      ["@n", "'; drop ] 🙂 $(x)\n"],
      ["@nm", "ö".repeat(9000)],
      ["@v", "€uro ß"],
      ["@i", -5],
      ["@s", -300],
      ["@t", 255],
      ["@b", 9007199254740993n],
      ["@f", 0.1],
      ["@bit", true],
      ["@g", guid],
      ["@d", "-1234.50"],
      ["@dt", "2026-11-21T08:00:00.123"],
      ["@dt2", "2026-11-21T08:00:00.1230000"],
      ["@dto", "2026-11-21T08:00:00.1230000+00:00"],
      ["@bin", Uint8Array.from([0, 255, 26])],
      ["@day", "2026-11-21"],
      ["@clock", "08:00:00.123"],
      ["@m", "-12.3400"],
    ]);
    expect(got.map(({ type }) => type)).toEqual([
      { name: "nvarchar", length: 50 },
      { name: "nvarchar", length: "max" },
      { name: "varchar", length: 20 },
      { name: "int" },
      { name: "smallint" },
      { name: "tinyint" },
      { name: "bigint" },
      { name: "float" },
      { name: "bit" },
      { name: "uniqueidentifier" },
      { name: "numeric", precision: 12, scale: 2 },
      { name: "datetime" },
      { name: "datetime2", scale: 7 },
      { name: "datetimeoffset", scale: 7 },
      { name: "varbinary", length: 10 },
      undefined,
      undefined,
      { name: "numeric", precision: 19, scale: 4 },
    ]);
  });

  test("that are NULL arrive as NULL of their type", async () => {
    const parameters = await send((request) => {
      request.input("n", sql.NVarChar(50), null);
      request.input("nm", sql.NVarChar(sql.MAX), null);
      request.input("i", sql.Int, null);
      request.input("bit", sql.Bit, null);
      request.input("f", sql.Float, null);
      request.input("g", sql.UniqueIdentifier, null);
      request.input("d", sql.Numeric(25, 0), null);
      request.input("dt", sql.DateTime, null);
      request.input("dt2", sql.DateTime2(3), null);
      request.input("bin", sql.VarBinary(sql.MAX), null);
    });
    expect(parameters.map((one) => (one as { value: unknown }).value)).toEqual(
      Array.from({ length: 10 }, () => null),
    );
  });

  test("of a type the server does not take are refused with 8009", async () => {
    const table = new sql.Table("dbo.numbers");
    table.columns.add("n", sql.Int);
    const reason = await withPool(it, {}, (pool) =>
      failureOf(pool.request().input("x", sql.TVP, table).query("select @x")),
    );
    expect([reason.number, reason.message]).toEqual([
      8009,
      expect.stringContaining('Parameter 3 ("@x"): Data type 0xF3 is unknown.'),
    ]);
  });
});

describe("a procedure", () => {
  test("is called by its name with its parameters and answers its return status", async () => {
    it.backend.scripts.set("EXEC [sp_getapplock]", () => [
      ...numbers("x", 7),
      { kind: "returnStatus", value: -1 },
    ]);
    const result = await withPool(it, {}, (pool) =>
      pool.request().input("Resource", sql.NVarChar(255), "a ]'").execute("[sp_getapplock]"),
    );
    expect({ status: result.returnValue as unknown, rows: result.recordset }).toMatchObject({
      status: -1,
      rows: [{ x: 7 }],
    });
    expect(it.backend.asked[0]?.parameters).toEqual([
      { name: "@Resource", type: { name: "nvarchar", length: 255 }, value: "a ]'", output: false },
    ]);
  });

  test("that does not exist fails with the error of the backend", async () => {
    const reason = await withPool(it, {}, (pool) => failureOf(pool.request().execute("sp_none")));
    expect(reason.number).toBe(2812);
  });
});

describe("an output parameter is refused with 40517, and nothing is run,", () => {
  test.each([
    [
      "of sp_executesql",
      (request: sql.Request) => request.output("o_out", sql.Int).query("select @o_out = 1"),
    ],
    ["of a procedure", (request: sql.Request) => request.output("o_out", sql.Int).execute("sp_x")],
  ] as const)("%s", async (_, send) => {
    it.backend.scripts.set("EXEC sp_x", () => numbers("x", 1));
    it.backend.scripts.set("select @o_out = 1", () => numbers("x", 1));
    const reason = await withPool(it, {}, (pool) => failureOf(send(pool.request())));
    expect([reason.number, reason.message]).toEqual([
      40517,
      expect.stringMatching(
        /^Keyword or statement option '@o_out OUTPUT' of '.*' is not implemented/,
      ),
    ]);
    expect(it.backend.asked).toEqual([]);
  });

  test("of a prepared statement", async () => {
    it.backend.scripts.set("select @o = 1", () => numbers("x", 1));
    const reason = await withPool(it, {}, async (pool) => {
      const statement = new sql.PreparedStatement(pool);
      statement.output("o", sql.Int);
      await statement.prepare("select @o = 1");
      const failure = await failureOf(statement.execute({}));
      await statement.unprepare();
      return failure;
    });
    expect([reason.number, it.backend.asked]).toEqual([40517, []]);
  });
});

describe("a prepared statement", () => {
  test("is executed again and again by its handle", async () => {
    it.backend.scripts.set("select @a", ({ parameters }) =>
      numbers("x", Number(parameters[0]?.value)),
    );
    const rows = await withPool(it, {}, async (pool) => {
      const statement = new sql.PreparedStatement(pool);
      statement.input("a", sql.Int);
      await statement.prepare("select @a");
      const answers = [await statement.execute({ a: 1 }), await statement.execute({ a: 2 })];
      await statement.unprepare();
      return answers.flatMap(valuesOf);
    });
    expect(rows).toEqual([[1], [2]]);
  });

  test("with a handle nobody prepared is refused with 8179", async () => {
    const reason = await withPool(it, {}, (pool) =>
      failureOf(pool.request().input("handle", sql.Int, 99).execute("sp_execute")),
    );
    expect([reason.number, reason.message]).toEqual([
      8179,
      "Could not find prepared statement with handle 99.",
    ]);
  });
});

describe("a transaction", () => {
  test("begins and commits, then begins and rolls back, on the same connection", async () => {
    it.backend.scripts.set("work", () => numbers("x", 1));
    const rows = await withPool(it, {}, async (pool) => {
      const first = pool.transaction();
      await first.begin();
      const answer = await first.request().query("work");
      await first.commit();
      const second = pool.transaction();
      await second.begin();
      await second.request().query("work");
      await second.rollback();
      return answer.recordset.length;
    });
    expect({
      rows,
      sessions: new Set(it.backend.asked.map((asked) => asked.sessionId)).size,
    }).toEqual({
      rows: 1,
      sessions: 1,
    });
  });
});
