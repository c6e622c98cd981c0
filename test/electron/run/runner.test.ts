// The runner's loop: what is sent, how it is judged, and how it ends.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Problem } from "../../../shared/errors/app-error.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import { lostAnswer } from "../../../electron/sql/failure.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRun, healthyEngine, openGate, shutGate } from "../../fakes/fake-run.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import type { FakePinned } from "../../fakes/fake-session.ts";

const failover = "guarded failover of [LinkDag]";
const setting = "guarded setting of [LinkAg]";

const refusal = (code: string): Problem => ({
  code,
  class: "block",
  summary: "SQLBOX01 says that the secondary cannot catch up.",
  detail: "Msg 47514: ...",
  remedy: "Wait.",
});

function kinds(run: FakeRun): readonly string[] {
  return run.events
    .map((event) => event.kind)
    .filter((kind) => kind !== "stepProgress" && kind !== "runStarted");
}

function outcomes(run: FakeRun): readonly string[] {
  return run.events.flatMap((event) =>
    event.kind === "stepEnded" ? [`${event.stepId} ${event.outcome}`] : [],
  );
}

describe("a run on a healthy link", () => {
  test("sends each statement once, in order, and reads back before it says succeeded", async () => {
    const run = fakeRun();
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("succeeded");
    expect(run.sent).toEqual([failover, setting]);
    expect(kinds(run)).toEqual([
      "stepBegan",
      "stepEnded",
      "stepBegan",
      "statementReturned",
      "readBack",
      "stepEnded",
      "stepBegan",
      "readBack",
      "stepEnded",
      "stepBegan",
      "statementReturned",
      "readBack",
      "stepEnded",
      "runEnded",
    ]);
  });

  test("shows both sides every second while the statement runs", async () => {
    const run = fakeRun();
    await runPlan(run.tools);
    const shown = run.events.flatMap((event) =>
      event.kind === "stepProgress" && event.stepId === "2-failover"
        ? [event.seen.map((one) => one.what.split(";")[0])]
        : [],
    );
    expect(shown).toEqual([
      ["SQLBOX01 is PRIMARY", "sqlmi1.zone.database.windows.net is SECONDARY"],
      ["SQLBOX01 is RESOLVING", "sqlmi1.zone.database.windows.net is RESOLVING"],
      ["SQLBOX01 is SECONDARY", "sqlmi1.zone.database.windows.net is PRIMARY"],
    ]);
  });

  test("is not done before the new primary's database is READ_WRITE", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        await healthyEngine(statement, it);
        if (statement !== failover) return;
        it.link.instance.updateability = "READ_ONLY";
        it.clock.at(60_000, () => {
          it.link.instance.updateability = "READ_WRITE";
        });
      },
    });
    await runPlan(run.tools);
    const verified = run.events.find(
      (event) => event.kind === "stepEnded" && event.stepId === "3-verify-roles",
    );
    expect(verified).toMatchObject({ outcome: "succeeded" });
    expect(Date.parse(verified?.at ?? "")).toBeGreaterThanOrEqual(Date.UTC(2026, 8, 12, 22, 1, 0));
  });

  test("ends unknown when health never comes back after the statement returned", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        await healthyEngine(statement, it);
        it.link.instance.health = "NOT_HEALTHY";
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("unknown");
    expect(run.sent).toEqual([failover]);
  });
});

