// A line that goes dead: nothing passes any more, the client cannot tell, and what it had begun runs to its end.
import { Connection, Request } from "tedious";
import { describe, expect, test } from "vitest";
import type { SqlOutput } from "../../../practice/sql-types.ts";
import type { FaultPhase } from "../../../practice/tds/connection.ts";
import { goodPassword } from "./fake-backend.ts";
import type { Asked } from "./fake-backend.ts";
import { error, failureOf, gate, numbers } from "./outputs.ts";
import { practiceServer, withPool } from "./practice-server.ts";

const it = practiceServer("optional");

/** A statement that runs until it is let go, tells whether it was cancelled, and ends in a fatal error. */
function slow(text: string) {
  const started = gate();
  const letGo = gate();
  const ended = gate();
  let wasCancelled: boolean | undefined;
  it.backend.scripts.set(text, async function* ({ signal }: Asked): AsyncGenerator<SqlOutput> {
    started.open();
    await Promise.race([
      letGo.opened,
      new Promise((resolve) => {
        signal.addEventListener("abort", resolve);
      }),
    ]);
    wasCancelled = signal.aborted;
    ended.open();
    yield* numbers("x", 1);
    yield error(596, "Cannot continue.", { severity: 21 });
  });
  return {
    started: started.opened,
    letGo: letGo.open,
    ended: ended.opened,
    wasCancelled: () => wasCancelled,
    sessionId: () => it.backend.asked.find((asked) => asked.text === text)?.sessionId ?? 0,
  };
}

/** tedious itself: its end is known, where a pool keeps connections. */
function connected(): Promise<Connection> {
  const connection = new Connection({
    server: "127.0.0.1",
    authentication: { type: "default", options: { userName: "dba", password: goodPassword } },
    options: { port: it.port, encrypt: false, requestTimeout: 0, cancelTimeout: 50 },
  });
  connection.on("error", () => undefined);
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

/** Comes and goes; by then the server has seen whatever clients did before. */
async function anotherClient(): Promise<void> {
  it.backend.scripts.set("after", () => numbers("y", 9));
  const closed = it.backend.closedSessions.length;
  const connection = await connected();
  await batch(connection, "after");
  connection.close();
  await expect.poll(() => it.backend.closedSessions.length).toBeGreaterThan(closed);
}

describe("one connection whose line goes dead while a statement runs", () => {
  test("hears no cancel and gets no answer; the statement runs on when the client has gone", async () => {
    const statement = slow("left running");
    const connection = await connected();
    const answer = failureOf(batch(connection, "left running"));
    await statement.started;
    it.server.strike(statement.sessionId(), "hang");
    connection.cancel();
    expect((await answer).message).toBe("Failed to cancel request in 50ms");
    connection.close();
    await anotherClient();
    expect([statement.wasCancelled(), it.backend.closedSessions]).toEqual([
      undefined,
      expect.not.arrayContaining([statement.sessionId()]),
    ]);
    statement.letGo();
    await statement.ended;
    expect(statement.wasCancelled()).toBe(false);
    await expect.poll(() => it.backend.closedSessions.at(-1)).toBe(statement.sessionId());
  });

  test("is not even closed by a fatal error, and other connections live on", async () => {
    const statement = slow("dies");
    it.backend.scripts.set("after", () => numbers("y", 9));
    const [connection, other] = [await connected(), await connected()];
    let closed = false;
    connection.on("end", () => {
      closed = true;
    });
    void batch(connection, "dies").catch(() => undefined);
    await statement.started;
    it.server.strike(statement.sessionId(), "hang");
    statement.letGo();
    await statement.ended;
    await batch(other, "after");
    expect(closed).toBe(false);
    connection.close();
    other.close();
    await expect.poll(() => it.server.connectionCount()).toBe(0);
  });

  test("ends at last when the server cuts its connections, also after the client has gone", async () => {
    const statement = slow("never ends");
    const connection = await connected();
    void batch(connection, "never ends").catch(() => undefined);
    await statement.started;
    it.server.strike(statement.sessionId(), "hang");
    connection.close();
    await anotherClient();
    expect(it.server.connectionCount()).toBe(1);
    it.server.dropAllConnections();
    await statement.ended;
    expect(statement.wasCancelled()).toBe(true);
    await expect.poll(() => it.server.connectionCount()).toBe(0);
  });
});

describe("a server whose line is dead", () => {
  test.each([false, true, "strict"] as const)(
    "takes a connection and lets the client wait for its time-out, encrypt %s",
    async (encrypt) => {
      it.faults.set("receiving", "hang");
      const options = { encrypt, connectionTimeout: 100 };
      const reason = await failureOf(withPool(it, options, () => Promise.resolve()));
      expect([reason.code, it.backend.logins]).toEqual(["ETIMEOUT", []]);
    },
  );

  test("does not run what is sent to it, nor hears that connection once the line is back", async () => {
    it.backend.scripts.set("before", () => numbers("x", 1));
    it.backend.scripts.set("lost", () => numbers("x", 1));
    const [used, unused] = [await connected(), await connected()];
    await batch(used, "before");
    const struck = strikeOnce("receiving");
    const lost = failureOf(batch(used, "lost"));
    await struck;
    used.cancel();
    expect((await lost).message).toBe("Failed to cancel request in 50ms");
    await batch(unused, "before");
    expect(it.backend.asked.map(({ text }) => text)).toEqual(["before", "before"]);
    used.close();
    unused.close();
  });

  test("swallows an answer that is ready meanwhile, and the statement has run to its end", async () => {
    const statement = slow("answer lost");
    const connection = await connected();
    const answer = failureOf(batch(connection, "answer lost"));
    await statement.started;
    const struck = strikeOnce("sending");
    statement.letGo();
    await struck;
    connection.cancel();
    expect((await answer).message).toBe("Failed to cancel request in 50ms");
    expect(statement.wasCancelled()).toBe(false);
  });
});

/** Lets the line go dead at the next piece that passes there, for that connection alone; resolves when it has. */
function strikeOnce(phase: FaultPhase): Promise<void> {
  const struck = gate();
  it.faults.get = (asked) => {
    if (asked !== phase) return "none";
    Reflect.deleteProperty(it.faults, "get");
    struck.open();
    return "hang";
  };
  return struck.opened;
}
