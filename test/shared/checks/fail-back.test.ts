// What the checks say when the database is to go from the instance to SQL Server.
import { describe, expect, test } from "vitest";
import type { SideFacts } from "../../../shared/estate/estate.ts";
import {
  boxGroups,
  boxReading,
  hostileNames,
  instanceGroups,
  instanceServer,
  names,
  seen,
  server,
} from "../estate/sample-estate.ts";
import { writer } from "../gate/sample-reading.ts";
import type { InputChanges } from "./sample-input.ts";
import { findings, say } from "./sample-input.ts";
import { checkAll } from "../../../shared/checks/all.ts";
import { input } from "./sample-input.ts";

const { box, instance } = names;

/** The healthy link with the instance as its primary. */
function failback(changes: InputChanges = {}): InputChanges {
  return {
    ...changes,
    box: {
      groups: seen(boxGroups({ own: { role: "SECONDARY" }, remote: { role: null } })),
      ...changes.box,
    },
    instance: {
      groups: seen(instanceGroups({ own: { role: "PRIMARY" } })),
      ...changes.instance,
    },
    choices: { to: "box", ...changes.choices },
  };
}

const boxAt = (productVersion: string): InputChanges =>
  failback({ box: { server: server({ productVersion }) } });

test("a healthy link fails back: nothing blocks, and nothing is worse than waits and two things not read", () => {
  const open = checkAll(input(failback())).filter(({ level }) => level !== "passed");
  expect(open.map(({ check, level, where, blocks }) => [check, level, where, blocks])).toEqual([
    ["failoverMode", "unknown", "instance", false],
    ["gate", "waits", "instance", false],
    ["logBackup", "unknown", "instance", false],
  ]);
});

test("the roles pass the other way round, and towards the primary the other direction is advised", () => {
  expect(say("roles", failback())).toEqual([
    `passed both: ${instance} is PRIMARY and ${box} is SECONDARY.`,
  ]);
  const [finding] = findings("roles", failback({ choices: { to: "instance" } }));
  expect(finding?.summary).toBe(`${instance} is PRIMARY already and ${box} is SECONDARY.`);
  expect(finding?.remedy).toBe(
    `Nothing is to be moved to ${instance}. Choose the other direction to move back.`,
  );
});

describe("version", () => {
  test.each([
    ["16.0.4195.2", "passed"],
    ["16.0.4115.5", "warning"],
    ["16.0.4000.1", "warning"],
    ["16.0.950.9", "failed"],
    ["17.0.1000.7", "passed"],
    ["15.0.4312.2", "failed"],
    ["18.0.100.1", "warning"],
  ])("%s as the side that takes over: %s", (productVersion, level) => {
    expect(findings("version", boxAt(productVersion))[0]?.level).toBe(level);
  });

  test("below CU13 the next failover needs an update, and below CU10 a link that began on the instance does", () => {
    expect(say("version", boxAt("16.0.4115.5"))[0]).toBe(
      `warning box: ${box} is SQL Server 2022, build 16.0.4115.5: it can take over, but the next failover by T-SQL needs CU13, build 16.0.4125.3, or later.`,
    );
    expect(say("version", boxAt("16.0.4000.1"))[0]).toContain(
      "A link whose first primary was the managed instance needs CU10, build 16.0.4095.4.",
    );
  });
});

describe("update policy", () => {
  const policy = (boxVersion: string, productVersion: string, productUpdateType: string | null) =>
    findings(
      "updatePolicy",
      failback({
        box: { server: server({ productVersion: boxVersion }) },
        instance: { server: instanceServer({ productVersion, productUpdateType }) },
      }),
    )[0];

  test("a matching one passes, and says that it can fail over again", () => {
    expect(policy("16.0.4195.2", "12.0.2000.8", "CU")).toMatchObject({
      level: "passed",
      summary: `Can you come back? Yes, online. SQL Server 2022 and update policy SQL Server 2022 match: no restore is needed, and it can fail over to ${instance} again.`,
    });
  });

  test.each([
    ["16.0.4195.2", "17.0.4035.6", "CU", /Restore a COPY_ONLY backup .* on a SQL Server 2025/u],
    ["17.0.1000.7", "12.0.2000.8", "CU", /or change the update policy to SQL Server 2025/u],
    ["16.0.4195.2", "17.0.4035.6", "Continuous", /Nothing goes back from Always-up-to-date/u],
  ])("%s and %s %s block with 41988 and a way out", (boxVersion, version, type, remedy) => {
    const found = policy(boxVersion, version, type);
    expect(found).toMatchObject({ level: "failed", blocks: true });
    expect(found?.summary).toContain("they do not match, and the engine refuses (41988).");
    expect(found?.remedy).toMatch(remedy);
  });

  test("one that is not told is unknown, names the refusal and does not block", () => {
    const found = policy("16.0.4195.2", "12.0.2000.8", null);
    expect([found?.level, found?.blocks]).toEqual(["unknown", false]);
    expect(found?.summary).toContain("the engine refuses (41988).");
  });

  test("of a SQL Server that is newer than this tool nothing is claimed", () => {
    const found = policy("18.0.100.1", "17.0.4035.6", "Continuous");
    expect([found?.level, found?.blocks]).toEqual(["unknown", false]);
  });
});

