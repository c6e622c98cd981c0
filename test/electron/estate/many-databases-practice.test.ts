// A server of 5,000 databases and 500 links is read by as many statements as one of a single database.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { readServers } from "../../../electron/estate/read-servers.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { SideFacts } from "../../../shared/estate/estate.ts";
import { pairedLinks } from "../../../shared/estate/paired-links.ts";
import type { ServersRead } from "../../../shared/estate/servers.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

describe.each([
  ["healthy", 1, 1],
  ["missing-permission", 1, 1],
  ["many-databases", 5000, 505],
])("%s", (scenario, databases, links) => {
  let practice: PracticeEstate;
  let sessions: readonly SqlSession[];
  let read: ServersRead;
  let statements: PracticeEstate["world"]["state"]["statements"];
  beforeAll(async () => {
    practice = await startPracticeEstate({ scenario, clock: "manual" });
    const { box, instance } = practiceLogins(practice);
    sessions = [await mssqlConnector.connect(box), await mssqlConnector.connect(instance)];
    // A connection is made at the first statement, and sets its options first.
    for (const session of sessions) await session.read("SELECT 1 AS warm;");
    const before = practice.world.state.statements.length;
    read = await readServers(
      {
        servers: sessions.map((session) => ({
          connectionId: session.side,
          serverName: session.side,
          session,
        })),
        azure: () => Promise.resolve({ kind: "notAsked" }),
      },
      realClock,
    );
    statements = practice.world.state.statements.slice(before);
  });
  afterAll(async () => {
    for (const session of sessions) await session.close();
    await practice.stop();
  });

  const facts = (): readonly SideFacts[] =>
    read.servers.flatMap(({ reading }) => (reading.kind === "seen" ? [reading.facts] : []));

  test("four statements are sent to each side, and none fails", () => {
    expect(statements.filter(({ server }) => server === "box")).toHaveLength(4);
    expect(statements.filter(({ server }) => server === "instance")).toHaveLength(4);
    expect(new Set(statements.map(({ outcome }) => outcome))).toEqual(new Set(["done"]));
  });

  test("they tell of every database and every link", () => {
    expect(facts().map((side) => side.databases)).toMatchObject(
      [databases, databases].map((length) => ({ kind: "seen", value: { length } })),
    );
    if (scenario === "missing-permission") {
      expect(facts()[0]?.groups.kind).toBe("notAllowed");
      expect(facts()[1]?.groups.kind).toBe("seen");
    }
    expect(pairedLinks(read.servers)).toHaveLength(links);
  });
});
