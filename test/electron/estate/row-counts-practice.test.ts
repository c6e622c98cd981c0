// Row counts of both sides of a practice estate over real TDS, held against the world's own rows.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import { readRowCounts } from "../../../electron/estate/read-row-counts.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { comparedTables, rowVerdict } from "../../../shared/rows/row-counts.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

describe("readRowCounts", () => {
  let estate: PracticeEstate;
  let sessions: Readonly<Record<Side, SqlSession>>;

  beforeAll(async () => {
    estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    const logins = practiceLogins(estate);
    sessions = {
      box: await mssqlConnector.connect(logins.box),
      instance: await mssqlConnector.connect(logins.instance),
    };
    estate.world.advance(20_000);
  });
  afterAll(async () => {
    await Promise.all([sessions.box.close(), sessions.instance.close()]);
    await estate.stop();
  });

  test("tells each side's own number while the application writes, and the same once all has arrived", async () => {
    const rows = () => truth(estate.world.state);
    const written = await readRowCounts(sessions, { database: "Adatum" });
    expect(rows().box.rows.count).toBeGreaterThan(0);
    expect(comparedTables(written)).toEqual([
      {
        table: "dbo.Orders",
        box: rows().box.rows.count,
        instance: rows().instance.rows.count,
      },
    ]);
    estate.world.setWorkload(false);
    estate.world.advance(20_000);
    const after = await readRowCounts(sessions, { database: "Adatum" });
    expect(rowVerdict(after).kind).toBe("same");
    expect(comparedTables(after)[0]?.box).toBe(rows().box.rows.count);
  });

  test("says of a copy that cannot be read that it was not counted, never that it has no rows", async () => {
    estate.world.state.instance.secondaryAllowConnections = "NO";
    try {
      const counts = await readRowCounts(sessions, { database: "Adatum" });
      expect(counts.sides.instance.kind).toBe("unreadable");
      expect(rowVerdict(counts).kind).toBe("unknown");
    } finally {
      estate.world.state.instance.secondaryAllowConnections = "ALL";
    }
  });

  test("names the right without which the catalog shows no table", async () => {
    estate.world.state.instance.deniedPermissions = ["VIEW ANY DEFINITION"];
    try {
      const { sides } = await readRowCounts(sessions, { database: "Adatum" });
      expect(sides.instance).toEqual({
        kind: "unreadable",
        because: `The login has no VIEW ANY DEFINITION on ${sessions.instance.address}.`,
      });
    } finally {
      estate.world.state.instance.deniedPermissions = [];
    }
  });
});
