// The product's own queries against every scenario: what a version, edition or tier lacks never makes a reading fail.
import { afterEach, describe, expect, test } from "vitest";
import { readEstate } from "../../../electron/estate/read.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { scenarios } from "../../../practice/scenarios/all.ts";
import { versionScenarios } from "../../../practice/scenarios/versions.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Estate, Role, Side, SideFacts } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import { ownPositionLines } from "../../../shared/sql/gate-lines.ts";
import type { GuardedPlace } from "../../../shared/sql/guard.ts";
import { guardLines, partnerChecks, placeChecks } from "../../../shared/sql/guard.ts";
import {
  reportedByRemote,
  secondaryConnections,
  writingTransactions,
} from "../../../shared/sql/link-queries.ts";
import { verifyLines } from "../../../shared/sql/verify-lines.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let practice: PracticeEstate | undefined;
let sessions: Readonly<Record<Side, SqlSession>> | undefined;

async function read(scenario: string): Promise<Estate> {
  practice = await startPracticeEstate({ scenario, clock: "manual", routing: "off" });
  const logins = practiceLogins(practice);
  sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  return readEstate(sessions, realClock);
}

afterEach(async () => {
  await sessions?.box.close();
  await sessions?.instance.close();
  await practice?.stop();
  sessions = practice = undefined;
});

/** Every fact of a side that was not seen, with what became of it. */
function unseen({ server, rights, ...facts }: SideFacts): readonly string[] {
  expect(server.productVersion).not.toBe("");
  expect(rights.login).not.toBe("");
  return Object.entries(facts).flatMap(([name, fact]) =>
    fact.kind === "seen"
      ? []
      : [`${name}: ${fact.kind === "failed" ? fact.problem.summary : fact.permission}`],
  );
}

function factsOf(estate: Estate, side: Side): SideFacts {
  const reading = estate[side];
  if (reading.kind !== "seen") throw new Error(reading.problem.summary);
  return reading.facts;
}

function placeOf(estate: Estate, side: Side, roles: readonly Role[]): GuardedPlace {
  const [link] = findLinks(estate).links;
  if (link?.box.kind !== "seen" || link.instance.kind !== "seen") throw new Error("no link");
  const { server } = factsOf(estate, side);
  const groupIds = { box: link.box.group.groupId, instance: link.instance.group.groupId };
  return {
    side,
    server: { ...server, address: "127.0.0.1" },
    roles,
    link: {
      name: link.name,
      databases: link.databases,
      boxGroup: "AG_Adatum",
      instanceGroup: "AG_Adatum_MI",
      groupIds,
      partnerEndpointUrls: { box: null, instance: null },
    },
  };
}

/** Everything the product sends that reads and changes nothing, besides its queries: checks of guards, gates of scripts. */
function readingBatches(place: GuardedPlace): readonly string[] {
  const { link, server } = place;
  const [database = ""] = link.databases;
  return [
    guardLines([...placeChecks(place), ...partnerChecks(link)], "guard").join("\n"),
    verifyLines(place, "asItIs").join("\n"),
    ownPositionLines(link, "MIN").join("\n"),
    `SELECT ${writingTransactions(link)} AS writers,
      ${reportedByRemote("MIN(d.last_commit_lsn)", link, database)} AS reported,
      ${secondaryConnections(link.boxGroup, server.serverName)} AS connections;`,
  ];
}

/** The message numbers that a batch ended with; 0 for a failure that has none. */
async function refusalsOf(session: SqlSession, batch: string): Promise<readonly number[]> {
  try {
    await session.read(batch);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.problem.sqlNumber ?? 0];
  }
}

test.each(scenarios.map(({ name }) => name))(
  "in the scenario %s every fact of both sides is seen, but for what the login may not see",
  async (name) => {
    const estate = await read(name);
    expect(unseen(factsOf(estate, "instance"))).toEqual([]);
    const onBox = unseen(factsOf(estate, "box"));
    const isDenied = name === "missing-permission";
    const expected = isDenied ? /^\w+: VIEW SERVER PERFORMANCE STATE$/u : /^$/u;
    for (const fact of onBox) expect(fact).toMatch(expected);
    expect(onBox.length > 0).toBe(isDenied);
    const [link] = findLinks(estate).links;
    expect([link?.name, link?.databases]).toEqual(["LINK_Adatum", ["Adatum"]]);
  },
);

test.each(versionScenarios.map(({ name, primary }) => [name, primary] as const))(
  "in the scenario %s the primary, %s, answers the checks of guards and scripts",
  async (name, primary) => {
    const estate = await read(name);
    const session = sessions?.[primary];
    if (session === undefined) throw new Error("not connected");
    for (const batch of readingBatches(placeOf(estate, primary, ["PRIMARY"]))) {
      expect(await refusalsOf(session, batch), batch).toEqual([]);
    }
  },
);

describe("what a version lacks is refused as SQL Server does", () => {
  const isContained = "SELECT is_contained FROM sys.availability_groups;";
  const isInternal = "SELECT is_internal FROM sys.dm_hadr_database_replica_states;";
  const clusterType = "SELECT cluster_type FROM sys.availability_groups;";
  const joined = "SELECT STRING_AGG(name, N', ') FROM sys.databases;";
  test.each([
    ["sql2016", [[207], [207], [207], [195]]],
    ["sql2017", [[], [207], [207], []]],
    ["sql2022-standard", [[], [], [207], []]],
    ["sql2025-policy2025", [[], [], [], []]],
  ])("%s", async (name, expected) => {
    await read(name);
    const answers: (readonly number[])[] = [];
    for (const batch of [clusterType, isContained, isInternal, joined]) {
      answers.push(sessions === undefined ? [0] : await refusalsOf(sessions.box, batch));
    }
    expect(answers).toEqual(expected);
  });
});
