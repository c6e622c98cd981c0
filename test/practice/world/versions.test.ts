// Build numbers compared, and which release a server is.
import { describe, expect, test } from "vitest";
import { goesBothWays, isOlder, policyOf, releaseOf } from "../../../practice/world/versions.ts";

test.each([
  ["16.0.4115.5", true],
  ["16.0.4125.2", true],
  ["15.0.9999.9", true],
  ["16.0.4125.3", false],
  ["16.0.4195.2", false],
  ["17.0.1000.7", false],
  ["16.0.10000.0", false],
])("%s is older than 16.0.4125.3: %s", (build, older) => {
  expect(isOlder(build, "16.0.4125.3")).toBe(older);
});

const box = (productVersion: string) =>
  ({ key: "box", productVersion, productUpdateType: null }) as const;
const instance = (productVersion: string, productUpdateType: string) =>
  ({ key: "instance", productVersion, productUpdateType }) as const;

describe("the release", () => {
  test.each([
    ["13.0.7000.253", 2016],
    ["14.0.3490.10", 2017],
    ["15.0.4312.2", 2019],
    ["16.0.1000.6", 2022],
    ["17.0.1000.7", 2025],
  ])("of SQL Server %s is %i", (build, year) => {
    expect(releaseOf(box(build)).year).toBe(year);
  });

  test.each([
    ["12.0.2000.8", "CU", "SQLServer2022", 2022],
    ["17.0.4035.6", "CU", "SQLServer2025", 2025],
    ["17.0.4035.6", "Continuous", "AlwaysUpToDate", 2025],
    ["12.0.2000.8", "Continuous", "AlwaysUpToDate", 2025],
  ])(
    "of an instance that tells %s and %s has policy %s and is %i",
    (version, type, policy, year) => {
      expect(policyOf(instance(version, type))).toBe(policy);
      expect(releaseOf(instance(version, type)).year).toBe(year);
    },
  );

  test("of a version nobody knows is an error, never a guess", () => {
    expect(() => releaseOf(box("18.0.1.1"))).toThrow("18.0.1.1");
  });
});

test.each([
  ["16.0.1000.6", "12.0.2000.8", "CU", true],
  ["17.0.1000.7", "17.0.4035.6", "CU", true],
  ["16.0.1000.6", "17.0.4035.6", "CU", false],
  ["17.0.1000.7", "17.0.4035.6", "Continuous", false],
  ["16.0.1000.6", "12.0.2000.8", "Continuous", false],
  ["15.0.4312.2", "12.0.2000.8", "CU", false],
])("a link of %s and an instance of %s %s goes both ways: %s", (build, version, type, both) => {
  expect(goesBothWays(box(build), instance(version, type))).toBe(both);
});
