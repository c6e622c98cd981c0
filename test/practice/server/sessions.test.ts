import { describe, expect, test } from "vitest";
import {
  connect,
  freeTds,
  practiceEstate,
  refusalOf,
  rowsOf,
  withPool,
} from "./practice-estate.ts";
import type { Row } from "./practice-estate.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });

const lockCall = (timeoutMs: number, resource = "MI Link ] '' 🙂") =>
  `DECLARE @result int; EXEC @result = sp_getapplock @Resource = N'${resource}', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = ${timeoutMs}; SELECT @result AS result;`;
const releaseCall =
  "DECLARE @result int; EXEC @result = sp_releaseapplock @Resource = N'MI Link ] '' 🙂', @LockOwner = 'Session'; SELECT @result AS result;";

const first = (rows: readonly Row[], name: string): unknown => rows[0]?.[name];

describe("sessions", () => {
  test("a connection finds itself in sys.dm_exec_sessions with what it told of itself", async () => {
    const rows = await withPool(
      estate(),
      "sqlServer",
      (pool) =>
        rowsOf(
          pool,
          "SELECT session_id, program_name, login_name, host_process_id, status, DB_NAME(database_id) AS db FROM sys.dm_exec_sessions WHERE session_id = @@SPID",
        ),
      { appName: "Prüfung ] ' 🙂", database: "msdb" },
    );
    expect(rows).toMatchObject([
      {
        program_name: "Prüfung ] ' 🙂",
        login_name: "practice_dba",
        host_process_id: process.pid,
        status: "running",
        db: "msdb",
      },
    ]);
  });

  test("a killed connection is off the list at once and is told 596 when it asks again", async () => {
    const victim = await connect(estate(), "sqlServer");
    try {
      const id = Number(first(await rowsOf(victim, "SELECT @@SPID AS id"), "id"));
      await withPool(estate(), "sqlServer", async (pool) => {
        await pool.request().query(`KILL ${id}`);
        const left = await rowsOf(
          pool,
          `SELECT session_id FROM sys.dm_exec_sessions WHERE session_id = ${id}`,
        );
        expect(left).toEqual([]);
        expect(await refusalOf(pool.request().query(`KILL ${id}`))).toEqual([6106]);
        expect(await refusalOf(pool.request().query("KILL 9"))).toEqual([6106]);
      });
      expect(await refusalOf(rowsOf(victim, "SELECT 1 AS one"))).toEqual([596]);
    } finally {
      await victim.close();
    }
  });

  test("a statement that runs ends when its session is killed, and its lock is free", async () => {
    const victim = await connect(estate(), "sqlServer");
    try {
      const id = Number(first(await rowsOf(victim, "SELECT @@SPID AS id"), "id"));
      expect(first(await rowsOf(victim, lockCall(0, "killed")), "result")).toBe(0);
      const running = refusalOf(victim.request().query("WAITFOR DELAY '00:10:00'"));
      await withPool(estate(), "sqlServer", async (pool) => {
        await pool.request().query(`KILL ${id}`);
        expect(first(await rowsOf(pool, lockCall(0, "killed")), "result")).toBe(0);
      });
      expect(await running).toContain(596);
    } finally {
      await victim.close();
    }
  });

  test("no session kills itself, and the application's sessions can be killed", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      expect(
        await refusalOf(
          pool
            .request()
            .query(
              "DECLARE @own nvarchar(20) = N'KILL ' + CAST(@@SPID AS nvarchar(10)); EXEC(@own)",
            ),
        ),
      ).toEqual([6104]);
      const application =
        "SELECT session_id FROM sys.dm_exec_sessions WHERE program_name = 'Adatum Billing'";
      const id = Number(first(await rowsOf(pool, application), "session_id"));
      await pool.request().query(`KILL ${id}`);
      expect(await rowsOf(pool, application)).toEqual([]);
    });
  });
});

describe("application locks of two connections", () => {
  test("the second is refused at once, sees whose it is, and gets it when the first has gone", async () => {
    const owner = await connect(estate(), "sqlServer");
    const other = await connect(estate(), "sqlServer");
    try {
      const ownerId = Number(first(await rowsOf(owner, "SELECT @@SPID AS id"), "id"));
      expect(first(await rowsOf(owner, lockCall(0)), "result")).toBe(0);
      expect(first(await rowsOf(other, lockCall(0)), "result")).toBe(-1);
      const seen = await rowsOf(
        other,
        "SELECT l.request_session_id, s.host_name, s.login_name, l.resource_description FROM sys.dm_tran_locks l JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id WHERE l.resource_type = 'APPLICATION' AND l.request_mode = 'X' AND l.resource_database_id = DB_ID('master')",
      );
      expect(seen).toMatchObject([{ request_session_id: ownerId, login_name: "practice_dba" }]);
      expect(first(seen, "resource_description")).toMatch(
        /^0:\[MI Link \] ' 🙂\]:\([0-9a-f]{8}\)$/,
      );
      const mode = "SELECT APPLOCK_MODE('public', N'MI Link ] '' 🙂', 'Session') AS mode";
      expect(first(await rowsOf(owner, mode), "mode")).toBe("Exclusive");
      expect(first(await rowsOf(other, mode), "mode")).toBe("NoLock");

      const waiting = rowsOf(other, lockCall(-1));
      await owner.close();
      expect(first(await waiting, "result")).toBe(1);
      expect(first(await rowsOf(other, releaseCall), "result")).toBe(0);
    } finally {
      await owner.close();
      await other.close();
    }
  });

  test("arguments that make no sense are an error and -999", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      expect(await refusalOf(pool.request().query(releaseCall))).toEqual([1223]);
      const wrongMode = pool.request().query("EXEC sp_getapplock 'x', 'Teapot', 'Session', 0");
      expect(await refusalOf(wrongMode)).toEqual([1225]);
      const noOwner = pool.request().query("EXEC sp_getapplock 'x', 'Exclusive'");
      expect(await refusalOf(noOwner)).toEqual([3918]);
    });
  });

  test("as an RPC it answers through the return value", async () => {
    await withPool(estate(), "managedInstance", async (pool) => {
      const request = pool.request();
      request.input("Resource", "by rpc");
      request.input("LockMode", "Exclusive");
      request.input("LockOwner", "Session");
      request.input("LockTimeout", 0);
      expect((await request.execute("sp_getapplock")).returnValue).toBe(0);
    });
  });

  test("a lock held by mssql is refused to FreeTDS", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      expect(first(await rowsOf(pool, lockCall(0)), "result")).toBe(0);
      const { stdout } = await freeTds(estate(), "sqlServer", lockCall(0));
      expect(stdout).toMatch(/^-1$/m);
    });
  });
});
