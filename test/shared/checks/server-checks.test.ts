import { describe, expect, test } from "vitest";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import { boxReading, names, seen, server } from "../estate/sample-estate.ts";
import { database, question, reading, watch, writer } from "../gate/sample-reading.ts";
import { findings, say } from "./sample-input.ts";

const { box, instance } = names;

describe("edition", () => {
  const edition = (name: string, engineEdition: number, letSqlServerBeRead = true) =>
    findings("edition", {
      box: { server: server({ edition: name, engineEdition }) },
      choices: { letSqlServerBeRead },
    })[0]?.level;

  test.each([
    ["Enterprise Edition (64-bit)", 3, "passed"],
    ["Developer Edition (64-bit)", 3, "passed"],
    ["Standard Edition (64-bit)", 2, "warning"],
    ["Web Edition (64-bit)", 2, "failed"],
    ["Express Edition (64-bit)", 4, "failed"],
  ])("%s: %s", (name, engineEdition, level) => {
    expect(edition(name, engineEdition)).toBe(level);
  });

  test("Standard passes where its copy need not be read", () => {
    expect(edition("Standard Edition (64-bit)", 2, false)).toBe("passed");
  });
});

test("failover mode is not read, says why, and does not block", () => {
  const [finding] = findings("failoverMode");
  expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  expect(finding?.summary).toContain("nobody is signed in to Azure");
});

describe("rights", () => {
  const none = {
    login: "o'dba]",
    isSysadmin: false,
    viewAnyDefinition: false,
    viewServerState: false,
    viewServerPerformanceState: false,
    alterAnyAvailabilityGroup: false,
    controlServer: false,
  };
  const reader = { ...none, viewAnyDefinition: true, viewServerPerformanceState: true };

  test("enough of them pass on both sides", () => {
    expect(findings("rights").map(({ level }) => level)).toEqual(["passed", "passed"]);
  });

  test("each missing one fails by name, with the statement to ask for", () => {
    expect(findings("rights", { box: { rights: none } }).slice(0, 3)).toMatchObject([
      { level: "failed", remedy: "Ask for: GRANT VIEW ANY DEFINITION TO [o'dba]]];" },
      { level: "failed", remedy: "Ask for: GRANT VIEW SERVER PERFORMANCE STATE TO [o'dba]]];" },
      { level: "failed", remedy: "Ask for: GRANT ALTER ANY AVAILABILITY GROUP TO [o'dba]]];" },
    ]);
  });

  test("before 2022 it is VIEW SERVER STATE that is missing", () => {
    const rights = { ...none, viewAnyDefinition: true, viewServerPerformanceState: null };
    expect(say("rights", { box: { rights } })[0]).toContain("has no VIEW SERVER STATE on");
  });

  test("the side that only takes over needs no right to change", () => {
    expect(findings("rights", { instance: { rights: reader } })[1]?.level).toBe("passed");
  });

  test("the side that gives up its role does", () => {
    const changes = { choices: { to: "box", letSqlServerBeRead: false } } as const;
    const found = findings("rights", { ...changes, instance: { rights: reader } });
    expect(found.map(({ level }) => level)).toEqual(["passed", "failed"]);
  });

  test.each(["isSysadmin", "controlServer", "alterAnyAvailabilityGroup"])(
    "%s is enough",
    (right) => {
      const rights = { ...reader, [right]: true };
      expect(findings("rights", { box: { rights } })[0]?.level).toBe("passed");
    },
  );
});