describe("the gate", () => {
  test("shut again directly before the failover sends the run back to waiting", async () => {
    const run = fakeRun({
      gate: (it, reading) => (reading === 2 ? shutGate(it.clock) : openGate(it.clock)),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("succeeded");
    expect(kinds(run).slice(0, 5)).toEqual([
      "stepBegan",
      "stepEnded",
      "stepBegan",
      "stepEnded",
      "stepBegan",
    ]);
    expect(run.sent).toEqual([failover, setting]);
  });

  test("that never opens ends the run as not ready after the given time, with nothing sent", async () => {
    const [gateStep, ...rest] = fakePlan.steps;
    if (gateStep?.action.kind !== "waitForGate") throw new Error("The plan begins with the gate.");
    const action = {
      ...gateStep.action,
      gate: { ...gateStep.action.gate, giveUpSeconds: 30 },
    };
    const run = fakeRun({
      plan: { ...fakePlan, steps: [{ ...gateStep, action }, ...rest] },
      gate: (it) => shutGate(it.clock),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("notReady");
    expect(end.summary).toContain("3 sessions are still writing on SQLBOX01");
    expect(run.sent).toEqual([]);
  });

  test("that sees other roles ends the run with the sentence of the plan that no longer fits", async () => {
    const run = fakeRun({
      gate: (it) => ({ ...shutGate(it.clock), verdict: { kind: "shut", because: "rolesMoved" } }),
    });
    run.clock.at(2_000, () => {
      run.link.setRoles("SECONDARY", "PRIMARY");
    });
    const end = await runPlan(run.tools);
    expect(end).toEqual({
      outcome: "failed",
      summary:
        "The plan no longer fits: SQLBOX01 was PRIMARY when it was approved and is SECONDARY now. Nothing was sent.",
    });
    expect(run.sent).toEqual([]);
  });
});

describe("a side that is not as planned directly before a step", () => {
  test.each([
    ["another server", (run: FakeRun) => (run.link.box.serverName = "SQLBOX02")],
    ["another link of that name", (run: FakeRun) => (run.link.instance.groupId = "2".repeat(36))],
    [
      "a node that is not primary of its group",
      (run: FakeRun) =>
        (run.link.box.role = { kind: "notLocalPrimary", primaryReplica: "SQLBOX02" }),
    ],
    ["a side that does not answer", (run: FakeRun) => (run.link.instance.answers = false)],
    [
      "a side that may not be seen",
      (run: FakeRun) =>
        (run.link.instance.role = { kind: "notAllowed", permission: "VIEW SERVER STATE" }),
    ],
  ])("%s: nothing is sent", async (_name, change) => {
    const run = fakeRun({
      gate: (it) => {
        change(it);
        return openGate(it.clock);
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("failed");
    expect(run.sent).toEqual([]);
  });
});

describe("a statement whose end is not OK", () => {
  test("refused by the engine with the old roles steady: failed with the table's sentence, nothing sent again", async () => {
    const run = fakeRun({ execute: () => Promise.reject(new AppError(refusal("sql47514"))) });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("failed");
    expect(end.summary).toContain("SQLBOX01 says that the secondary cannot catch up.");
    expect(run.sent).toEqual([failover]);
    expect(kinds(run)).toContain("statementFailed");
  });

  test("refused by its own guard: failed, even when the roles have moved to what was wanted", async () => {
    const run = fakeRun({
      execute: (_statement, it) => {
        it.link.setRoles("SECONDARY", "PRIMARY");
        return Promise.reject(new AppError(refusal("guardRefused")));
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("failed");
  });

  test("an error, and the new roles healthy: it happened, with a warning", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        await healthyEngine(statement, it);
        if (statement === failover) throw new AppError(refusal("sql41189"));
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(outcomes(run)[1]).toBe("2-failover warning");
  });

  test("lost, and the server finishes it later: looked at until then, never sent again", async () => {
    const run = fakeRun({
      activity: () => "working",
      execute: (statement, it) => {
        if (statement !== failover) return healthyEngine(statement, it);
        it.clock.at(120_000, () => {
          it.link.setRoles("RESOLVING", "RESOLVING");
        });
        it.clock.at(150_000, () => {
          it.link.setRoles("SECONDARY", "PRIMARY");
        });
        return Promise.reject(new AppError(lostAnswer("sqlbox01,1433", "ECONNRESET")));
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(run.sent).toEqual([failover, setting]);
    expect(kinds(run)).toContain("answerLost");
  });

  test("lost, the old roles steady for a minute and nothing in flight: it did not happen", async () => {
    const run = fakeRun({
      execute: () => Promise.reject(new AppError(lostAnswer("sqlbox01,1433", "ECONNRESET"))),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("failed");
    expect(end.summary).toContain("It did not happen");
    expect(run.sent).toEqual([failover]);
    const ended = run.events.find((one) => one.kind === "stepEnded" && one.stepId === "2-failover");
    expect(ended).toMatchObject({ elapsedMs: 60_000 });
  });

  test.each(["notAllowed", "working", "noAnswer"] as const)(
    "lost, the old roles steady, and the server's side of it is %s: unknown",
    async (activity) => {
      const run = fakeRun({
        activity: () => activity,
        execute: () => Promise.reject(new AppError(lostAnswer("sqlbox01,1433", "ECONNRESET"))),
      });
      const end = await runPlan(run.tools);
      expect(end.outcome).toBe("unknown");
      expect(run.sent).toEqual([failover]);
    },
  );

  test("lost, and a side does not answer any more: unknown", async () => {
    const run = fakeRun({
      execute: (_statement, it) => {
        it.link.box.answers = false;
        return Promise.reject(new AppError(lostAnswer("sqlbox01,1433", "ECONNRESET")));
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("unknown");
  });

  test("never answered while both sides show the new roles: it happened, with a warning", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        await healthyEngine(statement, it);
        if (statement === failover) await new Promise(() => undefined);
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(kinds(run)).toContain("answerLost");
  });

  test("that runs for hours is never given up", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        await it.clock.wait(2 * 3_600_000);
        await healthyEngine(statement, it);
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
  }, 60_000);

  test("of the last step: the run succeeded with a warning", async () => {
    const run = fakeRun({
      execute: (statement, it) =>
        statement === failover
          ? healthyEngine(statement, it)
          : Promise.reject(new AppError(refusal("sql41190"))),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(outcomes(run).at(-1)).toBe("4-allow-secondary-connections warning");
  });
});

describe("a connection for the statement", () => {
  test("that ended while the gate was waited for is opened anew before anything is begun", async () => {
    const opened: FakePinned[] = [];
    const run = fakeRun({
      onOpened: (session) => opened.push(session),
      gate: (it, reading) => {
        if (reading !== 2) return openGate(it.clock);
        opened[0]?.cut();
        return openGate(it.clock);
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    expect([opened.length, run.sent]).toEqual([3, [failover, setting]]);
  });

  test("that cannot be opened ends the run failed with nothing sent", async () => {
    const run = fakeRun({
      openPinned: () => Promise.reject(new AppError(refusal("portClosed"))),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("failed");
    expect(run.sent).toEqual([]);
  });
});
