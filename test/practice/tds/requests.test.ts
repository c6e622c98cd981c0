// Requests of mssql on a plain connection: batches, parameters, procedures, errors, infos.
import sql from "mssql";
import { describe, expect, test } from "vitest";
import type { SqlMessage, SqlOutput } from "../../../practice/sql-types.ts";
import { SqlError } from "../../../practice/sql-types.ts";
import { hostileName, practiceServer, withPool } from "./practice-server.ts";

const it = practiceServer("optional");

const number = (name: string, ...values: readonly number[]): SqlOutput[] => [
  { kind: "columns", columns: [{ name, type: { name: "int" } }] },
  ...values.map((value) => ({ kind: "row", values: [value] }) as const),
  { kind: "done", rowCount: values.length },
];

const error = (number: number, text: string, more: Partial<SqlMessage> = {}): SqlOutput => ({
  kind: "error",
  message: { number, severity: 16, state: 1, text, ...more },
});

interface FailedRequest {
  readonly number: number;
  readonly state: number;
  readonly class: number;
  readonly lineNumber: number;
  readonly procName: string;
  readonly serverName: string;
  readonly message: string;
  readonly precedingErrors: readonly { readonly number: number }[];
}

/** What a request that must fail is rejected with. */
const failure = (request: Promise<unknown>): Promise<FailedRequest> =>
  request.then(
    () => expect.unreachable("the request did not fail"),
    (reason: unknown) => reason as FailedRequest, // mssql rejects with a RequestError of this shape
  );

describe("a batch", () => {
  test("answers rows under a column name that needs quoting everywhere", async () => {
    it.backend.scripts.set("select one", () => number("a ]' \"🙂", 1, 2));
    const rows = await withPool(it, {}, (pool) => pool.request().batch("select one"));
    expect(rows.recordset.map((row) => Object.entries(row))).toEqual([
      [["a ]' \"🙂", 1]],
      [["a ]' \"🙂", 2]],
    ]);
  });

  test("answers two result sets and the row count of each", async () => {
    it.backend.scripts.set("select two", () => [...number("a", 1, 2), ...number("b", 3)]);
    const result = await withPool(it, {}, (pool) => pool.request().batch("select two"));
    expect({ sets: result.recordsets, counts: result.rowsAffected }).toMatchObject({
      sets: [[{ a: 1 }, { a: 2 }], [{ b: 3 }]],
      counts: [2, 1],
    });
  });

  test("of 3000 characters in packets of 512 bytes arrives whole, and so does its answer", async () => {
    const text = `select '${"ö🙂".repeat(1000)}'`;
    it.backend.scripts.set(text, () => [
      { kind: "columns", columns: [{ name: "x", type: { name: "nvarchar", length: "max" } }] },
      { kind: "row", values: [text] },
    ]);
    const result = await withPool(it, { packetSize: 512 }, (pool) => pool.request().batch(text));
    expect(result.recordset[0]).toEqual({ x: text });
  });

  test("of 5000 rows comes back whole and in order", async () => {
    it.backend.scripts.set("many", () => number("n", ...Array.from({ length: 5000 }, (_, n) => n)));
    const result = await withPool(it, {}, (pool) => pool.request().batch("many"));
    expect(result.recordset.map((row: { n: number }) => row.n)).toEqual(
      Array.from({ length: 5000 }, (_, n) => n),
    );
  });

  test("that answers nothing at all ends without rows", async () => {
    it.backend.scripts.set("nothing", () => []);
    const result = await withPool(it, {}, (pool) => pool.request().batch("nothing"));
    expect({ sets: result.recordsets, counts: result.rowsAffected }).toEqual({
      sets: [],
      counts: [],
    });
  });
});

