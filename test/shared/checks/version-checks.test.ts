// What the checks say of versions and of the update policy when the database is to go to the instance.
import { describe, expect, test } from "vitest";
import { instanceServer, names, server, unreachable } from "../estate/sample-estate.ts";
import { findings, say } from "./sample-input.ts";

const { box, instance } = names;

describe("version", () => {
  test.each([
    ["16.0.4195.2", "passed"],
    ["17.0.1000.7", "passed"],
    ["16.0.4115.5", "failed"],
    ["16.0.950.9", "failed"],
    ["15.0.4312.2", "failed"],
    ["12.0.6024.0", "failed"],
    ["18.0.100.1", "warning"],
  ])("%s: %s", (productVersion, level) => {
    const changes = { box: { server: server({ productVersion }) } };
    expect(findings("version", changes)[0]?.level).toBe(level);
  });

  test("below CU13 the three ways out are told", () => {
    const [finding] = findings("version", {
      box: { server: server({ productVersion: "16.0.4115.5" }) },
    });
    expect(finding?.summary).toBe(
      `${box} is SQL Server 2022, build 16.0.4115.5: failing over by T-SQL and keeping the link needs CU13, build 16.0.4125.3, or later.`,
    );
    expect(finding?.remedy).toBe(
      `Three ways: update ${box}; fail over with SSMS; or choose to remove the link, which moves one way.`,
    );
  });

  test.each(["16.0.4115.5", "15.0.4312.2", "13.0.7000.253"])(
    "%s passes where the link is to be removed",
    (productVersion) => {
      const changes = { box: { server: server({ productVersion }) }, choices: { keepLink: false } };
      expect(findings("version", changes).map(({ level }) => level)).toEqual(["passed", "passed"]);
      expect(say("version", changes)[0]).toContain("it moves one way, and the link ends with it.");
    },
  );

  test("a version that cannot stay in the link says what to choose", () => {
    const changes = { box: { server: server({ productVersion: "15.0.4312.2" }) } };
    expect(findings("version", changes)[0]?.remedy).toMatch(/^Choose to remove the link/u);
  });

  test("servers in each other's place fail", () => {
    const changes = { box: { server: instanceServer() }, instance: { server: server() } };
    expect(findings("version", changes).map(({ level }) => level)).toEqual(["failed", "failed"]);
  });
});

describe("update policy", () => {
  const policy = (productVersion: string, productUpdateType: string | null) =>
    say("updatePolicy", {
      instance: { server: instanceServer({ productVersion, productUpdateType }) },
    });

  test("a matching one passes with the way back", () => {
    expect(policy("12.0.2000.8", "CU")).toEqual([
      `passed instance: Can you come back? Yes, online. SQL Server 2022 and update policy SQL Server 2022 match, so a second planned failover returns to ${box} without a restore.`,
    ]);
  });

  describe.each([
    ["17.0.4035.6", "CU", "SQL Server 2025"],
    ["17.0.4035.6", "Continuous", "Always-up-to-date"],
  ])("%s %s gives nothing back", (productVersion, productUpdateType, name) => {
    const policyFound = (keepLink: boolean) =>
      findings("updatePolicy", {
        instance: { server: instanceServer({ productVersion, productUpdateType }) },
        choices: { keepLink },
      })[0];
    const summary = `Can you come back? No. SQL Server 2022 cannot take a database back from ${instance}, whose update policy is ${name}.`;

    test("which is a warning to whoever removes the link", () => {
      expect(policyFound(false)).toMatchObject({ level: "warning", blocks: false, summary });
    });

    test("and blocks a link that is to stay", () => {
      expect(policyFound(true)).toMatchObject({
        level: "failed",
        blocks: true,
        summary,
        remedy: "Choose to remove the link, or use an instance whose update policy matches.",
      });
    });
  });

  test("a matching one is a way back offline once the link is removed", () => {
    const [finding] = findings("updatePolicy", { choices: { keepLink: false } });
    expect(finding).toMatchObject({ level: "warning", remedy: "Accept it, or keep the link." });
    expect(finding?.summary).toContain("Only offline: by a COPY_ONLY backup");
  });

  test("SQL Server 2019 takes nothing back, whatever the policy", () => {
    const changes = {
      box: { server: server({ productVersion: "15.0.4312.2" }) },
      choices: { keepLink: false },
    };
    expect(say("updatePolicy", changes)).toEqual([
      "warning instance: Can you come back? No. SQL Server 2019 cannot take a database back from a managed instance.",
    ]);
  });

  test("one that is not told is unknown and does not block", () => {
    const changes = { instance: { server: instanceServer({ productUpdateType: null }) } };
    const [finding] = findings("updatePolicy", changes);
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  });

  test("it cannot be said while a side is silent", () => {
    const [finding] = findings("updatePolicy", { estate: { box: unreachable("box") } });
    expect([finding?.level, finding?.blocks]).toEqual(["unknown", false]);
  });
});
