// What the checks say of a link that is to be removed, and of other links over the same availability group.
import { describe, expect, test } from "vitest";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import type { PlannedFailoverChoices } from "../../../shared/choices/choices.ts";
import type { LinkRights } from "../../../shared/estate/azure-fact.ts";
import {
  boxGroups,
  boxReading,
  group,
  instanceGroups,
  names,
  replica,
  replicaDatabase,
  seen,
  server,
} from "../estate/sample-estate.ts";
import { armLink, azureSeen, azureWith } from "./sample-azure.ts";
import type { InputChanges } from "./sample-input.ts";
import { findings, say } from "./sample-input.ts";

const { box } = names;
const oneWay = { server: server({ productVersion: "15.0.4312.2" }) };
const removed = { keepLink: false } as const;
const groupDropped = { ...removed, removal: { ...defaultRemoval, dropGroup: true } };

describe("rights in Azure", () => {
  const of = (rights: Partial<LinkRights>, changes: InputChanges = {}) =>
    findings("linkRights", {
      ...changes,
      estate: { azure: azureWith(rights) },
      choices: { ...removed, ...changes.choices },
    });

  test("are not asked for where nothing is asked of Azure", () => {
    expect(say("linkRights")).toEqual(["passed instance: The plan asks nothing of Azure."]);
  });

  test("enough of them pass", () => {
    expect(of({}).map(({ level }) => level)).toEqual(["passed"]);
  });

  test("without the one to delete a removal is blocked, and the right is named", () => {
    expect(of({ delete: false })).toMatchObject([
      {
        level: "failed",
        blocks: true,
        summary: expect.stringContaining("may not delete") as string,
      },
    ]);
    expect(of({ delete: false })[0]?.remedy).toContain(
      "Microsoft.Sql/managedInstances/distributedAvailabilityGroups/delete",
    );
  });

  test("without a sign-in a removal is blocked, and so it is where Azure does not know the link", () => {
    const blocked = (changes: InputChanges) =>
      findings("linkRights", { ...changes, choices: removed }).map(({ level, blocks, remedy }) => [
        level,
        blocks,
        remedy,
      ]);
    expect(blocked({})).toEqual([["unknown", true, "Sign in to Azure."]]);
    const other = azureSeen({ ...armLink, name: "another" });
    expect(blocked({ estate: { azure: other } })).toEqual([
      ["unknown", true, expect.stringContaining("Azure portal") as string],
    ]);
  });

  test("one that was not read does not stand in the way", () => {
    expect(of({ delete: null }).map(({ level, blocks }) => [level, blocks])).toEqual([
      ["unknown", false],
    ]);
  });

  test("the one to set the replication mode is asked for only before a DELETE that moves the database", () => {
    expect(of({ write: false }).map(({ level }) => level)).toEqual(["passed"]);
    expect(of({ write: false }, { box: oneWay })).toMatchObject([
      { level: "warning", blocks: false },
    ]);
  });

  test("without the one to fail over Azure is not asked, and T-SQL is told of", () => {
    const choices: Partial<PlannedFailoverChoices> = {
      keepLink: true,
      to: "box",
      failoverBy: "arm",
    };
    expect(of({ failover: false }, { choices })[0]).toMatchObject({
      level: "warning",
      blocks: false,
      summary: expect.stringContaining("FAILOVER is sent to the instance by T-SQL then.") as string,
    });
    expect(of({ failover: true }, { choices })[0]?.level).toBe("passed");
  });
});

describe("rights on the servers", () => {
  const reading = boxReading();
  if (reading.kind !== "seen") throw new Error("not seen");
  const reader = { ...reading.facts.rights, alterAnyAvailabilityGroup: false };
  const levels = (changes: InputChanges) => findings("rights", changes).map(({ level }) => level);

  test("a login on the instance needs none to change where Azure may be asked in its place", () => {
    const withAzure = (failover: boolean): InputChanges => ({
      box: { groups: seen(boxGroups({ own: { role: "SECONDARY" } })) },
      instance: { groups: seen(instanceGroups({ own: { role: "PRIMARY" } })), rights: reader },
      estate: { azure: azureWith({ failover }) },
      choices: { to: "box", failoverBy: "arm", letSqlServerBeRead: false },
    });
    expect(levels(withAzure(true))).toEqual(["passed", "passed"]);
    expect(levels(withAzure(false))).toEqual(["passed", "failed"]);
  });

  test("SQL Server's groups are dropped there, also after a failover to SQL Server", () => {
    expect(levels({ box: { rights: reader }, choices: { ...removed, to: "box" } })).toEqual([
      "failed",
      "passed",
    ]);
  });

  test("a history of backups that may not be read is a warning where the removal waits for one", () => {
    const backups = { kind: "notAllowed", permission: "SELECT on msdb.dbo.backupset" } as const;
    const of = (changes: InputChanges) =>
      findings("rights", { instance: { backups }, ...changes })[1];
    expect(of({ choices: removed })).toMatchObject({ level: "warning", blocks: false });
    expect(of({ choices: removed })?.remedy).toContain("msdb");
    expect([of({})?.level, of({ choices: removed, box: oneWay })?.level]).toEqual([
      "passed",
      "passed",
    ]);
  });
});

