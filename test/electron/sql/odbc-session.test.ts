// Single sign-on over a strict stand-in for msnodesqlv8: what is asked of ODBC, what comes back, and what is refused.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectorWith } from "../../../electron/sql/connector.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import { besideTheProgram } from "../../../electron/sql/odbc-driver.ts";
import type { OdbcPlace } from "../../../electron/sql/odbc-driver.ts";
import { odbcString } from "../../../electron/sql/odbc-string.ts";
import type { ServerLogin, SqlSession } from "../../../electron/sql/session.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { fakeOdbc } from "../../fakes/fake-odbc.ts";
import type { FakeOdbc } from "../../fakes/fake-odbc.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let estate: PracticeEstate;
let odbc: FakeOdbc;
let login: ServerLogin;
beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  const session = { login: "", password: "", isWindowsSession: true } as const;
  login = { ...practiceLogins(estate).box, ...session, caCertificatePem: undefined };
});
beforeEach(() => {
  odbc = fakeOdbc(estate);
});
afterAll(() => estate.stop());

const onWindows = (): OdbcPlace => ({ platform: "win32", load: () => odbc.driver });
const connect = (change: Partial<ServerLogin> = {}, place = onWindows(), signal?: AbortSignal) =>
  connectorWith(place).connect({ ...login, ...change }, signal);

async function within(act: (session: SqlSession) => Promise<void>): Promise<void> {
  const session = await connect();
  try {
    await act(session);
  } finally {
    await session.close();
  }
  expect(odbc.counts.open).toBe(0);
}

async function problemOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.problem;
  throw new Error(`No AppError: ${String(error)}`);
}

describe("the connection string", () => {
  test("asks for the Windows session, a checked certificate, and no second try behind our back", () =>
    within(() => {
      expect(odbc.opened).toEqual([
        {
          Driver: "ODBC Driver 18 for SQL Server",
          Server: `tcp:127.0.0.1,${String(login.port)}`,
          Database: "master",
          Trusted_Connection: "Yes",
          Encrypt: "Mandatory",
          TrustServerCertificate: "No",
          HostNameInCertificate: "SQLBOX01",
          ApplicationIntent: "ReadWrite",
          ConnectRetryCount: "0",
          APP: "MI Link Failover",
        },
      ]);
      return Promise.resolve();
    }));

  test("holds any name as it is, strict encryption, and an instance only where there is no port", () => {
    const named = { ...login, host: "a};Encrypt=No;b", port: undefined, instanceName: "I1" };
    expect(odbcString({ ...named, encrypt: "strict" })).toContain(
      "Server={tcp:a}};Encrypt=No;b\\I1};Database={master};Trusted_Connection={Yes};Encrypt={Strict};",
    );
    expect(odbcString({ ...named, port: 1433 })).toContain("b,1433};");
  });
});

describe("a reading", () => {
  test("answers as the other driver does: result by result, a bigint as text, an id in capitals", async () => {
    const text =
      "SELECT CAST(9007199254740991 AS bigint) AS big, 7 AS n, @@SERVERNAME AS server; SELECT name, group_id FROM sys.availability_groups ORDER BY name;";
    const other = await mssqlConnector.connect(practiceLogins(estate).box);
    const wanted = await other.read(text);
    await other.close();
    await within(async (session) => {
      expect(await session.read(text)).toEqual(wanted);
      expect(wanted[0]).toMatchObject([{ big: "9007199254740991" }]);
    });
  });

  test("is made as the account of the session", () =>
    within(async (session) => {
      expect(await session.read("SELECT SUSER_SNAME() AS login;")).toEqual([
        [{ login: "PRACTICE\\dba" }],
      ]);
    }));

  test("that is refused says the server's number, and the connection stays", () =>
    within(async (session) => {
      odbc.nextQuery = {
        message: "[Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Permission [x] denied",
        sqlstate: "42000",
        code: 300,
      };
      const problem = await problemOf(session.read("SELECT 1 AS one;"));
      expect(problem).toMatchObject({ sqlNumber: 300, code: "noPermission" });
      expect(problem.detail).toContain("Permission [x] denied");
      await session.read("SELECT 1 AS one;");
      expect(odbc.opened).toHaveLength(1);
    }));

  test.each([
    ["08S01", 10054, "connectionLost"],
    ["HYT00", 0, "requestTimedOut"],
  ])("that ends with %s leaves its connection for a new one", (sqlstate, code, named) =>
    within(async (session) => {
      odbc.nextQuery = { message: "[Microsoft][ODBC Driver 18 for SQL Server]x", sqlstate, code };
      expect(await problemOf(session.read("SELECT 1 AS one;"))).toMatchObject({ code: named });
      expect(await session.read("SELECT 1 AS one;")).toEqual([[{ one: 1 }]]);
      expect(odbc.opened).toHaveLength(2);
    }),
  );

  test("that is aborted is let go at once, though ODBC goes on, and the next one has a connection of its own", async () => {
    const session = await connect();
    odbc.nextQuery = "hang";
    const enough = new AbortController();
    const reading = session.read("SELECT 1 AS one;", {}, enough.signal);
    setImmediate(() => {
      enough.abort(new Error("enough"));
    });
    await expect(reading).rejects.toThrow("enough");
    expect(await session.read("SELECT 2 AS two;")).toEqual([[{ two: 2 }]]);
    expect(odbc.opened).toHaveLength(2);
    await session.close();
  });

  test("of a session that was closed opens nothing", async () => {
    const session = await connect();
    await session.close();
    await problemOf(session.read("SELECT 1 AS one;"));
    expect(odbc.opened).toHaveLength(1);
  });
});

