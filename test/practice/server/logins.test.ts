import { once } from "node:events";
import { connect as dial } from "node:net";
import { describe, expect, test } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
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

/** The number and state of the first error of a login that is refused, and what the client says of it. */
async function refusedLogin(
  to: PracticeEstate,
  kind: "sqlServer" | "managedInstance",
  options: ConnectOptions = {},
) {
  const messages: { readonly number: number; readonly state: number }[] = [];
  const work = connect(to, kind, { ...options, onErrorMessage: (one) => messages.push(one) });
  const failure = await work.then(
    async (pool) => {
      await pool.close();
      return "connected";
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { number: messages[0]?.number, state: messages[0]?.state, failure };
}

describe("logging in", () => {
  test("a wrong password and an unknown login are told the same: 18456, state 1", async () => {
    for (const options of [{ password: "wrong" }, { login: "no'body ] $(x)" }]) {
      expect(await refusedLogin(estate(), "sqlServer", options)).toMatchObject({
        number: 18456,
        state: 1,
      });
    }
  });

  test("each start has its own password", async () => {
    const other = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    try {
      expect(serverOf(other, "sqlServer").password).not.toBe(
        serverOf(estate(), "sqlServer").password,
      );
      expect(serverOf(other, "sqlServer").password).not.toBe(
        serverOf(other, "managedInstance").password,
      );
    } finally {
      await other.stop();
    }
  });

  test("a database that is not there is 4060", async () => {
    const absent = await refusedLogin(estate(), "managedInstance", { database: "no ] ' such" });
    expect(absent.number).toBe(4060);
    const present = await refusedLogin(estate(), "sqlServer", { database: "adatum" });
    expect(present.failure).toBe("connected");
  });

  test("the database of a secondary that allows no connections is 976", async () => {
    const scenario = { ...healthy, primary: "instance" } as const;
    const swapped = await startPracticeEstate({ scenario, clock: "manual" });
    try {
      const closed = await refusedLogin(swapped, "sqlServer", { database: "Adatum" });
      expect(closed.number).toBe(976);
    } finally {
      await swapped.stop();
    }
  });

  test("a disabled login is refused with 18470 until it is enabled again", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      await pool.request().query("ALTER LOGIN [practice_dba] DISABLE");
      expect(await refusedLogin(estate(), "sqlServer")).toMatchObject({
        number: 18470,
        failure: "Login failed for user 'practice_dba'. Reason: The account is disabled.",
      });
      expect((await refusedLogin(estate(), "sqlServer", { password: "x" })).number).toBe(18456);
      expect(
        await rowsOf(
          pool,
          "SELECT is_disabled FROM sys.server_principals WHERE name = SUSER_SNAME()",
        ),
      ).toEqual([{ is_disabled: true }]);
      await pool.request().query("ALTER LOGIN [practice_dba] ENABLE");
    });
    expect((await refusedLogin(estate(), "sqlServer")).failure).toBe("connected");
  });

  test("a certificate for another name is refused by the client", async () => {
    const { failure } = await refusedLogin(estate(), "managedInstance", {
      serverName: "other.database.windows.net",
    });
    expect(failure).toContain("does not match certificate's altnames");
  });
});

describe("the redirect of the instance", () => {
  test("is not asked of FreeTDS, which cannot follow it over TLS", async () => {
    const { stdout } = await freeTds(estate(), "managedInstance", "SELECT @@SERVERNAME AS name");
    expect(stdout).toContain(serverOf(estate(), "managedInstance").name);
  });

  test("off: the advertised port serves the login itself", async () => {
    const direct = await startPracticeEstate({
      scenario: "healthy",
      clock: "manual",
      routing: "off",
    });
    try {
      expect((await refusedLogin(direct, "managedInstance")).failure).toBe("connected");
    } finally {
      await direct.stop();
    }
  });

  test("to a closed port: the client cannot connect there", async () => {
    const closed = await startPracticeEstate({
      scenario: "healthy",
      clock: "manual",
      routing: "closedPort",
    });
    try {
      expect((await refusedLogin(closed, "managedInstance")).failure).toMatch(
        /Failed to connect to 127\.0\.0\.1:\d+ \(redirected from 127\.0\.0\.1:\d+\)/,
      );
      expect((await refusedLogin(closed, "sqlServer")).failure).toBe("connected");
    } finally {
      await closed.stop();
    }
  });
});

