// Giving up: attention, time-outs, vanished clients, and connections that are reset for the next user.
import sql from "mssql";
import { Connection, Request } from "tedious";
import { describe, expect, test } from "vitest";
import type { SqlOutput } from "../../../practice/sql-types.ts";
import { packetType, toPackets } from "../../../practice/tds/packets.ts";
import { goodPassword } from "./fake-backend.ts";
import type { Asked } from "./fake-backend.ts";
import { failureOf, gate, numbers } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";
import { answers, goodStart, request } from "./raw-client.ts";

const it = practiceServer("optional");

/** A statement that sends two rows and then runs until it is cancelled. Resolves `started` when it is running. */
function endless(name: string): {
  readonly started: Promise<void>;
  readonly stopped: Promise<void>;
} {
  const started = gate();
  const stopped = gate();
  it.backend.scripts.set(name, async function* ({ signal }: Asked): AsyncGenerator<SqlOutput> {
    yield { kind: "columns", columns: [{ name: "x", type: { name: "int" } }] };
    yield { kind: "row", values: [1] };
    yield { kind: "row", values: [2] };
    started.open();
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve);
    });
    stopped.open();
    yield { kind: "row", values: [3] };
  });
  it.backend.scripts.set("after", () => numbers("y", 9));
  return { started: started.opened, stopped: stopped.opened };
}

test("cancel stops the statement, and the same connection answers the next one", async () => {
  const { started, stopped } = endless("cancel me");
  const [reason, after] = await withPool(it, {}, async (pool) => {
    const request = pool.request();
    const running = failureOf(request.batch("cancel me"));
    await started;
    request.cancel();
    await stopped;
    return [await running, await pool.request().batch("after")];
  });
  const sessions = new Set(it.backend.asked.map((asked) => asked.sessionId));
  expect([reason.code, after.recordset, sessions.size]).toEqual(["ECANCEL", [{ y: 9 }], 1]);
});

test.each([false, true, "strict"] as const)(
  "a request time-out stops the statement, and the connection stays usable, encrypt %s",
  async (encrypt) => {
    const { stopped } = endless("too slow");
    const [reason, after] = await withPool(it, { encrypt }, async (pool) => {
      await pool.request().batch("after");
      const request = new sql.Request(pool);
      Object.assign(request, { overrides: { requestTimeout: 50 } });
      const running = failureOf(request.batch("too slow"));
      await stopped;
      return [await running, await pool.request().batch("after")];
    });
    const sessions = new Set(it.backend.asked.map((asked) => asked.sessionId));
    expect([reason.code, after.recordset, sessions.size]).toEqual(["ETIMEOUT", [{ y: 9 }], 1]);
  },
);

test("cancelling an answer of a million rows stops it long before its end", async () => {
  let sent = 0;
  it.backend.scripts.set("million", function* () {
    yield { kind: "columns", columns: [{ name: "x", type: { name: "int" } }] };
    for (sent = 0; sent < 1_000_000; sent += 1) yield { kind: "row", values: [sent] };
  });
  it.backend.scripts.set("after", () => numbers("y", 9));
  const after = await withPool(it, {}, async (pool) => {
    const request = pool.request();
    request.stream = true;
    const ended = new Promise((resolve) => request.on("done", resolve));
    request.on("error", () => undefined);
    request.once("row", () => {
      request.cancel();
    });
    void request.batch("million");
    await ended;
    return pool.request().batch("after");
  });
  expect(after.recordset).toEqual([{ y: 9 }]);
  expect(sent).toBeLessThan(1_000_000);
});

test("a client that vanishes stops its statement, and the backend lets go of its session after it", async () => {
  const { started, stopped } = endless("left alone");
  const connection = await connected();
  connection.on("error", () => undefined);
  connection.execSqlBatch(new Request("left alone", () => undefined));
  await started;
  connection.close();
  await stopped;
  const sessionId = it.backend.asked[0]?.sessionId;
  await expect.poll(() => it.backend.closedSessions.at(-1)).toBe(sessionId);
});

