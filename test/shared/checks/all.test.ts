import { describe, expect, test } from "vitest";
import { checkAll } from "../../../shared/checks/all.ts";
import {
  names,
  seen,
  unreachable,
  boxReading,
  instanceReading,
  hostileNames,
} from "../estate/sample-estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import { findings, input } from "./sample-input.ts";

const order = [
  "reachable",
  "roles",
  "samePair",
  "localNode",
  "otherLinksOfGroup",
  "oneDatabase",
  "health",
  "connection",
  "suspension",
  "copyState",
  "version",
  "updatePolicy",
  "edition",
  "encryption",
  "failoverMode",
  "commitMode",
  "rights",
  "linkRights",
  "seeding",
  "gate",
  "writingSessions",
  "logBackup",
  "certificates",
];

describe("all checks", () => {
  test.each([
    ["healthy", {}],
    ["one side silent", { estate: { instance: unreachable("instance") } }],
    [
      "nothing allowed",
      { box: { groups: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } } },
    ],
  ] as const)("answer in a fixed order, none of them nothing: %s", (_, changes) => {
    const checks = checkAll(input(changes)).map((finding) => finding.check);
    expect(checks.filter((check, index) => check !== checks[index - 1])).toEqual(order);
  });

  test("a healthy link has nothing that blocks, and nothing worse than waits and one thing not read", () => {
    const open = checkAll(input()).filter(({ level }) => level !== "passed");
    expect(open.map(({ check, level, blocks }) => [check, level, blocks])).toEqual([
      ["failoverMode", "unknown", false],
      ["gate", "waits", false],
    ]);
  });

  test("failed always blocks; passed, warning and waits never do; only passed has no remedy", () => {
    const changes = {
      box: {
        certificates: seen([]),
        backups: seen([]),
        server: { ...boxServer(), productVersion: "15.0.4312.2" },
      },
      estate: {},
    };
    for (const { level, blocks, remedy } of [...checkAll(input(changes)), ...checkAll(input())]) {
      if (level === "failed") expect(blocks).toBe(true);
      if (level === "passed" || level === "warning" || level === "waits")
        expect(blocks).toBe(false);
      expect(remedy === "").toBe(level === "passed");
    }
  });

  test("a side that does not answer blocks by itself and is named by its address", () => {
    expect(findings("reachable", { estate: { instance: unreachable("instance") } })[1]).toEqual({
      check: "reachable",
      level: "failed",
      blocks: true,
      where: "instance",
      server: "sqlmi1,1433",
      summary: "sqlmi1,1433 does not answer.",
      remedy: "Check the address and the firewalls between.",
    });
  });

  test.each([
    ["roles", true],
    ["localNode", true],
    ["suspension", true],
    ["health", true],
    ["connection", true],
    ["samePair", true],
    ["logBackup", false],
    ["certificates", false],
    ["seeding", false],
  ])("not being able to read %s blocks: %s", (check, blocks) => {
    const unknown = findings(check, { estate: { box: unreachable("box") } }).filter(
      ({ level }) => level === "unknown",
    );
    expect(unknown).not.toEqual([]);
    expect(unknown.every((finding) => finding.blocks === blocks)).toBe(true);
  });

  test("a missing right is named with the statement to ask for", () => {
    const groups = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const;
    expect(findings("roles", { box: { groups } })[0]).toMatchObject({
      level: "unknown",
      blocks: true,
      summary: `dba has no VIEW ANY DEFINITION on ${names.box}. Needed to read the link.`,
      remedy: "Ask for: GRANT VIEW ANY DEFINITION TO [dba];",
    });
  });

  test.each(hostileNames)("a server called %j never breaks a line", (name) => {
    const rename = (reading: ReturnType<typeof boxReading>) =>
      reading.kind === "seen"
        ? {
            ...reading,
            facts: { ...reading.facts, server: { ...reading.facts.server, serverName: name } },
          }
        : reading;
    const estate = { box: rename(boxReading()), instance: rename(instanceReading()) };
    const link = findLinks(estate).links[0];
    if (link === undefined) throw new Error("no link");
    for (const { summary, server } of checkAll({ ...input(), estate, link })) {
      expect(summary).not.toMatch(/\n/u);
      expect(server).not.toMatch(/\n/u);
    }
  });
});

function boxServer() {
  const reading = boxReading();
  if (reading.kind !== "seen") throw new Error("not seen");
  return reading.facts.server;
}
