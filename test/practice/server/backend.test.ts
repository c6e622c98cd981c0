import { describe, expect, test } from "vitest";
import { createBackend } from "../../../practice/server/backend.ts";
import type { SqlOutput } from "../../../practice/sql-types.ts";
import type { Backend, BackendSession } from "../../../practice/tds/backend.ts";
import { createTsqlEngine } from "../../../practice/tsql/engine.ts";
import { fixture } from "./server-parts.ts";

const login = {
  login: "PRACTICE_dba",
  password: "secret",
  database: "adatum",
  host: "JUMP01",
  program: "test",
  clientLibrary: "test",
  serverNameAsked: "",
  readOnlyIntent: false,
  clientProcessId: 1,
  encrypted: true,
};

async function backendOf() {
  const { parts, host } = fixture("box");
  const backend = createBackend(parts, await createTsqlEngine(host));
  const connect = async (): Promise<BackendSession> => {
    const answer = await backend.login(login);
    if (answer.kind !== "accepted") throw new Error(answer.kind);
    return answer.session;
  };
  return { parts, backend, connect };
}

async function outputs(backend: Backend, session: BackendSession, text: string) {
  const all: SqlOutput[] = [];
  const { signal } = new AbortController();
  for await (const output of backend.execute(session, text, [], signal)) all.push(output);
  return all;
}

const lock = "EXEC sp_getapplock 'x', 'Exclusive', 'Session', 0";

describe("a session", () => {
  test("logs in under the login's own spelling into the database it asked for", async () => {
    const { parts, connect } = await backendOf();
    const session = await connect();
    expect(session.database).toBe("Adatum");
    expect(parts.clients.get(session.sessionId)?.login).toBe("practice_dba");
  });

  test("a reset brings it back to its database and releases its locks", async () => {
    const { parts, backend, connect } = await backendOf();
    const session = await connect();
    await outputs(backend, session, `USE master; ${lock}`);
    expect(session.database).toBe("master");
    expect(parts.locks.list()).toHaveLength(1);
    backend.reset(session);
    expect(session.database).toBe("Adatum");
    expect(parts.locks.list()).toEqual([]);
  });

  test("closing it releases its locks and its number", async () => {
    const { parts, backend, connect } = await backendOf();
    const session = await connect();
    await outputs(backend, session, lock);
    backend.closed(session);
    expect(parts.locks.list()).toEqual([]);
    expect((await connect()).sessionId).toBe(session.sessionId);
  });

  test("a killed session that closes late takes nothing from the next one with its number", async () => {
    const { parts, backend, connect } = await backendOf();
    const killed = await connect();
    const other = await connect();
    await outputs(backend, other, `KILL ${killed.sessionId}`);
    const next = await connect();
    expect(next.sessionId).toBe(killed.sessionId);
    await outputs(backend, next, lock);
    backend.closed(killed);
    expect(parts.locks.list()).toHaveLength(1);
    expect(await outputs(backend, killed, "SELECT 1")).toMatchObject([
      { kind: "error", message: { number: 596 } },
    ]);
  });

  test("USE inside EXEC lasts until the end of that text", async () => {
    const { backend, connect } = await backendOf();
    const session = await connect();
    await outputs(backend, session, "EXEC(N'USE master')");
    expect(session.database).toBe("Adatum");
  });

  test("it shows its request while it runs, and none afterwards", async () => {
    const { parts, backend, connect } = await backendOf();
    const session = await connect();
    const seen = await outputs(backend, session, "SELECT command FROM sys.dm_exec_requests");
    expect(seen.filter(({ kind }) => kind === "row")).toEqual([
      { kind: "row", values: ["SELECT"] },
    ]);
    expect(parts.clients.get(session.sessionId)?.request).toBeNull();
  });
});
