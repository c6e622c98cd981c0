// Logins: what the backend is told, refusals, tokens, redirects, faults, and many connections.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { goodPassword } from "./fake-backend.ts";
import { failureOf, numbers } from "./outputs.ts";
import { hostileName, practiceServer, withPool } from "./practice-server.ts";
import { answers, goodStart } from "./raw-client.ts";
import { tsql } from "./tsql.ts";

const it = practiceServer("optional");
const target = practiceServer("required");

describe("a login", () => {
  test("tells the backend who asks for what", async () => {
    await withPool(it, { encrypt: true, database: hostileName }, () => Promise.resolve());
    expect(it.backend.logins[0]).toMatchObject({
      login: "dba",
      password: goodPassword,
      database: hostileName,
      program: "node-mssql",
      clientLibrary: "Tedious",
      serverNameAsked: "127.0.0.1",
      readOnlyIntent: false,
      clientProcessId: process.pid,
      encrypted: true,
    });
    expect(it.backend.logins[0]?.token).toBeUndefined();
  });

  test.each([
    ["dba", "wrong"],
    ["x' or ]1=1-- 🙂", goodPassword],
    ["", ""],
  ])("of %j with a wrong name or password is refused with 18456", async (user, password) => {
    const messages: unknown[] = [];
    const onErrorMessage = (message: { number: number; state: number }): void => {
      messages.push([message.number, message.state]);
    };
    const reason = await failureOf(
      withPool(it, { user, password, onErrorMessage }, () => Promise.resolve()),
    );
    expect({ code: reason.code, text: reason.message, messages }).toEqual({
      code: "ELOGIN",
      text: `Login failed for user '${user}'.`,
      messages: [[18456, 1]],
    });
  });

  test("refused with 4060 says which database cannot be opened", async () => {
    const text = `Cannot open database "${hostileName}" requested by the login. The login failed.`;
    const error = { number: 4060, severity: 11, state: 1, text };
    it.backend.onLogin = () => ({ kind: "refused", error });
    const reason = await failureOf(withPool(it, {}, () => Promise.resolve()));
    it.backend.onLogin = () => undefined;
    expect(reason.message).toBe(text);
  });

  test("with an access token passes the token on", async () => {
    it.backend.scripts.set("who", () => numbers("x", 1));
    const rows = await withPool(it, { token: "good", encrypt: true }, (pool) =>
      pool.request().batch("who"),
    );
    expect([rows.recordset, it.backend.logins[0]?.token]).toEqual([[{ x: 1 }], "good"]);
  });

  test.each([true, "strict"] as const)(
    "with a refused token of 6000 characters fails with 18456, encrypt %s",
    async (encrypt) => {
      const token = "t".repeat(6000);
      const reason = await failureOf(withPool(it, { token, encrypt }, () => Promise.resolve()));
      expect([reason.code, it.backend.logins[0]?.token]).toEqual(["ELOGIN", token]);
    },
  );

  test("by Windows authentication is refused with 18452", async () => {
    const messages: number[] = [];
    const onErrorMessage = (message: { number: number }): void =>
      void messages.push(message.number);
    const reason = await failureOf(
      withPool(it, { domain: "CONTOSO", onErrorMessage }, () => Promise.resolve()),
    );
    expect([reason.code, messages]).toEqual(["ELOGIN", [18452]]);
  });
});

test.each([
  [0, 4096],
  [100, 512],
  [8000, 8000],
  [65_535, 32_767],
])("a client that asks for packets of %i bytes is told %i", async (asked, told) => {
  const [, welcome] = await answers(it.port, goodStart(goodPassword, asked), 2);
  const size = Buffer.from(String(told), "utf16le");
  const packetSizeChange = Buffer.concat([Buffer.from([4, size.length / 2]), size]);
  expect(welcome?.includes(packetSizeChange)).toBe(true);
});

