// The connector over real TDS: what it connects to, what it refuses, and that a pinned connection is never replaced.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { ServerLogin } from "../../../electron/sql/session.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let estate: PracticeEstate;
let logins: Readonly<Record<Side, ServerLogin>>;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 } });
  logins = practiceLogins(estate);
});
afterAll(() => estate.stop());

async function problemOf(connecting: Promise<unknown>) {
  const error: unknown = await connecting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.problem;
  throw new Error(`No AppError: ${String(error)}`);
}

describe("a session", () => {
  test.each(["box", "instance"] as const)(
    "to the %s reads several result sets with typed parameters",
    async (side) => {
      const session = await mssqlConnector.connect(logins[side]);
      const answer = await session.read(
        "SELECT @text AS [text], @number AS [number]; SELECT DB_NAME() AS [database];",
        { text: "O'Brien ] \" 😀 $(x)\n", number: 7 },
      );
      expect(answer).toEqual([
        [{ text: "O'Brien ] \" 😀 $(x)\n", number: 7 }],
        [{ database: "master" }],
      ]);
      await session.close();
    },
  );

  test("by strict encryption works as well", async () => {
    const session = await mssqlConnector.connect({ ...logins.box, encrypt: "strict" });
    expect(session.address).toBe(`127.0.0.1,${String(logins.box.port)}`);
    await session.close();
  });

  test("whose statement is refused says the server's number", async () => {
    const session = await mssqlConnector.connect(logins.box);
    const problem = await problemOf(session.read("SELECT name FROM sys.no_such_view;"));
    expect(problem.sqlNumber).toBe(208);
    await session.close();
  });

  test("lets go of a reading the moment it is aborted", async () => {
    const session = await mssqlConnector.connect(logins.box);
    const controller = new AbortController();
    const reading = session.read("WAITFOR DELAY '00:01:00';", {}, controller.signal);
    const reason = new Error("enough");
    setImmediate(() => {
      controller.abort(reason);
    });
    await expect(reading).rejects.toBe(reason);
    await session.close();
  });
});

describe("a connection that cannot be made", () => {
  test.each([
    ["a wrong password", { password: "wrong" }, "loginFailed"],
    ["an unknown host", { host: "no-such-host.invalid" }, "hostUnknown"],
    ["a closed port", { port: 1 }, "portClosed"],
    ["an untrusted certificate", { caCertificatePem: undefined }, "certificateUntrusted"],
    ["another name in the certificate", { certificateName: "other" }, "certificateWrongName"],
  ] as const)("%s has its own sentence", async (_name, change, code) => {
    const problem = await problemOf(mssqlConnector.connect({ ...logins.box, ...change }));
    expect(problem.code).toBe(code);
    expect(problem.remedy).not.toBe("");
    expect(JSON.stringify(problem)).not.toContain(logins.box.password);
  });

  test("no encryption where the server demands it has its own sentence", async () => {
    const problem = await problemOf(
      mssqlConnector.connect({ ...logins.instance, encrypt: "optional" }),
    );
    expect(problem.code).toBe("encryptionRequired");
  });
});

describe("a pinned session", () => {
  test("knows its own session and executes a batch", async () => {
    const session = await mssqlConnector.connectPinned(logins.box);
    const [rows] = await session.read("SELECT @@SPID AS spid;");
    expect(rows).toEqual([{ spid: session.sessionId }]);
    const messages: string[] = [];
    await session.execute("PRINT 'said';", (text) => messages.push(text));
    expect(messages).toEqual(["said"]);
    await session.close();
    expect(session.isOpen).toBe(false);
  });

  test("whose connection is cut is closed for good, and never connects again", async () => {
    const session = await mssqlConnector.connectPinned(logins.box);
    estate.world.fault({ kind: "dropConnections", server: "box" });
    await expect.poll(() => session.isOpen).toBe(false);
    expect((await problemOf(session.read("SELECT 1 AS one;"))).code).toBe("connectionGone");
    expect((await problemOf(session.execute("PRINT 'again';"))).code).toBe("connectionGone");
    expect(estate.world.state.statements.some((one) => one.text.includes("again"))).toBe(false);
  });

  test("cut while its statement runs answers ambiguous", async () => {
    const session = await mssqlConnector.connectPinned(logins.box);
    const executing = problemOf(session.execute("WAITFOR DELAY '00:01:00';"));
    await expect
      .poll(() => estate.world.state.statements.some((one) => one.text.includes("00:01:00")))
      .toBe(true);
    estate.world.fault({ kind: "dropConnections", server: "box" });
    expect(await executing).toMatchObject({ code: "answerLost", class: "ambiguous" });
  });

  test("refused by an error number answers with the tables' sentence", async () => {
    const session = await mssqlConnector.connectPinned(logins.box);
    const problem = await problemOf(
      session.execute("ALTER AVAILABILITY GROUP [no such group] FAILOVER;"),
    );
    expect(problem.sqlNumber).toBe(15151);
    await session.close();
  });
});

test("a redirect to a closed port names the address that failed", async () => {
  const other = await startPracticeEstate({
    scenario: "healthy",
    clock: { speed: 1 },
    routing: "closedPort",
  });
  try {
    const { instance } = practiceLogins(other);
    expect((await problemOf(mssqlConnector.connect(instance))).code).toBe("redirectUnreachable");
  } finally {
    await other.stop();
  }
});
