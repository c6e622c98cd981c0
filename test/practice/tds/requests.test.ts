// Batches sent by mssql: their rows, errors, infos and changes of database.
import { describe, expect, test } from "vitest";
import { SqlError } from "../../../practice/sql-types.ts";
import { error, failureOf, gate, info, numbers, rowsOf, valuesOf } from "./outputs.ts";
import type { Failure } from "./outputs.ts";
import { hostileName, practiceServer, withPool } from "./practice-server.ts";

const it = practiceServer("optional");

describe("a batch", () => {
  test("answers rows under a column name that needs quoting everywhere", async () => {
    it.backend.scripts.set("select one", () => numbers("a ]' \"🙂", 1, 2));
    const rows = await withPool(it, {}, (pool) => pool.request().batch("select one"));
    expect(rowsOf(rows)).toEqual([[["a ]' \"🙂", 1]], [["a ]' \"🙂", 2]]]);
  });

  test("answers two result sets and the row count of each", async () => {
    it.backend.scripts.set("select two", () => [...numbers("a", 1, 2), ...numbers("b", 3)]);
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
    it.backend.scripts.set("many", () =>
      numbers("n", ...Array.from({ length: 5000 }, (_, n) => n)),
    );
    const result = await withPool(it, {}, (pool) => pool.request().batch("many"));
    expect(valuesOf(result)).toEqual(Array.from({ length: 5000 }, (_, n) => [n]));
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
    const reason = await withPool(it, {}, (pool) => failureOf(pool.request().batch("fails")));
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
      ...numbers("a", 1),
      error(47514, "first cause"),
      error(41131, "then this"),
      ...numbers("b", 2),
    ]);
    it.backend.scripts.set("again", () => numbers("c", 3));
    const seen: unknown[] = [];
    const [reason, after] = await withPool(it, {}, async (pool) => {
      const request = pool.request();
      request.on("row", (row) => seen.push({ ...row }));
      request.stream = true;
      const errors: unknown[] = [];
      request.on("error", (one: Failure) => errors.push(one.number));
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
    const reason = await withPool(it, {}, (pool) => failureOf(pool.request().batch("throws")));
    expect({
      last: [reason.number, reason.class],
      before: reason.precedingErrors.map((one) => one.number),
    }).toEqual({ last: [41104, 17], before: [35250] });
  });

  test("that is a mistake of the backend says so instead of closing the connection", async () => {
    it.backend.scripts.set("bug", () => {
      throw new TypeError("undefined is not a function");
    });
    it.backend.scripts.set("after bug", () => numbers("x", 1));
    const [reason, after] = await withPool(it, {}, async (pool) => [
      await failureOf(pool.request().batch("bug")),
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
    const reason = await withPool(it, {}, (pool) => failureOf(pool.request().batch("too long")));
    expect(reason.number).toBe(8152);
  });

  test("of severity 20 ends the connection behind it", async () => {
    it.backend.scripts.set("fatal", () => [
      error(3624, "A system assertion failed.", { severity: 20 }),
    ]);
    await withPool(it, {}, async (pool) => {
      const reason = await failureOf(pool.request().batch("fatal"));
      expect([reason.number, reason.class]).toEqual([3624, 20]);
      await expect.poll(() => it.server.connectionCount()).toBe(0);
    });
  });
});

test("an info arrives while its statement is still running", async () => {
  const { opened, open } = gate();
  it.backend.scripts.set("backup", async function* () {
    yield info(3211, "10 percent processed.");
    await opened;
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
    open();
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
