// The class of an error drives the runner: how long it looks before it says that nothing happened. Nothing is ever sent again.
import { describe, expect, test } from "vitest";
import { runPlan } from "../../../electron/run/runner.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { problemFromSqlError } from "../../../shared/errors/sql-errors.ts";
import { buildReport } from "../../../shared/report/build.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import { fakeRun, shutGate } from "../../fakes/fake-run.ts";

const failover = "guarded failover of [LinkDag]";
const words = "Cannot ] do it.\nIn the server's own words.";

/** A run whose FAILOVER is answered by that error; `then` is what becomes of the link. */
async function runAnsweredBy(number: number, then: (run: FakeRun) => void = () => undefined) {
  const run = fakeRun({
    execute: (_statement, it) => {
      then(it);
      return Promise.reject(new AppError(problemFromSqlError(number, words, "SQLBOX01")));
    },
  });
  const end = await runPlan(run.tools);
  const step = run.events.find((one) => one.kind === "stepEnded" && one.stepId === "2-failover");
  if (step?.kind !== "stepEnded") throw new Error("The failover has no end.");
  return { run, end, step };
}

describe("an error that says no", () => {
  test.each([
    [47515, "block"],
    [41140, "wrongSide"],
    [41957, "fatal"],
    [41138, "retry"],
    [41122, "info"],
  ])("%i (%s), with the old roles steady for 3 s: it did not happen", async (number, kind) => {
    const { run, end, step } = await runAnsweredBy(number);
    expect(step).toMatchObject({ outcome: "failed", elapsedMs: 3_000, problem: { class: kind } });
    expect([end.outcome, run.sent]).toEqual(["failed", [failover]]);
  });
});

// 47115 stands for every number that no source vouches for.
describe.each([
  [47513, "wait"],
  [41131, "ambiguous"],
  [47115, "ambiguous"],
])("error %i (%s), which leaves open what becomes of the roles", (number, kind) => {
  test("is looked after for a minute before it counts as not happened, and is told in the server's words", async () => {
    const { run, end, step } = await runAnsweredBy(number);
    expect(step).toMatchObject({ outcome: "failed", elapsedMs: 60_000, problem: { class: kind } });
    expect([end.outcome, run.sent]).toEqual(["failed", [failover]]);
    const failed = run.events.find((one) => one.kind === "statementFailed");
    expect(failed).toMatchObject({ problem: { detail: `Msg ${String(number)}: ${words}` } });
    const report = buildReport(foldEvents(run.events));
    expect(report?.steps[1]?.answer).toContain("In the server's own words.");
    expect(report?.unknown.join()).not.toContain("answered to");
  });

  test("and whose roles change after 40 s happened, with a warning", async () => {
    const { run, end, step } = await runAnsweredBy(number, (it) => {
      it.clock.at(40_000, () => {
        it.link.setRoles("SECONDARY", "PRIMARY");
      });
    });
    expect([end.outcome, step.outcome]).toEqual(["warning", "warning"]);
    expect(run.sent.filter((one) => one === failover)).toHaveLength(1);
  });

  test("and one side that is not seen any more: unknown", async () => {
    const { run, end } = await runAnsweredBy(number, (it) => {
      it.link.instance.answers = false;
    });
    expect([end.outcome, run.sent]).toEqual(["unknown", [failover]]);
  });
});

describe("15151, not there or not allowed", () => {
  test("with the group in a look that may see every group: the right is missing, nothing happened", async () => {
    const { run, end, step } = await runAnsweredBy(15151);
    expect(step).toMatchObject({
      outcome: "failed",
      elapsedMs: 3_000,
      problem: {
        class: "block",
        summary:
          "SQLBOX01 shows the availability group LinkDag, so it is the right to change it that this login lacks.",
        remedy:
          "Have ALTER ANY AVAILABILITY GROUP given to the login on SQLBOX01, or use another login.",
        detail: `Msg 15151: ${words}`,
      },
    });
    expect([end.outcome, run.sent]).toEqual(["failed", [failover]]);
  });

  test("with the group absent in such a look: it is said so, and it did not happen", async () => {
    const { end, step } = await runAnsweredBy(15151, (it) => {
      it.link.box.role = { kind: "absent" };
      it.link.box.groupId = null;
      it.link.box.groupNames = ["LinkAg"];
    });
    expect(step).toMatchObject({
      outcome: "failed",
      problem: {
        class: "info",
        summary: "SQLBOX01 does not have the availability group LinkDag.",
      },
    });
    expect(end.outcome).toBe("failed");
  });

  test("with a look that may not see the groups stays ambiguous, and the outcome is unknown", async () => {
    const { run, end, step } = await runAnsweredBy(15151, (it) => {
      it.link.box.role = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" };
      it.link.box.groupNames = null;
    });
    expect(step).toMatchObject({ outcome: "unknown", problem: { class: "ambiguous" } });
    expect([end.outcome, run.sent]).toEqual(["unknown", [failover]]);
  });

  test("to a DROP whose group is gone in such a look: what was wanted is so, with a warning", async () => {
    const step = lastStep();
    const action = { kind: "dropGroup", group: "LinkAg" } as const;
    const rolesBefore = { box: "any", instance: "any" } as const;
    const statement = "guarded drop of [LinkAg]";
    const run = fakeRun({
      plan: {
        ...fakePlan,
        steps: [
          { ...step, id: "1-drop-group", action, rolesBefore, statement, onFailure: "stopRun" },
        ],
      },
      execute: (_statement, it) => {
        it.link.box.groupNames = ["LinkDag"];
        return Promise.reject(new AppError(problemFromSqlError(15151, words, "SQLBOX01")));
      },
    });
    const end = await runPlan(run.tools);
    expect([end.outcome, run.sent]).toEqual(["warning", [statement]]);
    const ended = run.events.find((one) => one.kind === "stepEnded");
    expect(ended).toMatchObject({
      outcome: "warning",
      summary:
        "The availability group LinkAg is gone from SQLBOX01. SQLBOX01 does not have the availability group LinkAg.",
    });
  });
});

describe("a setting that is taken back, and an error that leaves open what was done", () => {
  test.each([
    ["seen as before", "NO", "succeeded"],
    ["not seen as before", "ALL", "unknown"],
  ] as const)("%s: looking tells, not the error", async (_, shown, outcome) => {
    const [gateStep] = fakePlan.steps;
    if (gateStep?.action.kind !== "waitForGate") throw new Error("The plan begins with the gate.");
    const setting = {
      ...lastStep(),
      id: "1-setting",
      rolesBefore: gateStep.rolesBefore,
      takeBack: { statement: "taken back" },
    };
    const gate = { ...gateStep.action.gate, giveUpSeconds: 5 };
    const wait = { ...gateStep, id: "2-gate", action: { ...gateStep.action, gate } };
    const run = fakeRun({
      plan: { ...fakePlan, steps: [setting, wait] },
      gate: (it) => shutGate(it.clock),
      execute: (statement, it) => {
        const isTakenBack = statement === "taken back";
        it.link.box.allowConnections = isTakenBack ? shown : "ALL";
        return isTakenBack
          ? Promise.reject(new AppError(problemFromSqlError(41189, words, "SQLBOX01")))
          : Promise.resolve();
      },
    });
    await runPlan(run.tools);
    expect(run.events.find((one) => one.kind === "undoEnded")).toMatchObject({ outcome });
    expect(run.sent).toEqual([setting.statement, "taken back"]);
  });
});

function lastStep() {
  const step = fakePlan.steps.at(-1);
  if (step === undefined) throw new Error("The plan has no steps.");
  return step;
}
