import { afterEach, describe, expect, test } from "vitest";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { readEstate, readSide } from "../../../electron/estate/read.ts";
import { readLinkEnd } from "../../../electron/estate/read-link-end.ts";
import { readGate } from "../../../electron/estate/read-gate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { checkAll } from "../../../shared/checks/all.ts";
import type { Finding } from "../../../shared/checks/finding.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import type { Estate, Side, SideFacts } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import { linkState } from "../../../shared/estate/link-state.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";

let practice: PracticeEstate | undefined;
let sessions: Readonly<Record<Side, SqlSession>> | undefined;

async function start(scenario: string): Promise<Readonly<Record<Side, SqlSession>>> {
  practice = await startPracticeEstate({ scenario, clock: "manual" });
  const logins = practiceLogins(practice);
  sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  return sessions;
}

afterEach(async () => {
  await sessions?.box.close();
  await sessions?.instance.close();
  await practice?.stop();
  sessions = practice = undefined;
});

function check(estate: Estate): readonly Finding[] {
  const link = findLinks(estate).links[0];
  if (link === undefined) throw new Error("no link");
  return checkAll({
    estate,
    link,
    choices: {
      ...defaultChoices,
      linkName: link.name,
      to: "instance",
    },
  });
}

/** Everything that stands in the way, as the operator reads it. */
const blocking = (findings: readonly Finding[]) =>
  findings.filter(({ blocks }) => blocks).map(({ check: name, summary }) => `${name}: ${summary}`);

const factKinds = (facts: SideFacts): readonly string[] =>
  [
    facts.groups,
    facts.replicaDatabases,
    facts.databases,
    facts.writers,
    facts.backups,
    facts.certificates,
    facts.seeding,
  ].map(({ kind }) => kind);

describe("a healthy practice estate", () => {
  test("is read completely: no fact failed, none forbidden", async () => {
    const estate = await readEstate(await start("healthy"), realClock);
    const kinds = [estate.box, estate.instance].map((reading) =>
      reading.kind === "seen" ? factKinds(reading.facts) : reading.problem,
    );
    expect(new Set(kinds.flat())).toEqual(new Set(["seen"]));
    const link = findLinks(estate).links[0];
    expect(link?.databases).toEqual(["Adatum"]);
    expect(link === undefined ? undefined : linkState({ estate, link }).kind).toBe("healthy");
  });

  test("has nothing that stands in the way", async () => {
    const findings = check(await readEstate(await start("healthy"), realClock));
    expect(blocking(findings)).toEqual([]);
    expect(findings.filter(({ level }) => level === "warning" || level === "failed")).toEqual([]);
  });

  test("is read in four batches on each side, the gate and the light look in one", async () => {
    const both = await start("healthy");
    const received = () =>
      practice?.world.state.statements.filter(({ text }) => text.includes("HAS_PERMS_BY_NAME"))
        .length ?? 0;
    await readSide(both.box, realClock);
    expect(received()).toBe(4);
    await readGate(
      both,
      {
        linkName: "LINK_Adatum",
        databases: ["Adatum"],
        primary: "box",
        serverNames: { box: "", instance: "" },
      },
      realClock,
    );
    expect(received()).toBe(6);
    await readLinkEnd(both.instance, "LINK_Adatum", ["Adatum"]);
    expect(received()).toBe(7);
  });

  test("names a session that writes", async () => {
    const both = await start("healthy");
    const seen = async (): Promise<readonly string[]> => {
      const findings = check(await readEstate(both, realClock));
      return findings
        .filter(({ check: name, level }) => name === "writingSessions" && level === "waits")
        .map(({ summary }) => summary);
    };
    let found = await seen();
    for (let tries = 0; found.length === 0 && tries < 20; tries += 1) {
      practice?.world.advance(130);
      found = await seen();
    }
    expect(found[0]).toMatch(
      / from \S+ with .+ \(session \d+\) has written to Adatum on SQLBOX01/u,
    );
  });
});

describe("what the operator reads in each scenario", () => {
  const read = async (scenario: string) =>
    blocking(check(await readEstate(await start(scenario), realClock)));

  test("below-cu13", async () => {
    expect(await read("below-cu13")).toEqual([
      "version: SQLBOX01 is SQL Server 2022, build 16.0.4115.5: failing over by T-SQL and keeping the link needs CU13, build 16.0.4125.3, or later.",
    ]);
  });

  test("wrong-node", async () => {
    expect(await read("wrong-node")).toContain(
      "localNode: SQLBOX02 is SECONDARY in its own availability group AG_Adatum; only the primary node shows and changes the link's roles.",
    );
  });

  test("suspended", async () => {
    const sentences = await read("suspended");
    expect(
      sentences.some((one) =>
        one.startsWith("suspension: Data movement of Adatum is suspended on sqlmi1"),
      ),
    ).toBe(true);
  });

  test("disconnected", async () => {
    const sentences = await read("disconnected");
    expect(sentences.some((one) => one.startsWith("connection: SQLBOX01 is not connected"))).toBe(
      true,
    );
  });

  test("missing-permission", async () => {
    const sentences = await read("missing-permission");
    expect(sentences).toContain(
      "roles: practice_dba has no VIEW SERVER PERFORMANCE STATE on SQLBOX01. Needed to read the link.",
    );
    expect(sentences).toContain(
      "rights: practice_dba has no ALTER ANY AVAILABILITY GROUP on SQLBOX01. Needed to change the availability groups.",
    );
  });
});

test("a server that goes away while it is read is unreachable, and the other is still read", async () => {
  const both = await start("healthy");
  practice?.world.fault({ kind: "unreachable", server: "instance", on: true });
  const estate = await readEstate(both, realClock);
  expect([estate.box.kind, estate.instance.kind]).toEqual(["seen", "unreachable"]);
});