describe("an error", () => {
  test("carries number, severity, state, line, procedure and server", async () => {
    const text = "The availability group '] '' \"x\" 🙂' cannot be found.";
    it.backend.scripts.set("fails", () => [
      error(15151, text, { severity: 15, state: 7, line: 42, procedure: "sp_]x" }),
    ]);
    const reason = await withPool(it, {}, (pool) => failure(pool.request().batch("fails")));
    expect(reason).toMatchObject({
      number: 15151,
      class: 15,
      state: 7,
      lineNumber: 42,
      procName: "sp_]x",
      serverName: it.backend.serverName,
      message: text,
    });
  });

  test("in the middle of a batch keeps the rows before it and the connection after it", async () => {
    it.backend.scripts.set("partly", () => [
      ...number("a", 1),
      error(47514, "first cause"),
      error(41131, "then this"),
      ...number("b", 2),
    ]);
    it.backend.scripts.set("again", () => number("c", 3));
    const seen: unknown[] = [];
    const [reason, after] = await withPool(it, {}, async (pool) => {
      const request = pool.request();
      request.on("row", (row) => seen.push({ ...row }));
      request.stream = true;
      const errors: unknown[] = [];
      request.on("error", (one: FailedRequest) => errors.push(one.number));
      await new Promise((resolve) => {
        request.on("done", resolve);
        void request.batch("partly");
      });
      return [errors, await pool.request().batch("again")];
    });
    expect({ reason, seen, after: after.recordset }).toMatchObject({
      reason: [47514, 41131],
      seen: [{ a: 1 }, { b: 2 }],
      after: [{ c: 3 }],
    });
  });

  test("thrown by the backend is the error of the request, with those before it", async () => {
    it.backend.scripts.set("throws", function* () {
      yield error(35250, "The connection to the primary replica is not active.");
      throw new SqlError(41104, "Failover of the availability group failed.", { severity: 17 });
    });
    const reason = await withPool(it, {}, (pool) => failure(pool.request().batch("throws")));
    expect({
      last: [reason.number, reason.class],
      before: reason.precedingErrors.map((one) => one.number),
    }).toEqual({ last: [41104, 17], before: [35250] });
  });

  test("that is a mistake of the backend says so instead of closing the connection", async () => {
    it.backend.scripts.set("bug", () => {
      throw new TypeError("undefined is not a function");
    });
    it.backend.scripts.set("after bug", () => number("x", 1));
    const [reason, after] = await withPool(it, {}, async (pool) => [
      await failure(pool.request().batch("bug")),
      await pool.request().batch("after bug"),
    ]);
    expect([reason.number, reason.message, after.recordset.length]).toEqual([
      50000,
      "The practice server failed: undefined is not a function",
      1,
    ]);
  });

  test("about a value that does not fit its column is an error, not a changed value", async () => {
    it.backend.scripts.set("too long", () => [
      { kind: "columns", columns: [{ name: "x", type: { name: "nvarchar", length: 3 } }] },
      { kind: "row", values: ["abcd"] },
    ]);
    const reason = await withPool(it, {}, (pool) => failure(pool.request().batch("too long")));
    expect(reason.number).toBe(8152);
  });

  test("of severity 20 ends the connection behind it", async () => {
    it.backend.scripts.set("fatal", () => [
      error(3624, "A system assertion failed.", { severity: 20 }),
    ]);
    const reason = await withPool(it, {}, (pool) => failure(pool.request().batch("fatal")));
    expect([reason.number, reason.class]).toEqual([3624, 20]);
    await expect.poll(() => it.server.connectionCount()).toBe(0);
  });
});

test("an info arrives while its statement is still running", async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  it.backend.scripts.set("backup", async function* () {
    yield {
      kind: "info",
      message: { number: 3211, severity: 0, state: 1, text: "10 percent processed." },
    };
    await finished;
    yield { kind: "done" };
  });
  const text = await withPool(it, {}, async (pool) => {
    const request = pool.request();
    const info = new Promise<string>((resolve) => {
      request.on("info", (message: { message: string }) => {
        resolve(message.message);
      });
    });
    const running = request.batch("backup");
    const first = await info; // would wait for ever if the server kept the info until the end
    finish();
    await running;
    return first;
  });
  expect(text).toBe("10 percent processed.");
});

test("a change of database is announced with message 5701", async () => {
  it.backend.scripts.set("use x", () => [{ kind: "database", from: "master", to: hostileName }]);
  const infos: unknown[] = [];
  await withPool(it, {}, async (pool) => {
    const request = pool.request();
    request.on("info", (message: { number: number; message: string }) => {
      infos.push([message.number, message.message]);
    });
    await request.batch("use x");
  });
  expect(infos).toEqual([[5701, `Changed database context to '${hostileName}'.`]]);
});

describe("parameters of sp_executesql", () => {
  const send = async (add: (request: sql.Request) => void): Promise<readonly unknown[]> => {
    it.backend.scripts.set("select @p", () => number("x", 1));
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
    const reason = await withPool(it, {}, (pool) =>
      failure(pool.request().input("x", sql.Variant, "v").query("select @x")),
    );
    expect([reason.number, reason.message]).toEqual([8009, expect.stringContaining("0x62")]);
  });
});

describe("a procedure", () => {
  test("is called by its name with its parameters and answers its return status", async () => {
    it.backend.scripts.set("EXEC [sp_getapplock]", () => [
      ...number("x", 7),
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
    const reason = await withPool(it, {}, (pool) => failure(pool.request().execute("sp_none")));
    expect(reason.number).toBe(2812);
  });
});

describe("a prepared statement", () => {
  test("is executed again and again by its handle", async () => {
    it.backend.scripts.set("select @a", ({ parameters }) =>
      number("x", Number(parameters[0]?.value)),
    );
    const rows = await withPool(it, {}, async (pool) => {
      const statement = new sql.PreparedStatement(pool);
      statement.input("a", sql.Int);
      await statement.prepare("select @a");
      const answers = [await statement.execute({ a: 1 }), await statement.execute({ a: 2 })];
      await statement.unprepare();
      return answers.flatMap((answer) => answer.recordset.map((row: { x: number }) => row.x));
    });
    expect(rows).toEqual([1, 2]);
  });

  test("with a handle nobody prepared is refused with 8179", async () => {
    const reason = await withPool(it, {}, (pool) =>
      failure(pool.request().input("handle", sql.Int, 99).execute("sp_execute")),
    );
    expect([reason.number, reason.message]).toEqual([
      8179,
      "Could not find prepared statement with handle 99.",
    ]);
  });
});

describe("a transaction", () => {
  test("begins and commits, then begins and rolls back, on the same connection", async () => {
    it.backend.scripts.set("work", () => number("x", 1));
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
