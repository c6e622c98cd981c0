// Planning: what a plan says and in which order, when there is none, and that nothing but the input decides.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import type { Finding } from "../../../shared/checks/finding.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { PlanInput } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { adatum, plannedChoices } from "../../scenarios/linked-estate.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { hostileNames } from "../estate/sample-estate.ts";
import { inputFor } from "./planned.ts";

describe("buildPlan", () => {
  test("plans gate, failover, verification and SSMS's last task, titled as SSMS titles them", () => {
    const { steps } = planOf(inputFor(adatum));
    expect(steps.map((step) => [step.id, step.title, step.runsOn])).toEqual([
      ["1-wait-for-gate", "Wait until both sides hold the same log", "both"],
      ["2-failover", "Perform planned failover to SQL Managed Instance", "box"],
      ["3-verify-roles", "Verify the roles on both sides", "both"],
      [
        "4-allow-secondary-connections",
        "Enable SQL Server to allow connections for Secondary role",
        "box",
      ],
    ]);
    expect(steps.map((step) => [step.undo.kind, step.safeToStopAfter, step.onFailure])).toEqual([
      ["changesNothing", true, "stopRun"],
      ["undoableAtCost", false, "stopRun"],
      ["changesNothing", true, "stopRun"],
      ["undoable", true, "warn"],
    ]);
    expect(steps.map((step) => step.rolesBefore.box)).toEqual([
      "PRIMARY",
      "PRIMARY",
      "SECONDARY",
      "SECONDARY",
    ]);
  });

  test("sends exactly these two statements, quoted, each at the end of a guarded batch", () => {
    const shape = { ...adatum, link: "d]a'g", boxGroup: "a]g'" };
    const sent = planOf(inputFor(shape)).steps.flatMap((step) => step.statement ?? []);
    expect(sent.map((batch) => batch.split("\n").at(-1))).toEqual([
      "EXEC (N'ALTER AVAILABILITY GROUP [d]]a''g] FAILOVER;');",
      "EXEC (N'ALTER AVAILABILITY GROUP [a]]g''] MODIFY REPLICA ON N''SQLBOX01'' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL));');",
    ]);
  });

  test("names the link's groups, its ids on each side and the partner each side replicates with", () => {
    const { link, acceptedWarnings, summary } = planOf(inputFor(adatum));
    expect(link).toEqual({
      name: "DAG_AdatumBooks",
      databases: ["AdatumBooks"],
      boxGroup: "AG_AdatumBooks",
      instanceGroup: "AG_AdatumBooks_MI",
      groupIds: {
        box: "6F9619FF-8B86-D011-B42D-00C04FC964FF",
        instance: "0E984725-C51C-4BF4-9960-E1C80E27ABA0",
      },
      partnerEndpointUrls: {
        box: "tcp://sqlmi1.0123456789ab.database.windows.net:5022;Server=[sqlmi1]",
        instance: "TCP://sqlbox01.adatum.example:5022",
      },
    });
    expect(acceptedWarnings).toEqual([]);
    expect(summary).toBe(
      "AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link stays, and you can come back online.",
    );
  });

  test.each<[string, Partial<LinkShape>]>([
    ["is readable already", { secondaryRoleAllowConnections: "ALL" }],
    ["cannot be readable on Standard edition", { box: { ...adatum.box, engineEdition: 2 } }],
  ])("leaves SSMS's last task out when the old copy %s", (_, more) => {
    expect(planOf(inputFor({ ...adatum, ...more })).steps).toHaveLength(3);
  });

  test("leaves SSMS's last task out when it was not chosen", () => {
    const choices = plannedChoices(adatum, { letSqlServerBeRead: false });
    expect(planOf(inputFor(adatum, { choices })).steps).toHaveLength(3);
  });

  test("keeps no link whose update policy does not match the version, and says what to choose", () => {
    const instance = { ...adatum.instance, productUpdateType: "Continuous" };
    const answer = buildPlan(inputFor({ ...adatum, instance }));
    expect(answer.kind === "refused" && answer.findings).toMatchObject([
      { check: "way", remedy: expect.stringMatching(/^Choose to remove the link/u) as string },
    ]);
  });

  test("promises no way back when the instance does not tell its update policy", () => {
    const instance = { ...adatum.instance, productUpdateType: null };
    expect(planOf(inputFor({ ...adatum, instance })).summary).toContain(
      "it is not known whether you can come back",
    );
  });

  test("keeps the warnings that were there, sorted, each once", () => {
    const warning = (check: string): Finding => ({
      ...blocking,
      check,
      level: "warning",
      blocks: false,
    });
    const findings = [warning("z"), warning("a"), warning("z")];
    expect(planOf(inputFor(adatum, { findings })).acceptedWarnings).toEqual([
      { check: "a", where: "box" },
      { check: "z", where: "box" },
    ]);
  });

  test("does not depend on the order or the words of the findings", () => {
    const warnings = ["a", "b", "c"].map((check): Finding => ({
      ...blocking,
      check,
      level: "warning",
      blocks: false,
    }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(warnings, { minLength: 3 }),
        fc.string(),
        (order, summary) => {
          const findings = order.map((finding) => ({ ...finding, summary }));
          expect(planOf(inputFor(adatum, { findings }))).toEqual(
            planOf(inputFor(adatum, { findings: warnings })),
          );
        },
      ),
    );
  });

  test("is the same plan whatever the names, when built twice from the same input", () => {
    const name = fc
      .string({ unit: "binary", minLength: 1, maxLength: 60 })
      .filter((text) => !text.includes("\u0000"));
    fc.assert(
      fc.property(name, name, (link, serverName) => {
        const shape = { ...adatum, link, box: { ...adatum.box, serverName } };
        expect(planOf(inputFor(shape))).toEqual(planOf(inputFor(shape)));
      }),
    );
  });

  test("the gate of the plan is the one that was chosen", () => {
    const gate = { ...defaultGateSettings, stableSeconds: 17, acceptUnproved: true };
    const plan = planOf(inputFor(adatum, { choices: plannedChoices(adatum, { gate }) }));
    expect(plan.steps[0]?.action).toEqual({ kind: "waitForGate", primary: "box", gate });
    expect(plan.steps[0]?.doneWhen).toContain("The operator accepted");
  });

  test("holds no live figure: lag, positions and times of the reading change nothing", () => {
    const input = inputFor(adatum);
    expect(planOf({ ...input, ...laterReading(input) })).toEqual(planOf(input));
  });
});

