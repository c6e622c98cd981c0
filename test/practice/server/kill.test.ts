// KILL over TDS: what it answers, and what becomes of the transaction and of the application.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import { connect, practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";
import type { Row } from "./practice-estate.ts";
import type { ConnectionPool } from "mssql";

const estate = practiceEstate({
  scenario: {
    ...healthy,
    settings: { ...healthy.settings, rollbackAfterKill: "asLongAsTheWork" },
    workload: {
      ...healthy.workload,
      sessions: healthy.workload.sessions.map((one) => ({
        ...one,
        openForMs: 60_000,
        returnsAfterMs: 3_000,
      })),
    },
  },
  clock: "manual",
});

const sessionsOf = (pool: ConnectionPool) =>
  rowsOf(
    pool,
    `SELECT s.session_id AS id, r.command AS command, r.percent_complete AS percentDone, t.transaction_id AS tran_id
       FROM sys.dm_exec_sessions s LEFT JOIN sys.dm_exec_requests r ON r.session_id = s.session_id
       LEFT JOIN sys.dm_tran_session_transactions t ON t.session_id = s.session_id
      WHERE s.program_name = 'Adatum Billing' ORDER BY s.session_id`,
  );

async function messagesOf(pool: ConnectionPool, text: string): Promise<readonly string[]> {
  const request = pool.request();
  const said: string[] = [];
  request.on("info", (info: { readonly message: string }) => said.push(info.message));
  await request.query(text);
  return said;
}

describe("KILL where a rollback takes as long as the work did", () => {
  test("the killed session rolls back, the application comes back meanwhile, and no row of it is acknowledged", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      const { world } = estate();
      const [before] = await sessionsOf(pool);
      const id = Number(before?.["id"]);
      const began = world.state.box.sessions.find((one) => one.sessionId === id);
      const openSince = began?.openTransaction?.beganMs ?? Number.NaN;
      const rows = truth(world.state).acknowledgedRows;
      const took = world.state.nowMs - openSince;
      expect(took).toBeGreaterThan(0);
      expect(await messagesOf(pool, `KILL ${id}`)).toEqual([]);
      expect(await sessionsOf(pool)).toEqual<readonly Row[]>([
        { ...before, command: "KILLED/ROLLBACK", percentDone: 0 },
      ]);
      expect(await messagesOf(pool, `KILL ${id} WITH STATUSONLY`)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^SPID ${id}: transaction rollback in progress\\. Estimated rollback completion: 0%`,
          ),
        ),
      ]);
      expect(await messagesOf(pool, `KILL ${id}`)).toHaveLength(1);
      world.advance(took);
      const after = await sessionsOf(pool);
      expect(after.map((row) => row["id"])).not.toContain(id);
      world.advance(4_000);
      expect((await sessionsOf(pool)).map((row) => row["id"])).toHaveLength(1);
      expect(await refusalOf(pool.request().query(`KILL ${id} WITH STATUSONLY`))).toEqual([6120]);
      expect(truth(world.state).acknowledgedRows).toBe(rows);
      expect(truth(world.state).changes.filter(({ text }) => text.startsWith("KILL"))).toEqual([
        { server: "box", text: `KILL ${id}`, count: 1, outcomes: ["done"] },
      ]);
    });
  });

  test.each([
    ["KILL 0", 6101],
    ["KILL 40000", 6101],
    ["KILL 27", 6107],
    ["KILL 9999", 6106],
    ["KILL 9999 WITH STATUSONLY", 6120],
  ])("%s is refused with %i", async (text, number) => {
    await withPool(estate(), "sqlServer", async (pool) => {
      expect(await refusalOf(pool.request().query(text))).toEqual([number]);
    });
  });

  test("without ALTER ANY CONNECTION it is refused with 6102, and the session lives", async () => {
    const pool = await connect(estate(), "sqlServer");
    const fault = {
      kind: "permissionTaken",
      server: "box",
      permission: "ALTER ANY CONNECTION",
    } as const;
    try {
      const [before] = await sessionsOf(pool);
      estate().world.fault({ ...fault, on: true });
      expect(await refusalOf(pool.request().query(`KILL ${Number(before?.["id"])}`))).toEqual([
        6102,
      ]);
      estate().world.fault({ ...fault, on: false });
      expect((await sessionsOf(pool)).map((row) => row["id"])).toEqual([before?.["id"]]);
    } finally {
      await pool.close();
    }
  });
});