describe("a reset", () => {
  const reset = (connection: Connection): Promise<void> =>
    new Promise((resolve, reject) => {
      connection.reset((error) => {
        if (error) reject(error);
        else resolve();
      });
    });

  test("reaches the backend and keeps the session", async () => {
    it.backend.scripts.set("after", () => numbers("y", 9));
    it.backend.resets.length = 0;
    const connection = await connected();
    await batch(connection, "after");
    await reset(connection);
    await batch(connection, "after");
    connection.close();
    const [first, second] = it.backend.asked.map((asked) => asked.sessionId);
    expect({ resets: it.backend.resets, same: first === second }).toEqual({
      resets: [first],
      same: true,
    });
  });

  test("forgets what was prepared and the transaction that was open", async () => {
    it.backend.scripts.set("prepared", () => numbers("y", 9));
    const connection = await connected();
    await run((done) => {
      connection.beginTransaction(done);
    });
    const statement = new Request("prepared", () => undefined);
    await new Promise((resolve) => {
      statement.on("prepared", () => {
        resolve(undefined);
      });
      connection.prepare(statement);
    });
    await reset(connection);
    const execute = await failureOf(
      run((done) => {
        statement.userCallback = done;
        connection.execute(statement, {});
      }),
    );
    const commit = await failureOf(
      run((done) => {
        connection.commitTransaction(done);
      }),
    );
    const reasons = [execute.message, commit.message];
    connection.close();
    expect(reasons).toEqual([
      "Could not find prepared statement with handle 1.",
      "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.",
    ]);
  });
});

describe("on the wire", () => {
  const done = (status: number): string =>
    Buffer.from([0xfd, status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).toString("hex");
  const [cancelled, acknowledged] = [done(0x02), done(0x20)];

  const attention = toPackets(packetType.attention, Buffer.alloc(0), 4096);
  const batchOf = (text: string): Buffer =>
    request(packetType.sqlBatch, Buffer.from(text, "utf16le"));

  /** What is answered after PRELOGIN and LOGIN7. */
  const answered = async (count: number, ...sent: readonly Buffer[]): Promise<string[]> => {
    const bytes = Buffer.concat([goodStart(goodPassword), ...sent]);
    const bodies = await answers(it.port, bytes, count + 2);
    return bodies.slice(2).map((body) => body.toString("hex"));
  };

  test("attention during a request gets the end of its answer, then a message of its own", async () => {
    endless("wire");
    const [rows, ...rest] = await answered(2, batchOf("wire"), attention);
    expect(rows?.endsWith(cancelled)).toBe(true);
    expect(rest).toEqual([acknowledged]);
  });

  test("attention that arrives together with its request cancels it before it is run", async () => {
    const sent = [batchOf("never run"), attention];
    expect(await answered(2, ...sent)).toEqual([cancelled, acknowledged]);
    expect(it.backend.asked).toEqual([]);
  });

  test("a request given up while it was sent gets an answer and is not run", async () => {
    const given = batchOf("never run");
    given[1] = 0x03;
    it.backend.scripts.set("quick", () => []);
    expect(await answered(2, given, batchOf("quick"))).toEqual([cancelled, done(0)]);
    expect(it.backend.asked.map((asked) => asked.text)).toEqual(["quick"]);
  });
});

test("a server that hangs at a request does not even answer the attention, and lets go of the session later", async () => {
  it.backend.scripts.set("after", () => numbers("y", 9));
  const connection = await connected();
  connection.on("error", () => undefined);
  await batch(connection, "after");
  it.faults.set("request", "hang");
  const hanging = failureOf(batch(connection, "after"));
  connection.cancel();
  expect((await hanging).message).toBe("Failed to cancel request in 50ms");
  const sessionId = it.backend.asked[0]?.sessionId;
  await expect.poll(() => it.backend.closedSessions.at(-1)).toBe(sessionId);
});

/** tedious itself, where mssql's pool hides what is tested. */
function connected(): Promise<Connection> {
  const connection = new Connection({
    server: "127.0.0.1",
    authentication: { type: "default", options: { userName: "dba", password: goodPassword } },
    options: { port: it.port, encrypt: false, requestTimeout: 0, cancelTimeout: 50 },
  });
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(error);
      else resolve(connection);
    });
  });
}

function batch(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.execSqlBatch(
      new Request(text, (error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  });
}

function run(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