describe("encryption", () => {
  const encrypted = (to: "box" | "instance") => {
    const databases = { databases: seen([{ ...database(), isEncrypted: true }]) };
    const changes = { box: databases, instance: databases };
    return findings("encryption", to === "box" ? failback(changes) : changes)[0];
  };

  test("of an encrypted database it is not known whose key it is, and the refusal is named", () => {
    const found = encrypted("box");
    expect(found).toMatchObject({ level: "unknown", blocks: false, where: "instance" });
    expect(found?.summary).toContain("with the service's own key the engine refuses (41979).");
    expect(found?.remedy).toContain(`a customer-managed key that ${box} has too`);
  });

  test("towards the instance an encrypted database passes, since it is replicated", () => {
    expect(encrypted("instance")).toMatchObject({ level: "passed", where: "box" });
  });
});

describe("the copy that takes over", () => {
  const copy = (state: string) =>
    failback({ box: { databases: seen([{ ...database(), state }]) } });

  test("passes while it is ONLINE, and otherwise fails with its state", () => {
    expect(say("copyState", copy("ONLINE"))).toEqual([
      `passed box: The copy of Adatum on ${box} is ONLINE.`,
    ]);
    expect(say("copyState", copy("RESTORING"))).toEqual([
      `failed box: The copy of Adatum on ${box} is RESTORING and cannot take over.`,
    ]);
  });

  test("that is not listed is unknown and blocks", () => {
    const [found] = findings("copyState", failback({ box: { databases: seen([]) } }));
    expect([found?.level, found?.blocks]).toEqual(["unknown", true]);
  });
});

test("Standard edition is no warning: the side that becomes primary needs no readable copy", () => {
  const standard = server({ edition: "Standard Edition (64-bit)", engineEdition: 2 });
  expect(findings("edition", failback({ box: { server: standard } }))[0]?.level).toBe("passed");
});

test("only the instance needs the right to change", () => {
  const reading = boxReading();
  if (reading.kind !== "seen") throw new Error("not seen");
  const rights = { ...reading.facts.rights, alterAnyAvailabilityGroup: false };
  const of = (changes: { readonly [side in "box" | "instance"]?: Partial<SideFacts> }) =>
    findings("rights", failback(changes)).map(({ level }) => level);
  expect(of({ box: { rights } })).toEqual(["passed", "passed"]);
  expect(of({ instance: { rights } })).toEqual(["passed", "failed"]);
});

test("writers on the instance wait, those on SQL Server do not matter", () => {
  const writers = seen([writer()]);
  expect(findings("writingSessions", failback({ instance: { writers } }))[0]).toMatchObject({
    level: "waits",
    where: "instance",
  });
  expect(findings("writingSessions", failback({ box: { writers } }))[0]?.level).toBe("passed");
});

test("no log backup on the instance is unknown and not for the operator to take; an old one is a warning", () => {
  const [none] = findings("logBackup", failback());
  expect(none).toMatchObject({ level: "unknown", blocks: false, where: "instance" });
  expect(none?.remedy).not.toContain("Take one");
  const old = { databaseName: "Adatum", type: "L", isCopyOnly: false, finishedAt: "x" } as const;
  const backups = seen([{ ...old, ageSeconds: 90_000 }]);
  expect(findings("logBackup", failback({ instance: { backups } }))[0]).toMatchObject({
    level: "warning",
    remedy: "Azure takes the log backups of an instance: look at its backups in the Azure portal.",
  });
});

test.each(hostileNames)("an instance called %j never breaks a line", (name) => {
  const changes = failback({
    box: { server: server({ serverName: name, productVersion: "16.0.4000.1" }) },
    instance: { server: instanceServer({ serverName: name, productUpdateType: "Continuous" }) },
  });
  for (const { summary, server: shown } of checkAll(input(changes))) {
    expect(`${summary}${shown}`).not.toMatch(/\n/u);
  }
});

function database() {
  const reading = boxReading();
  if (reading.kind !== "seen" || reading.facts.databases.kind !== "seen") throw new Error();
  const [first] = reading.facts.databases.value;
  if (first === undefined) throw new Error("The sample has a database.");
  return first;
}