describe("seeding", () => {
  test("none passes", () => {
    expect(findings("seeding").map(({ level }) => level)).toEqual(["passed", "passed"]);
  });

  test("one of the link waits and says how far it is", () => {
    const seeding = seen([
      { databaseName: "Adatum", state: "x", transferredBytes: 25, databaseBytes: 100 },
    ]);
    expect(say("seeding", { instance: { seeding } })[1]).toBe(
      `waits instance: Adatum is being seeded on ${instance}, 25 % so far.`,
    );
  });

  test("one of another database does not matter", () => {
    const seeding = seen([
      { databaseName: "Other", state: "x", transferredBytes: null, databaseBytes: null },
    ]);
    expect(findings("seeding", { instance: { seeding } })[1]?.level).toBe("passed");
  });

  test("one that may not be seen is unknown and does not block", () => {
    const seeding = { kind: "notAllowed", permission: "VIEW SERVER STATE" } as const;
    const [finding] = findings("seeding", { box: { seeding } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  });
});

describe("gate", () => {
  const open = watch(6, () => ({})).at(-1);
  if (open === undefined) throw new Error("no state");

  test("not looked through yet, it waits and does not block", () => {
    expect(findings("gate")[0]).toMatchObject({ level: "waits", blocks: false });
  });

  test("open, it passes with its sentence", () => {
    expect(findings("gate", { gate: open })[0]).toMatchObject({
      level: "passed",
      summary: open.sentence,
    });
  });

  test("open beside a send queue, it says so", () => {
    const queued = watch(6, () => ({ databases: [database({ remote: { logSendQueueKb: 8 } })] }));
    const gate = queued.at(-1);
    if (gate === undefined) throw new Error("no state");
    expect(findings("gate", { gate })[0]?.summary).toContain(
      "A send queue of 8 KB is still shown.",
    );
  });

  test("shut, it waits with its sentence", () => {
    const gate = gateAfter(undefined, reading(0), defaultGateSettings, question);
    expect(findings("gate", { gate })[0]).toMatchObject({ level: "waits", summary: gate.sentence });
  });

  test("not allowed to see, it blocks", () => {
    const changes = { writers: { kind: "notAllowed", permission: "VIEW SERVER STATE" } } as const;
    const gate = gateAfter(undefined, reading(0, changes), defaultGateSettings, question);
    expect(findings("gate", { gate })[0]).toMatchObject({ level: "unknown", blocks: true });
  });
});

describe("writing sessions", () => {
  test("none pass", () => {
    expect(say("writingSessions")).toEqual([
      `passed box: Nobody has an open writing transaction on ${box}.`,
    ]);
  });

  test("each waits, with login, host and program", () => {
    expect(say("writingSessions", { box: { writers: seen([writer()]) } })).toEqual([
      `waits box: adatum_web from WEB01 with Adatum Orders (session 61) has written to Adatum on ${box} and has not committed.`,
    ]);
  });

  test.each([
    ["distributed", "A distributed transaction without a session (4711)"],
    ["unknown", "A transaction without a session (4711)"],
  ] as const)("a %s one without a session counts too", (origin, who) => {
    const { databaseName, transactionId, since, logBytes } = writer();
    const writers = seen([{ databaseName, transactionId, since, logBytes, origin }]);
    expect(say("writingSessions", { box: { writers } })[0]).toContain(who);
  });

  test("system ones are mentioned and pass", () => {
    const writers = seen([writer({ origin: "system" })]);
    expect(say("writingSessions", { box: { writers } })).toEqual([
      `passed box: Nobody has an open writing transaction on ${box}. System transactions do not count.`,
    ]);
  });

  test("those of other databases do not matter", () => {
    const writers = seen([writer({ databaseName: "Other" })]);
    expect(findings("writingSessions", { box: { writers } })[0]?.level).toBe("passed");
  });

  test("not being allowed to see them blocks", () => {
    const writers = { kind: "notAllowed", permission: "VIEW SERVER STATE" } as const;
    const [finding] = findings("writingSessions", { box: { writers } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });
});

describe("log backup", () => {
  const backup = (ageSeconds: number, type: "L" | "D" = "L") =>
    say("logBackup", {
      box: {
        backups: seen([
          { databaseName: "Adatum", type, isCopyOnly: false, finishedAt: "x", ageSeconds },
        ]),
      },
    });

  test("a recent one passes with its age", () => {
    expect(backup(900)).toEqual([
      `passed box: The last log backup of Adatum on ${box} is 15 min old.`,
    ]);
    expect(backup(7300)).toEqual([
      `passed box: The last log backup of Adatum on ${box} is 2 h old.`,
    ]);
  });

  test("one older than a day is a warning", () => {
    expect(backup(90_000)).toEqual([
      `warning box: The last log backup of Adatum on ${box} is 25 h old.`,
    ]);
  });

  test("none is a warning, and a full backup is none", () => {
    expect(backup(900, "D")).toEqual([
      `warning box: ${box} has no log backup of Adatum in its recent history.`,
    ]);
  });

  test("a history that may not be read is unknown, does not block, and asks for the right in msdb", () => {
    const backups = { kind: "notAllowed", permission: "SELECT on msdb.dbo.backupset" } as const;
    expect(findings("logBackup", { box: { backups } })[0]).toMatchObject({
      level: "unknown",
      blocks: false,
      remedy: "Ask for, in msdb: GRANT SELECT ON OBJECT::dbo.backupset TO [dba];",
    });
  });
});

describe("certificates", () => {
  const certificates = (
    daysLeft: number,
    use: "endpoint" | "partner" | "authority",
    name: string,
  ) => {
    const reading = boxReading();
    if (reading.kind !== "seen" || reading.facts.certificates.kind !== "seen") throw new Error();
    const others = reading.facts.certificates.value.filter((one) => one.name !== name);
    const changed = { name, use, daysLeft, expiryDate: "2026-12-01T08:00:00" } as const;
    return say("certificates", { box: { certificates: seen([...others, changed]) } })[0];
  };

  test("valid ones pass with the days of the first to go", () => {
    expect(say("certificates")).toEqual([
      `passed box: The link's certificates on ${box} have 700 days left.`,
      `passed instance: The link's certificates on ${instance} have 700 days left.`,
    ]);
  });

  test.each([
    ["endpoint", "Cert_endpoint", "endpoint certificate"],
    ["partner", instance, "partner's certificate"],
  ] as const)(
    "the link's own %s fails when expired and warns in its last 30 days",
    (use, name, words) => {
      expect(certificates(-1, use, name)).toBe(
        `failed box: The ${words} ${name} on ${box} expired on 2026-12-01.`,
      );
      expect(certificates(10, use, name)).toBe(
        `warning box: The ${words} ${name} on ${box} expires on 2026-12-01, in 10 days.`,
      );
      expect(certificates(30, use, name)).toContain("passed");
    },
  );

  test("an expired leftover is a warning", () => {
    expect(certificates(-1, "authority", "Old root")).toContain("warning box: The authority's");
    expect(certificates(-1, "partner", "sqlmi-old")).toContain("warning box: The partner's");
  });

  test("none that can be seen is unknown and does not block", () => {
    const [finding] = findings("certificates", { box: { certificates: seen([]) } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  });
});