describe("a server that is cut off", () => {
  test("takes no login and drops those it had, until the fault is gone", async () => {
    const faulty = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    try {
      const pool = await connect(faulty, "sqlServer");
      await rowsOf(pool, "SELECT 1 AS one");
      faulty.world.fault({ kind: "unreachable", server: "box", on: true });
      const { failure } = await refusedLogin(faulty, "sqlServer");
      expect(failure).not.toBe("connected");
      expect((await refusedLogin(faulty, "managedInstance")).failure).toBe("connected");
      faulty.world.fault({ kind: "unreachable", server: "box", on: false });
      expect((await refusedLogin(faulty, "sqlServer")).failure).toBe("connected");
      await pool.close();
    } finally {
      await faulty.stop();
    }
  });

  test("and refuses: nobody listens on its port, until the world starts over", async () => {
    const faulty = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    try {
      const pool = await connect(faulty, "managedInstance");
      const fault = { kind: "unreachable", server: "instance", on: true, how: "refused" } as const;
      faulty.world.fault(fault);
      const socket = dial(serverOf(faulty, "managedInstance").port, "127.0.0.1");
      expect(await once(socket, "error")).toMatchObject([{ code: "ECONNREFUSED" }]);
      expect((await refusedLogin(faulty, "managedInstance")).failure).not.toBe("connected");
      expect((await refusedLogin(faulty, "sqlServer")).failure).toBe("connected");
      faulty.world.fault({ ...fault, on: false });
      expect((await refusedLogin(faulty, "managedInstance")).failure).toBe("connected");
      faulty.world.fault(fault);
      expect(faulty.control({ do: "startOver", scenario: "split-brain" })).toMatchObject({
        ok: true,
      });
      expect((await refusedLogin(faulty, "managedInstance")).failure).toBe("connected");
      expect(await rowsOf(pool, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await pool.close();
      faulty.world.fault(fault);
    } finally {
      await faulty.stop();
    }
  });

  test("dropped connections lose their request and their locks; the next login works", async () => {
    const faulty = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    const lock =
      "DECLARE @r int; EXEC @r = sp_getapplock 'x', 'Exclusive', 'Session', 0; SELECT @r AS result";
    try {
      const pool = await connect(faulty, "sqlServer");
      await rowsOf(pool, lock);
      const waiting = pool.request().query("WAITFOR DELAY '00:10:00'");
      const lost = expect(waiting).rejects.toMatchObject({ code: "ECONNRESET" });
      await withPool(faulty, "managedInstance", (other) => rowsOf(other, "SELECT 1 AS one"));
      faulty.world.fault({ kind: "dropConnections", server: "box" });
      await lost;
      const again = await withPool(faulty, "sqlServer", (next) => rowsOf(next, lock));
      expect(again).toEqual([{ result: 0 }]);
      await pool.close();
    } finally {
      await faulty.stop();
    }
  });
});

describe("missing rights over the wire", () => {
  const denied = practiceEstate({ scenario: "missing-permission", clock: "manual" });

  test("a state view is refused with 300 and then 297, and the right says 0", async () => {
    await withPool(denied(), "sqlServer", async (pool) => {
      expect(
        await refusalOf(rowsOf(pool, "SELECT * FROM sys.dm_hadr_database_replica_states")),
      ).toEqual([300, 297]);
      expect(
        await rowsOf(
          pool,
          "SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE') AS state, HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS definition, HAS_PERMS_BY_NAME('LINK_Adatum', 'AVAILABILITY GROUP', 'ALTER') AS change, IS_SRVROLEMEMBER('sysadmin') AS admin",
        ),
      ).toEqual([{ state: 0, definition: 1, change: 0, admin: 0 }]);
    });
  });

  test("a failover is refused with 15151 and reaches no engine", async () => {
    await withPool(denied(), "sqlServer", async (pool) => {
      const failover = pool.request().query("ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER");
      expect(await refusalOf(failover)).toEqual([15151]);
    });
    expect(denied().world.state.changes).toEqual([]);
    expect(denied().world.state.statements.at(-1)).toMatchObject({
      server: "box",
      outcome: "error",
      error: 15151,
    });
  });
});

describe("USE", () => {
  test("moves the session, and is refused for a copy that cannot be read", async () => {
    await withPool(estate(), "managedInstance", async (pool) => {
      expect(await rowsOf(pool, "USE [adatum]; SELECT DB_NAME() AS db")).toEqual([
        { db: "Adatum" },
      ]);
      expect(await rowsOf(pool, "SELECT DB_NAME() AS db")).toEqual([{ db: "Adatum" }]);
      expect(await refusalOf(rowsOf(pool, "USE [no ]] ' such]"))).toEqual([911]);
    });
  });
});
