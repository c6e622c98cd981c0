// Stop: the step in flight is finished, and no other is started before the next safe point.
import { describe, expect, test } from "vitest";
import { runPlan } from "../../../electron/run/runner.ts";
import { fakeRun, healthyEngine, shutGate } from "../../fakes/fake-run.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";

function ended(run: FakeRun): readonly string[] {
  return run.events.flatMap((event) =>
    event.kind === "stepEnded" ? [`${event.stepId} ${event.outcome}`] : [],
  );
}

describe("stop", () => {
  test("before the first step starts nothing", async () => {
    const run = fakeRun();
    run.stop.abort();
    expect((await runPlan(run.tools)).outcome).toBe("stopped");
    expect([run.sent, ended(run)]).toEqual([[], []]);
  });

  test("while waiting at the gate ends the wait at once with nothing sent", async () => {
    const run = fakeRun({ gate: (it) => shutGate(it.clock) });
    run.clock.at(10_500, () => {
      run.stop.abort();
    });
    expect((await runPlan(run.tools)).outcome).toBe("stopped");
    expect(run.clock.nowMs() - Date.UTC(2026, 8, 12, 22)).toBe(10_500);
    expect([run.sent, ended(run)]).toEqual([[], ["1-wait-for-gate stopped"]]);
  });

  test("while the failover runs finishes it, reads it back and starts nothing after that", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        it.stop.abort();
        await healthyEngine(statement, it);
      },
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("stopped");
    expect(ended(run)).toEqual([
      "1-wait-for-gate succeeded",
      "2-failover succeeded",
      "3-verify-roles succeeded",
    ]);
    expect(run.sent).toEqual([fakePlan.steps[1]?.statement]);
  });

  test.each(fakePlan.steps.map((step) => step.id))(
    "asked for when %s begins starts no further changing step",
    async (stepId) => {
      const run = fakeRun({
        onEvent: (event, it) => {
          if (event.kind === "stepBegan" && event.stepId === stepId) it.stop.abort();
        },
      });
      await runPlan(run.tools);
      const index = fakePlan.steps.findIndex((step) => step.id === stepId);
      const changing = fakePlan.steps.slice(0, index + 1).flatMap((step) => step.statement ?? []);
      expect(run.sent).toEqual(changing);
      expect(run.events.filter((event) => event.kind === "stopRequested")).toHaveLength(1);
      expect(run.events.at(-1)?.kind).toBe("runEnded");
    },
  );
});
