// Logins with a Windows account at the practice estate, by NTLM of two independent clients: mssql (tedious) and FreeTDS.
import { describe, expect, test } from "vitest";
import type { ServerFacts } from "../../../practice/estate.ts";
import {
  connect,
  freeTds,
  practiceEstate,
  refusalOf,
  rowsOf,
  serverOf,
  withPool,
} from "./practice-estate.ts";
import type { ConnectOptions } from "./practice-estate.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });

const account = () => {
  const { windows } = serverOf(estate(), "sqlServer");
  if (windows === undefined) throw new Error("SQL Server has no Windows account");
  return windows;
};

/** As mssql is told a Windows login. */
const asDba = (change: ConnectOptions = {}): ConnectOptions => ({
  domain: "PRACTICE",
  login: "dba",
  password: account().password,
  ...change,
});

/** Number, state and text of the refusal; "connected" for none. */
async function refused(options: ConnectOptions, kind: ServerFacts["kind"] = "sqlServer") {
  const messages: { readonly number: number; readonly state: number }[] = [];
  const onErrorMessage: ConnectOptions["onErrorMessage"] = (one) => messages.push(one);
  try {
    await (await connect(estate(), kind, { ...options, onErrorMessage })).close();
    return ["connected"];
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    return [...messages.map(({ number, state }) => [number, state]), text];
  }
}

const untrusted = [
  [18452, 1],
  "Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.",
];

const whoAmI = `SELECT SUSER_SNAME() AS suser, ORIGINAL_LOGIN() AS original, s.nt_domain, s.nt_user_name, c.auth_scheme
  FROM sys.dm_exec_sessions AS s JOIN sys.dm_exec_connections AS c ON c.session_id = s.session_id
  WHERE s.session_id = @@SPID`;

describe("a Windows account with a login", () => {
  test.each([false, true, "strict"] as const)(
    "logs in with encrypt %s, and views and functions say who it is and how",
    (encrypt) =>
      withPool(
        estate(),
        "sqlServer",
        async (pool) => {
          expect(await rowsOf(pool, whoAmI)).toEqual([
            {
              suser: "PRACTICE\\dba",
              original: "PRACTICE\\dba",
              nt_domain: "PRACTICE",
              nt_user_name: "dba",
              auth_scheme: "NTLM",
            },
          ]);
        },
        asDba({ encrypt }),
      ),
  );

  test("logs in whatever the case of its name, and is called as the server calls it", () =>
    withPool(
      estate(),
      "sqlServer",
      async (pool) => {
        expect(await rowsOf(pool, "SELECT SUSER_SNAME() AS name")).toEqual([
          { name: "PRACTICE\\dba" },
        ]);
      },
      asDba({ login: "DbA", domain: "Practice" }),
    ));

  test("stands in sys.server_principals as a Windows login, and may do what the SQL login may", () =>
    withPool(
      estate(),
      "sqlServer",
      async (pool) => {
        const principal =
          "SELECT type, type_desc, DATALENGTH(sid) AS sidBytes FROM sys.server_principals WHERE name = SUSER_SNAME()";
        expect(await rowsOf(pool, principal)).toEqual([
          { type: "U", type_desc: "WINDOWS_LOGIN", sidBytes: 28 },
        ]);
        const rights = "SELECT IS_SRVROLEMEMBER('sysadmin') AS isAdmin";
        expect(await rowsOf(pool, rights)).toEqual([{ isAdmin: 1 }]);
        const same =
          "SELECT 1 AS same FROM sys.dm_exec_sessions AS s JOIN sys.server_principals AS p ON p.sid = s.security_id AND p.name = s.login_name WHERE s.session_id = @@SPID";
        expect(await rowsOf(pool, same)).toEqual([{ same: 1 }]);
      },
      asDba(),
    ));

  test("logs in by FreeTDS", async () => {
    const { stdout } = await freeTds(
      estate(),
      "sqlServer",
      "SELECT SUSER_SNAME() + ' by ' + auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID",
      { ...account(), login: "practice\\DBA" },
    );
    expect(stdout).toContain("PRACTICE\\dba by NTLM");
  });

  test("a SQL login stays one: no domain, auth_scheme SQL", () =>
    withPool(estate(), "sqlServer", async (pool) => {
      expect(await rowsOf(pool, whoAmI)).toMatchObject([
        { suser: "practice_dba", nt_domain: null, nt_user_name: null, auth_scheme: "SQL" },
      ]);
    }));
});

describe("a Windows account", () => {
  test("with a wrong password, of another domain, or that the domain does not have is told the same: 18452", async () => {
    expect(await refused(asDba({ password: "wrong" }))).toEqual(untrusted);
    expect(await refused(asDba({ domain: "CONTOSO" }))).toEqual(untrusted);
    expect(await refused(asDba({ login: "nobody" }))).toEqual(untrusted);
    expect(await refused(asDba({ password: serverOf(estate(), "sqlServer").password }))).toEqual(
      untrusted,
    );
  });

  test("with a wrong password is refused to FreeTDS with 18452 too", async () => {
    const as = { ...account(), password: "wrong" };
    const { stderr, exitCode } = await freeTds(estate(), "sqlServer", "SELECT 1", as);
    expect(stderr).toContain("Msg 18452 (severity 14, state 1)");
    expect(exitCode).not.toBe(0);
  });

  test("is no SQL login: its name and password sent to the server are 18456", async () => {
    const { login, password } = account();
    const text = "Login failed for user 'PRACTICE\\dba'.";
    expect(await refused({ login, password })).toEqual([[18456, 1], text]);
  });

  test("is refused by the instance, which takes no NTLM, with 18452", async () => {
    expect(await refused(asDba(), "managedInstance")).toEqual(untrusted);
  });

  test("whose login is disabled is 18470, and whose login was dropped is 18456 by its name", () =>
    withPool(estate(), "sqlServer", async (pool) => {
      await pool.request().query("ALTER LOGIN [PRACTICE\\dba] DISABLE");
      expect((await refused(asDba()))[0]).toEqual([18470, 1]);
      await pool.request().query("ALTER LOGIN [PRACTICE\\dba] ENABLE");
      expect(await refused(asDba())).toEqual(["connected"]);
      await withPool(
        estate(),
        "sqlServer",
        async (own) => {
          await rowsOf(own, "SELECT 1 AS one");
          expect(await refusalOf(pool.request().query("DROP LOGIN [PRACTICE\\dba]"))).toEqual([
            15434,
          ]);
        },
        asDba(),
      );
      await pool.request().query("DROP LOGIN [PRACTICE\\dba]");
      const text = "Login failed for user 'PRACTICE\\dba'.";
      expect(await refused(asDba())).toEqual([[18456, 1], text]);
      expect(await refused(asDba({ password: "wrong" }))).toEqual(untrusted);
    }));
});
