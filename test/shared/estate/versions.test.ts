import { describe, expect, test } from "vitest";
import { isBuildBelow, policyMatch, supportOf } from "../../../shared/estate/versions.ts";
import { instanceServer, server } from "./sample-estate.ts";

const box = (productVersion: string) => server({ productVersion });

describe("SQL Server", () => {
  test.each([
    ["12.0.6024.0", "versionTooOld", "never"],
    ["13.0.6300.2", "buildTooLow", "never"],
    ["13.0.7000.253", "supported", "never"],
    ["14.0.3456.2", "buildTooLow", "never"],
    ["14.0.3490.10", "supported", "never"],
    ["15.0.4198.2", "buildTooLow", "never"],
    ["15.0.4312.2", "supported", "never"],
    ["16.0.950.9", "buildTooLow", "needsUpdate"],
    ["16.0.1000.6", "supported", "needsUpdate"],
    ["16.0.4115.5", "supported", "needsUpdate"],
    ["16.0.4125.2", "supported", "needsUpdate"],
    ["16.0.4125.3", "supported", "byTsql"],
    ["16.0.10000.1", "supported", "byTsql"],
    ["17.0.950.3", "buildTooLow", "needsUpdate"],
    ["17.0.1000.7", "supported", "byTsql"],
    ["18.0.100.1", "unknownVersion", "unknown"],
  ])("%s: link %s, planned failover %s", (version, link, plannedFailover) => {
    const support = supportOf(box(version));
    expect([support.link, support.plannedFailover]).toEqual([link, plannedFailover]);
    expect(support.isManagedInstance).toBe(false);
    expect(support.updatePolicy).toBeNull();
  });

  test("the name is the one people say", () => {
    expect(supportOf(box("16.0.4195.2")).versionName).toBe("SQL Server 2022");
  });
});

describe("a managed instance", () => {
  test.each([
    ["12.0.2000.8", "CU", "SQLServer2022"],
    ["16.0.900.1", "CU", "SQLServer2022"],
    ["17.0.4035.6", "CU", "SQLServer2025"],
    ["17.0.4035.6", "Continuous", "AlwaysUpToDate"],
    ["12.0.2000.8", "Continuous", "AlwaysUpToDate"],
    ["17.0.4035.6", "continuous", "AlwaysUpToDate"],
    ["12.0.2000.8", null, null],
    ["12.0.2000.8", "GDR", null],
  ])("%s with update type %s has policy %s", (productVersion, productUpdateType, policy) => {
    const support = supportOf(instanceServer({ productVersion, productUpdateType }));
    expect(support.updatePolicy).toBe(policy);
    expect(support.isManagedInstance).toBe(true);
  });

  test("build floors of SQL Server do not touch it", () => {
    const { link, plannedFailover } = supportOf(instanceServer());
    expect([link, plannedFailover]).toEqual(["supported", "byTsql"]);
  });
});

describe("SQL Server's version against the update policy", () => {
  const policies = {
    SQLServer2022: instanceServer(),
    SQLServer2025: instanceServer({ productVersion: "17.0.4035.6" }),
    AlwaysUpToDate: instanceServer({ productUpdateType: "Continuous" }),
    unknown: instanceServer({ productUpdateType: null }),
  };
  test.each([
    ["16.0.4195.2", "SQLServer2022", "matches"],
    ["17.0.1000.7", "SQLServer2025", "matches"],
    ["16.0.4195.2", "SQLServer2025", "differs"],
    ["17.0.1000.7", "SQLServer2022", "differs"],
    ["15.0.4312.2", "SQLServer2022", "differs"],
    ["18.0.100.1", "SQLServer2025", "differs"],
    ["16.0.4195.2", "AlwaysUpToDate", "alwaysUpToDate"],
    ["17.0.1000.7", "AlwaysUpToDate", "alwaysUpToDate"],
    ["15.0.4312.2", "unknown", "notTold"],
    ["16.0.4195.2", "unknown", "notTold"],
  ] as const)("%s and %s: %s", (version, policy, match) => {
    expect(policyMatch(box(version), policies[policy])).toBe(match);
  });
});

test.each([
  ["16.0.4125.3", "16.0.4125.3", false],
  ["16.0.4125", "16.0.4125.3", true],
  ["16.0.999.9", "16.0.1000.6", true],
  ["9.0.1.1", "16.0.1.1", true],
])("build %s is below %s: %s", (version, floor, below) => {
  expect(isBuildBelow(version, floor)).toBe(below);
});
