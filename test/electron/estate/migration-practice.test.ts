// What a migration leaves to do, read from a practice estate over real TDS.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { readMigration } from "../../../electron/estate/read-migration.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

describe("readMigration", () => {
  let estate: PracticeEstate;
  let instance: SqlSession;

  beforeAll(async () => {
    estate = await startPracticeEstate({ scenario: "sql2019-cutover", clock: "manual" });
    instance = await mssqlConnector.connect(practiceLogins(estate).instance);
  });
  afterAll(async () => {
    await instance.close();
    await estate.stop();
  });

  test("tells each database's level beside the instance's newest, and the users whose login is not there", async () => {
    const seen = await readMigration(instance, ["Adatum"]);
    expect([seen.databases[0]?.compatibilityLevel, seen.newestLevel]).toEqual([150, 160]);
    expect(seen.databases).toMatchObject([
      {
        name: "Adatum",
        users: {
          kind: "seen",
          withoutLogin: [
            {
              name: "adatum_report",
              type: "S",
              sid: expect.stringMatching(/^0x[0-9A-F]{32}$/u) as string,
            },
          ],
        },
      },
    ]);
  });

  test("says of a database that is not there that its users were not read, never that nobody lacks a login", async () => {
    const { databases } = await readMigration(instance, ["NotThere", "Adatum"]);
    expect(databases[0]).toMatchObject({ compatibilityLevel: null, users: { kind: "unreadable" } });
    expect(databases[1]?.users.kind).toBe("seen");
  });

  test("names the right that is missing where every login but its own is hidden", async () => {
    estate.world.state.instance.deniedPermissions = ["VIEW ANY DEFINITION"];
    try {
      const { databases } = await readMigration(instance, ["Adatum"]);
      expect(databases[0]?.users).toEqual({
        kind: "unreadable",
        because: `The login has no VIEW ANY DEFINITION on ${instance.address}.`,
      });
    } finally {
      estate.world.state.instance.deniedPermissions = [];
    }
  });
});