describe("what changes a server", () => {
  test("is refused before anything is opened: a run's own connection, and a statement with values", async () => {
    const refused = await problemOf(connectorWith(onWindows()).connectPinned(login));
    expect(refused).toMatchObject({ code: "singleSignOnReadsOnly", class: "block" });
    expect(odbc.opened).toEqual([]);
    await within(async (session) => {
      const before = odbc.queries.length;
      const problem = await problemOf(session.read("KILL 51", { sessionId: 51 }));
      expect([problem.code, odbc.queries.length]).toEqual(["singleSignOnReadsOnly", before]);
    });
  });
});

describe("a connection that cannot be made", () => {
  test.each([
    ["28000", 18456, "Login failed for user 'CORP\\dba'.", "loginFailed"],
    ["28000", 18452, "Login failed.", "windowsLoginRefused"],
    ["08001", 10061, "TCP Provider: refused", "portClosed"],
    ["08001", -2146893019, "SSL Provider: not trusted", "certificateUntrusted"],
    ["HYT00", 0, "Login timeout expired", "noAnswer"],
    ["IM002", 0, "Data source name not found and no default driver specified", "odbcDriverMissing"],
    ["08001", 4711, "something new", "driverFailed"],
  ])("for %s %i has its own sentence", async (sqlstate, code, message, named) => {
    odbc.nextOpen = {
      message: `[Microsoft][ODBC Driver 18 for SQL Server]${message}`,
      sqlstate,
      code,
    };
    expect(await problemOf(connect())).toMatchObject({ code: named });
    expect(odbc.counts.open).toBe(0);
  });

  test("and is given up, is closed when it is made after all", async () => {
    const enough = new AbortController();
    const connecting = connect({}, onWindows(), enough.signal);
    enough.abort(new Error("enough"));
    await expect(connecting).rejects.toThrow("enough");
    await expect.poll(() => odbc.counts.open).toBe(0);
  });

  test.each([
    ["an instance", { side: "instance" }, "singleSignOnBoxOnly"],
    ["a certificate trusted here alone", { caCertificatePem: "PEM" }, "singleSignOnTrust"],
  ] as const)("to %s is refused before ODBC is asked", async (_, change, code) => {
    expect(await problemOf(connect(change))).toMatchObject({ code });
    expect(odbc.opened).toEqual([]);
  });
});

describe("msnodesqlv8", () => {
  test("is not among the packages of this program: that it is missing is said, with where to read on", async () => {
    const place = { ...besideTheProgram, platform: "win32" } as const;
    const problem = await problemOf(connect({}, place));
    expect(problem).toMatchObject({ code: "singleSignOnMissing" });
    expect(problem.remedy).toMatch(/README.*NTLM/u);
  });

  test("is not asked for on another system than Windows", async () => {
    const place: OdbcPlace = {
      platform: "linux",
      load: () => {
        throw new Error("asked for");
      },
    };
    expect(await problemOf(connect({}, place))).toMatchObject({ code: "singleSignOnWindowsOnly" });
  });

  test("is asked for by no other login", async () => {
    const place: OdbcPlace = {
      platform: "win32",
      load: () => {
        throw new Error("asked for");
      },
    };
    const session = await connectorWith(place).connect(practiceLogins(estate).box);
    await session.close();
  });
});