describe("buildPlan, to fail back", () => {
  const failback: LinkShape = { ...adatum, primary: "instance" };

  test("plans gate, failover on the instance and verification, without SSMS's last task whatever was chosen", () => {
    const chosen = planOf(inputFor(failback));
    expect([chosen.from, chosen.to]).toEqual(["instance", "box"]);
    expect(chosen.steps.map((step) => [step.id, step.title, step.runsOn])).toEqual([
      ["1-wait-for-gate", "Wait until both sides hold the same log", "both"],
      ["2-failover", "Perform planned failover to SQL Server", "instance"],
      ["3-verify-roles", "Verify the roles on both sides", "both"],
    ]);
    expect(chosen.steps.map(({ action }) => action)).toMatchObject([
      { kind: "waitForGate", primary: "instance" },
      { kind: "failover", primary: "instance" },
      {
        kind: "verifyRoles",
        roles: { box: "PRIMARY", instance: "SECONDARY" },
        readWriteOn: "box",
      },
    ]);
    const choices = plannedChoices(failback, { letSqlServerBeRead: false });
    expect(planOf(inputFor(failback, { choices }))).toEqual(chosen);
  });

  test("sends one statement, quoted, and nothing that names a local group", () => {
    const sent = planOf(inputFor({ ...failback, link: "d]a'g" })).steps.flatMap(
      (step) => step.statement ?? [],
    );
    expect(sent.map((batch) => batch.split("\n").at(-1))).toEqual([
      "EXEC (N'ALTER AVAILABILITY GROUP [d]]a''g] FAILOVER;');",
    ]);
    expect(sent.join("")).not.toContain("THROW 50004");
  });

  test.each([
    ["16.0.4125.3", "you can fail over again.", "started on SQLBOX01."],
    [
      "16.0.4115.5",
      "you can fail over again once SQLBOX01 has CU13.",
      "started on SQLBOX01 once SQLBOX01 has CU13.",
    ],
  ])("says of build %s that %s", (productVersion, summary, undo) => {
    const box = { ...adatum.box, productVersion };
    const plan = planOf(inputFor({ ...failback, box }));
    expect(plan.summary).toBe(
      `AdatumBooks moves from sqlmi1.0123456789ab.database.windows.net to SQLBOX01. No committed data is given up. The link stays, and ${summary}`,
    );
    expect(plan.steps[1]?.undo).toMatchObject({
      kind: "undoableAtCost",
      how: `A second planned failover, ${undo}`,
    });
  });

  test("promises no further failover from a SQL Server that is newer than this tool", () => {
    const box = { ...adatum.box, productVersion: "18.0.100.1" };
    const plan = planOf(inputFor({ ...failback, box }));
    expect(plan.summary).toContain("it is not known whether you can fail over again");
    expect(plan.steps[1]?.undo.kind).toBe("irreversible");
  });

  test.each(hostileNames)("is whole for a link, database and instance named %j", (name) => {
    const instance = { ...adatum.instance, serverName: name };
    const plan = planOf(inputFor({ ...failback, link: name, database: name, instance }));
    const statement = plan.steps[1]?.statement ?? "";
    expect(statement.split(" FAILOVER;")).toHaveLength(2);
    expect(statement).not.toContain("$(");
  });
});