describe("a redirect", () => {
  test("is followed by mssql to the other address with its own certificate", async () => {
    it.backend.onLogin = () => ({ kind: "routed", host: "localhost", port: target.port });
    target.backend.scripts.set("where", () => numbers("port", target.port));
    const rows = await withPool(it, { encrypt: true, trusts: [it, target] }, (pool) =>
      pool.request().batch("where"),
    );
    it.backend.onLogin = () => undefined;
    expect([rows.recordset, it.backend.asked, target.backend.logins.length]).toEqual([
      [{ port: target.port }],
      [],
      2,
    ]);
  });

  test("is followed by FreeTDS", async () => {
    it.backend.onLogin = () => ({ kind: "routed", host: "127.0.0.1", port: target.port });
    target.backend.scripts.set("where\n", () => numbers("port", target.port));
    const { stdout } = await tsql({
      port: it.port,
      password: goodPassword,
      input: "where\ngo\n",
      settings: ["encryption = request"],
    });
    it.backend.onLogin = () => undefined;
    expect([stdout, it.backend.asked.length]).toEqual([
      expect.stringMatching(new RegExp(`^${String(target.port)}$`, "mu")),
      0,
    ]);
  });

  test("to a port where nobody listens fails with both addresses", async () => {
    const closed = await closedPort();
    it.backend.onLogin = () => ({ kind: "routed", host: "127.0.0.1", port: closed });
    const reason = await failureOf(withPool(it, {}, () => Promise.resolve()));
    it.backend.onLogin = () => undefined;
    expect([reason.code, reason.message]).toEqual([
      "ESOCKET",
      expect.stringContaining(`127.0.0.1:${String(closed)} (redirected from 127.0.0.1:`),
    ]);
  });
});

describe("a fault", () => {
  test.each(["prelogin", "login"] as const)("that drops at %s ends the attempt", async (phase) => {
    it.faults.set(phase, "drop");
    const reason = await failureOf(withPool(it, {}, () => Promise.resolve()));
    expect([reason.code, it.backend.logins]).toEqual(["ESOCKET", []]);
  });

  test.each(["prelogin", "login"] as const)(
    "that hangs at %s leaves the client to its time-out",
    async (phase) => {
      it.faults.set(phase, "hang");
      const reason = await failureOf(
        withPool(it, { connectionTimeout: 100 }, () => Promise.resolve()),
      );
      expect(reason.code).toBe("ETIMEOUT");
    },
  );

  test("that drops at a request breaks that request; the next one works", async () => {
    it.backend.scripts.set("x", () => numbers("x", 1));
    const [reason, after] = await withPool(it, {}, async (pool) => {
      await pool.request().batch("x");
      it.faults.set("request", "drop");
      const failed = await failureOf(pool.request().batch("x"));
      it.faults.clear();
      return [failed, await pool.request().batch("x")];
    });
    expect([reason.code, after.recordset]).toEqual(["ECONNRESET", [{ x: 1 }]]);
    const first = it.backend.asked[0]?.sessionId;
    expect(it.backend.closedSessions).toContain(first);
  });
});

test("twenty clients at once each have a session of their own, and all are let go", async () => {
  target.backend.scripts.set("mine", ({ sessionId }) => numbers("id", sessionId));
  target.backend.closedSessions.length = 0;
  const ids = await Promise.all(
    Array.from({ length: 20 }, () =>
      withPool(target, { encrypt: true }, async (pool) => {
        const result = await pool.request().batch("mine");
        return (result.recordset[0] as { id: number }).id;
      }),
    ),
  );
  await expect.poll(() => target.server.connectionCount()).toBe(0);
  expect([new Set(ids).size, target.backend.closedSessions]).toEqual([
    20,
    expect.arrayContaining(ids),
  ]);
});

test("cutting all connections breaks what runs and lets clients come back", async () => {
  it.backend.scripts.set("for ever", async function* ({ signal }) {
    it.server.dropAllConnections();
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve);
    });
    yield { kind: "done" };
  });
  it.backend.scripts.set("x", () => numbers("x", 1));
  const [reason, after] = await withPool(it, {}, async (pool) => [
    await failureOf(pool.request().batch("for ever")),
    await pool.request().batch("x"),
  ]);
  expect([reason.code, after.recordset]).toEqual(["ECONNRESET", [{ x: 1 }]]);
});

/** A port that was free a moment ago. */
function closedPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo; // a listening TCP server has an AddressInfo
      server.close(() => {
        resolve(port);
      });
    });
  });
}
