// A disk that is full in the middle of a run: what is not on disk is not begun, and what was begun is watched to its end.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { createJournal } from "../../../electron/run/journal.ts";
import type { Journal } from "../../../electron/run/journal.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";
import { fakeRun } from "../../fakes/fake-run.ts";

/** A journal whose disk is full from the first event on that fits. */
function fullFrom(fits: (body: RunEventBody) => boolean) {
  return (path: string, clock: FakeClock): Journal => {
    const journal = createJournal(path, clock);
    let isFull = false;
    return {
      ...journal,
      append(body) {
        isFull ||= fits(body);
        if (!isFull) return journal.append(body);
        throw new AppError({
          code: "journalNotWritten",
          class: "fatal",
          summary: "The journal cannot be written.",
          remedy: "Make room.",
        });
      },
    };
  };
}

describe("a full disk", () => {
  test("at the begin of the failover: nothing is sent", async () => {
    const run = fakeRun({
      journal: fullFrom((body) => body.kind === "stepBegan" && body.stepId === "2-failover"),
    });
    const end = await runPlan(run.tools);
    expect([end, run.sent]).toEqual([
      { outcome: "failed", summary: "The journal cannot be written." },
      [],
    ]);
  });

  test("while the failover runs: it is watched to its end and read back, and no other statement is sent", async () => {
    const run = fakeRun({
      journal: fullFrom((body) => body.kind === "stepProgress" && body.stepId === "2-failover"),
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(end.summary).toContain("The journal cannot be written.");
    expect(run.sent).toEqual(["guarded failover of [LinkDag]"]);
    expect(
      run.events.some((event) => event.kind === "readBack" && event.stepId === "3-verify-roles"),
    ).toBe(true);
  });
});