describe("buildPlan refuses", () => {
  test("when a finding blocks, and answers exactly those", () => {
    const warning: Finding = { ...blocking, level: "warning", blocks: false };
    expect(buildPlan(inputFor(adatum, { findings: [warning, blocking] }))).toEqual({
      kind: "refused",
      findings: [blocking],
    });
  });

  test("when a side does not answer, with that side's own problem", () => {
    const problem: Problem = {
      code: "noAnswer",
      class: "retry",
      summary: "sqlmi1 does not answer.",
      remedy: "Check the firewalls.",
    };
    const input = inputFor(adatum);
    const { address } = input.estate.instance;
    const instance = { kind: "unreachable", side: "instance", address, at: "", problem } as const;
    const link = { ...input.link, instance: { kind: "unreachable", problem } as const };
    expect(refusals({ ...input, link, estate: { ...input.estate, instance } })).toEqual([
      ["linkSeen", "unknown", "instance", "sqlmi1 does not answer."],
    ]);
  });

  test("when a side may not be seen, and never takes that for no link", () => {
    const input = inputFor(adatum);
    const link = {
      ...input.link,
      box: { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const,
    };
    const [[check, level, where, summary]] = refusals({ ...input, link }) as [string[]];
    expect([check, level, where]).toEqual(["linkSeen", "unknown", "box"]);
    expect(summary).toContain("VIEW ANY DEFINITION");
  });

  test.each([
    [
      "instance",
      "instance",
      "sqlmi1.0123456789ab.database.windows.net is PRIMARY already. There is nothing to do.",
    ],
    ["box", "box", "SQLBOX01 is PRIMARY already. There is nothing to do."],
  ] as const)("when the target %s is primary already", (primary, to, summary) => {
    const choices = plannedChoices(adatum, { to });
    expect(refusals(inputFor({ ...adatum, primary }, { choices }))).toEqual([
      ["direction", "failed", to, summary],
    ]);
  });

  test("when this node of SQL Server cannot tell its role", () => {
    const input = inputFor(adatum);
    if (input.link.box.kind !== "seen") throw new Error("The fixture sees both sides.");
    const link = { ...input.link, box: { ...input.link.box, role: null } };
    expect(refusals({ ...input, link })).toEqual([
      [
        "roles",
        "failed",
        "both",
        "A planned failover needs SQLBOX01 PRIMARY and sqlmi1.0123456789ab.database.windows.net SECONDARY; they are unknown and SECONDARY.",
      ],
    ]);
  });

  test("when the copy is to be read and SQL Server's own replica is not shown", () => {
    const input = inputFor(adatum);
    if (input.link.box.kind !== "seen") throw new Error("The fixture sees both sides.");
    const link = { ...input.link, box: { ...input.link.box, localGroup: undefined } };
    expect(refusals({ ...input, link }).map(([check]) => check)).toEqual(["localNode"]);
  });

  test("when the names of the groups are not shown", () => {
    const input = inputFor(adatum);
    if (input.link.box.kind !== "seen") throw new Error("The fixture sees both sides.");
    const link = { ...input.link, box: { ...input.link.box, remote: undefined } };
    expect(refusals({ ...input, link }).map(([check]) => check)).toEqual(["linkSeen"]);
  });
});

const blocking: Finding = {
  check: "health",
  level: "failed",
  blocks: true,
  where: "box",
  server: "SQLBOX01",
  summary: "The link is NOT_HEALTHY on SQLBOX01.",
  remedy: "Look.",
};

function planOf(input: PlanInput): Plan {
  const answer = buildPlan(input);
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
  return answer.plan;
}

function refusals(input: PlanInput): string[][] {
  const answer = buildPlan(input);
  if (answer.kind === "plan") throw new Error("There is a plan.");
  return answer.findings.map(({ check, level, where, summary }) => [check, level, where, summary]);
}

/** The same two sides, read later, with other positions. */
function laterReading(input: PlanInput): Pick<PlanInput, "estate" | "link"> {
  const { estate, link } = input;
  const later: unknown = JSON.parse(
    JSON.stringify({ estate, link })
      .replaceAll("40000000127200003", "40000000999900009")
      .replaceAll("2026-11-21", "2026-11-22")
      .replaceAll('"logSendQueueKb":0', '"logSendQueueKb":512'),
  );
  // Only values were replaced; the shape is the input's own.
  return later as Pick<PlanInput, "estate" | "link">;
}
