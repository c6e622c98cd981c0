// From what was seen of a link to the facts that decide its way, and to sentences with its names.
import { describe, expect, test } from "vitest";
import { wayFacts, waysOf } from "../../../shared/ways/ways-of.ts";
import type { WayFacts } from "../../../shared/ways/way.ts";
import { armLink, azureSeen, azureWith } from "../checks/sample-azure.ts";
import type { InputChanges } from "../checks/sample-input.ts";
import { input } from "../checks/sample-input.ts";
import {
  boxGroups,
  boxReading,
  group,
  hostileNames,
  instanceServer,
  replica,
  seen,
  server,
  silent,
  unreachable,
} from "../estate/sample-estate.ts";

function factsOf(changes: InputChanges = {}): WayFacts {
  const { estate, link, choices } = input(changes);
  return wayFacts(estate, link, choices);
}

const boxAt = (productVersion: string) => factsOf({ box: { server: server({ productVersion }) } });

test("a healthy link that is to stay, read without Azure", () => {
  expect(factsOf()).toEqual({
    version: "2022FromCu13",
    edition: "enterprise",
    to: "instance",
    link: "keep",
    policy: "matches",
    failoverMode: "notTold",
    reach: "both",
    azure: "notRead",
    instanceLogin: "altersGroups",
    otherLinks: "none",
  } satisfies WayFacts);
});

test.each([
  ["12.0.6024.0", "2016"],
  ["13.0.7000.253", "2016"],
  ["14.0.3490.10", "2017"],
  ["15.0.4312.2", "2019"],
  ["16.0.1000.6", "2022BelowCu10"],
  ["16.0.4095.3", "2022BelowCu10"],
  ["16.0.4095.4", "2022Cu10To12"],
  ["16.0.4125.2", "2022Cu10To12"],
  ["16.0.4125.3", "2022FromCu13"],
  ["17.0.1000.7", "2025"],
  ["18.0.100.1", "newer"],
])("SQL Server %s counts as %s", (productVersion, version) => {
  expect(boxAt(productVersion).version).toBe(version);
});

test("Standard is its engine's edition", () => {
  expect(factsOf({ box: { server: server({ engineEdition: 2 }) } }).edition).toBe("standard");
});

describe("a side that is silent", () => {
  test("as SQL Server tells no version, edition, policy or other link", () => {
    const { version, edition, policy, reach, otherLinks } = factsOf({
      estate: { box: unreachable("box") },
    });
    expect([version, edition, policy, reach, otherLinks]).toEqual([
      "notRead",
      "notRead",
      "notTold",
      "boxSilent",
      "none",
    ]);
  });

  test("as the instance tells no policy and no rights", () => {
    const { policy, reach, instanceLogin } = factsOf({
      estate: { instance: unreachable("instance") },
    });
    expect([policy, reach, instanceLogin]).toEqual(["notTold", "instanceSilent", "doesNot"]);
  });
});

describe("Azure", () => {
  test.each([
    [true, true, "all"],
    [null, null, "all"],
    [false, true, "noDelete"],
    [true, false, "noFailover"],
    [false, false, "onlyReads"],
  ] as const)(
    "with the right to delete %s and to fail over %s is %s",
    (mayDelete, failover, is) => {
      const azure = azureWith({ delete: mayDelete, failover });
      expect(factsOf({ estate: { azure } }).azure).toBe(is);
    },
  );

  test("with no rights read is taken as allowed, with no such link as not read", () => {
    const azure = azureSeen(armLink);
    const read = azure.kind === "seen" ? azure : expect.fail();
    expect(read.linkRights).toHaveLength(1);
    expect(factsOf({ estate: { azure: { ...read, linkRights: [] } } }).azure).toBe("all");
    const other = azureSeen({ ...armLink, name: "another", failoverMode: "None" });
    const { azure: known, failoverMode } = factsOf({ estate: { azure: other } });
    expect([known, failoverMode]).toEqual(["notRead", "notTold"]);
  });

  test.each([
    ["Manual", "Manual"],
    ["None", "None"],
    ["Automatic", "notTold"],
    [null, "notTold"],
  ])("tells the failover mode %s as %s", (failoverMode, is) => {
    const azure = azureSeen({ ...armLink, failoverMode });
    expect(factsOf({ estate: { azure } }).failoverMode).toBe(is);
  });

  test("that failed is said with its own problem where the link is to be removed", () => {
    const { estate, link, choices } = input({
      estate: { azure: { kind: "failed", at: "2026-09-12T22:00:00.000Z", problem: silent } },
      choices: { keepLink: false },
    });
    expect(waysOf(estate, link, choices).azure.lacks).toMatchObject({
      what: "signIn",
      sentence: expect.stringContaining(silent.summary) as string,
      remedy: silent.remedy,
    });
  });
});

test("another link over the local group is one, whatever its instance", () => {
  const other = group({ groupId: "OTHER", name: "ZZ_Other", replicas: [replica()] });
  const groups = seen([...boxGroups(), other]);
  expect(factsOf({ box: { groups } }).otherLinks).toBe("some");
});

test("a login on the instance that may not change groups is known", () => {
  const reading = boxReading();
  if (reading.kind !== "seen") throw new Error("not seen");
  const rights = { ...reading.facts.rights, alterAnyAvailabilityGroup: false };
  expect(factsOf({ instance: { rights } }).instanceLogin).toBe("doesNot");
});

test.each(hostileNames)("servers called %j never break a line of any sentence", (name) => {
  const { estate, link, choices } = input({
    box: { server: server({ serverName: name, productVersion: "15.0.4312.2" }) },
    instance: { server: instanceServer({ serverName: name, productUpdateType: "Continuous" }) },
    choices: { keepLink: false },
  });
  const way = JSON.stringify(waysOf(estate, { ...link, name, databases: [name] }, choices));
  expect(way).not.toContain("\\n");
  expect(way).toContain("can be written and are independent");
});
