// A forced run whose process died, and one that looks before it acts: what is sent, and what a later start says. In memory.
import { describe, expect, test } from "vitest";
import { lookAfter } from "../../../electron/run/resume.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import type { TargetCopy } from "../../../shared/forced/target.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakeLink } from "../../fakes/fake-link.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import { fakeRun } from "../../fakes/fake-run.ts";
import { forcedPlan } from "../../fakes/forced-plan.ts";
import { silentCopy } from "../../shared/forced/silent-copy.ts";

/** SQL Server is gone; the copy on the instance shows itself as `copyAt` has it, by the second of the run. */
function forced(copyAt: (second: number) => Partial<TargetCopy> = () => ({})): FakeRun {
  const run = fakeRun({
    plan: forcedPlan,
    readTarget: (clock: FakeClock) => {
      const beganMs = clock.nowMs();
      return () => {
        const atMs = clock.nowMs();
        const copies = [{ ...silentCopy, ...copyAt((atMs - beganMs) / 1000) }];
        return Promise.resolve({ atMs, connectedState: "DISCONNECTED" as const, copies });
      };
    },
    execute: (_statement, { link }) => {
      link.instance.role = { kind: "seen", role: "PRIMARY" };
      link.instance.updateability = "READ_WRITE";
      return Promise.resolve();
    },
  });
  run.link.box.answers = false;
  return run;
}

describe("the run looks once more before it forces", () => {
  test("for 10 s, and sends the statement once when nothing arrived", async () => {
    const run = forced();
    const beganMs = run.clock.nowMs();
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    expect(run.sent).toEqual(["guarded forced failover of [LinkDag]"]);
    expect(run.clock.nowMs() - beganMs).toBeGreaterThanOrEqual(10_000);
  });

  test("goes on while what has arrived is redone, as long as that takes", async () => {
    const run = forced((second) => ({ redoQueueKb: second < 40 ? 2048 : 0 }));
    const beganMs = run.clock.nowMs();
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    expect(run.clock.nowMs() - beganMs).toBeGreaterThanOrEqual(40_000);
  });

  test("goes on once redo has stood still for 10 s, whatever moved before", async () => {
    const run = forced((second) => ({ lastCommitLsn: String(90 + Math.min(20, second)) }));
    const beganMs = run.clock.nowMs();
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    expect(run.clock.nowMs() - beganMs).toBeGreaterThanOrEqual(30_000);
  });

  test.each([
    ["log that arrives", { lastReceivedLsn: "101" }, "Forcing now makes two primaries."],
    ["a copy that is REVERTING", { states: ["REVERTING"] }, "Adatum is REVERTING"],
    ["a copy that was suspended meanwhile", { isSuspended: true }, "is suspended on"],
  ])("%s ends it with nothing sent", async (_, change, sentence) => {
    const run = forced((second) => (second >= 5 ? change : {}));
    const end = await runPlan(run.tools);
    expect([end.outcome, run.sent]).toEqual(["failed", []]);
    expect(end.summary).toContain(sentence);
  });

  test("a stop while it looks ends it with nothing sent", async () => {
    const run = forced();
    run.clock.at(3_000, () => {
      run.stop.abort();
    });
    expect([(await runPlan(run.tools)).outcome, run.sent]).toEqual(["stopped", []]);
  });
});

describe("killed while it was forced", () => {
  const whole = forced();

  async function look(role: "PRIMARY" | "SECONDARY", stepId: string) {
    if (whole.sent.length === 0) await runPlan(whole.tools);
    const last = whole.events.findIndex(
      (event) => event.kind === "stepBegan" && event.stepId === stepId,
    );
    const events: readonly RunEvent[] = whole.events.slice(0, last + 1);
    const clock = fakeClock();
    const link = fakeLink();
    link.box.answers = false;
    link.instance.role = { kind: "seen", role };
    if (role === "PRIMARY") link.instance.updateability = "READ_WRITE";
    const seen = () => Promise.resolve(link.look(clock));
    return lookAfter(events, {
      clock,
      look: seen,
      lookWithAzure: seen,
      poll: () => Promise.resolve(undefined),
      activity: () => Promise.resolve("gone"),
    });
  }

  test("the new primary alone proves that it happened: SQL Server is not waited for", async () => {
    expect(await look("PRIMARY", "2-force")).toMatchObject({
      lookedAt: { conclusion: "happened" },
      ended: { outcome: "warning" },
      stillToDo: [expect.stringContaining("Read the new primary back")],
    });
  });

  test("a secondary that stays one, with nothing left on the server, proves that it did not", async () => {
    expect(await look("SECONDARY", "2-force")).toMatchObject({
      lookedAt: { conclusion: "didNotHappen" },
      ended: { outcome: "failed" },
    });
  });

  test("a run that only looked is told as one that did not happen", async () => {
    expect(await look("SECONDARY", "1-look-before-force")).toMatchObject({
      lookedAt: { conclusion: "didNotHappen" },
      ended: { outcome: "stopped" },
    });
  });
});
