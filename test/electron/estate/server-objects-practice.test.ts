// What a server has of its own, read from a practice estate over real TDS: all of it, or why not.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readServerObjects } from "../../../electron/estate/read-server-objects.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let estate: PracticeEstate;
let box: SqlSession;
let instance: SqlSession;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "unprepared", clock: "manual" });
  const logins = practiceLogins(estate);
  box = await mssqlConnector.connect(logins.box);
  instance = await mssqlConnector.connect(logins.instance);
});
afterAll(async () => {
  await Promise.all([box.close(), instance.close()]);
  await estate.stop();
});

const without = async <T>(denied: readonly string[], work: () => Promise<T>): Promise<T> => {
  const server = estate.world.state.box;
  server.deniedPermissions = denied;
  try {
    return await work();
  } finally {
    server.deniedPermissions = [];
  }
};

describe("readServerObjects", () => {
  test("tells everything of SQL Server, with the users of the databases alone", async () => {
    const seen = await readServerObjects(box, ["Adatum"]);
    for (const fact of Object.values(seen)) expect(fact).toMatchObject({ kind: "seen" });
    expect(seen.users).toMatchObject({
      value: [{ name: "adatum_batch" }, { name: "adatum_report" }, { name: "adatum_web" }],
    });
    expect(seen.jobs).toMatchObject({
      value: [{ usesLink: true }, { usesLink: true }, { name: "Cycle error log", usesLink: false }],
    });
    expect(seen.logUse).toMatchObject({ value: [{ database: "Adatum", totalMb: 256 }] });
    expect(seen.space).toEqual({
      kind: "seen",
      value: {
        kind: "volumes",
        volumes: [
          { mountPoint: "C:\\", totalBytes: 512_000 * 1024 ** 2, freeBytes: 20_480 * 1024 ** 2 },
        ],
      },
    });
  });

  test("tells of an instance what it may hold, and of a secondary copy no use of its log", async () => {
    const seen = await readServerObjects(instance, ["Adatum"]);
    expect(seen.space).toMatchObject({ value: { kind: "reserved", reservedMb: 262_144 } });
    expect(seen.logUse).toMatchObject({ value: [{ activeMb: null, totalMb: null }] });
  });

  test.each([
    [["SELECT msdb"], "jobs", "SELECT on msdb.dbo.sysjobs and msdb.dbo.sysjobsteps"],
    [["VIEW ANY DEFINITION"], "logins", "VIEW ANY DEFINITION"],
    [["VIEW ANY DEFINITION"], "credentials", "VIEW ANY DEFINITION"],
    [["VIEW SERVER PERFORMANCE STATE"], "space", "VIEW SERVER PERFORMANCE STATE"],
    [["ALTER ANY LINKED SERVER", "ALTER ANY LOGIN"], "linkedServers", "ALTER ANY LINKED SERVER"],
  ] as const)("without %s names the right that hides %s", async (denied, fact, permission) => {
    const seen = await without(denied, () => readServerObjects(box, ["Adatum"]));
    expect(seen[fact]).toEqual({ kind: "notAllowed", permission });
    expect(seen.collation.kind).toBe("seen");
  });

  test("a database that cannot be opened hides its users, never the logins", async () => {
    const seen = await readServerObjects(box, ["Adatum", "NotThere"]);
    expect([seen.users.kind, seen.logins.kind]).toEqual(["failed", "seen"]);
  });

  test("a side that cannot be reached says so in every fact", async () => {
    const problem = { code: "x", class: "block", summary: "No.", remedy: "" } as const;
    const seen = await readServerObjects({ unreachable: problem, address: "x" }, ["Adatum"]);
    for (const fact of Object.values(seen)) expect(fact).toEqual({ kind: "failed", problem });
  });
});