describe("other links over the same group", () => {
  const other = (role: "PRIMARY" | "SECONDARY" = "PRIMARY") =>
    group({
      groupId: "OTHER",
      name: "ZZ_Other",
      replicas: [replica({ role }), replica({ replicaServerName: "AG_Other_MI", isLocal: false })],
    });
  const shared = { groups: seen([...boxGroups(), other()]) };

  test("a group that carries this link alone passes", () => {
    expect(say("otherLinksOfGroup")).toEqual([
      `passed box: AG_Adatum on ${box} carries this link alone.`,
    ]);
  });

  test("another link is named, and is a warning where this one is failed over", () => {
    expect(say("otherLinksOfGroup", { box: shared })).toEqual([
      `warning box: AG_Adatum on ${box} also carries ZZ_Other: once ${box} is secondary in this link, whether it passes its log on there is not documented.`,
    ]);
  });

  test("the end of this link leaves the other as it is", () => {
    expect(say("otherLinksOfGroup", { box: { ...shared, ...oneWay }, choices: removed })).toEqual([
      `passed box: AG_Adatum on ${box} also carries ZZ_Other, which stays as it is.`,
    ]);
  });

  test("its group cannot be deleted with this link", () => {
    const [finding] = findings("otherLinksOfGroup", { box: shared, choices: groupDropped });
    expect(finding).toMatchObject({
      level: "failed",
      summary: `AG_Adatum on ${box} also carries ZZ_Other: it cannot be deleted while another link needs it.`,
    });
    expect(findings("otherLinksOfGroup", { choices: groupDropped })[0]?.level).toBe("passed");
  });

  test("a group that is SECONDARY in the other link fails over nothing", () => {
    const groups = seen([...boxGroups(), other("SECONDARY")]);
    expect(findings("otherLinksOfGroup", { box: { groups } })[0]).toMatchObject({
      level: "failed",
      summary: `AG_Adatum on ${box} is SECONDARY in its other link ZZ_Other.`,
    });
  });

  test("a distributed group over another local group does not matter", () => {
    const elsewhere = group({
      groupId: "OTHER",
      name: "ZZ_Other",
      replicas: [replica({ replicaServerName: "AG_Other" })],
    });
    const groups = seen([...boxGroups(), elsewhere]);
    expect(findings("otherLinksOfGroup", { box: { groups } })[0]?.level).toBe("passed");
  });
});

describe("the databases of the link", () => {
  test("two fail", () => {
    const replicaDatabases = seen([replicaDatabase(), replicaDatabase({ databaseName: "Two" })]);
    expect(say("oneDatabase", { box: { replicaDatabases } })).toEqual([
      `failed box: The link on ${box} holds 2 databases.`,
    ]);
  });

  test("that nobody shows are unknown and block", () => {
    const none = { replicaDatabases: seen([]) };
    const [finding] = findings("oneDatabase", { box: none, instance: none });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", true]);
  });
});

describe("commit mode", () => {
  const synchronous = { availabilityMode: "SYNCHRONOUS_COMMIT" } as const;
  const groups = seen(boxGroups({ own: synchronous, remote: synchronous }));

  test("is left alone by FAILOVER, which leaves asynchronous commit", () => {
    expect([...say("commitMode"), ...say("commitMode", { box: { groups } })]).toEqual([
      `passed box: The link on ${box} commits asynchronously. FAILOVER switches by itself.`,
      `passed box: The link on ${box} commits synchronously. FAILOVER switches by itself, and leaves asynchronous commit.`,
    ]);
  });

  test("before a DELETE that moves the database it slows the primary, unless it is synchronous already", () => {
    expect(say("commitMode", { box: oneWay, choices: removed })).toEqual([
      `warning box: The link on ${box} commits asynchronously; the plan sets synchronous commit first. Synchronous commit over a distance slows the primary.`,
    ]);
    expect(findings("commitMode", { box: { ...oneWay, groups }, choices: removed })[0]?.level).toBe(
      "passed",
    );
  });

  test("of a side that does not tell is unknown and does not block", () => {
    const [finding] = findings("commitMode", { box: { groups: seen([]) } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  });
});

test("the link's name in Azure is compared without case, and its rights too", () => {
  const azure = azureWith({ delete: false }, [{ ...armLink, name: names.link.toUpperCase() }]);
  expect(findings("linkRights", { estate: { azure }, choices: removed })[0]?.level).toBe("failed");
});
