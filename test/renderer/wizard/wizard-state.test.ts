// The wizard's transition: pages, answers that stay, a run that cannot be left, and presses that come twice.
import { describe, expect, test } from "vitest";
import type { Problem } from "../../../shared/errors/app-error.ts";
import {
  hasDoneSomething,
  isUnderWay,
  planToRun,
  transition,
} from "../../../renderer/wizard/wizard-state.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import {
  after,
  openedWizard,
  plan,
  planned,
  saidPlan,
  wizardOn,
  withPlan,
} from "./opened-wizard.ts";

const problem: Problem = {
  code: "planNoLongerFits",
  class: "block",
  summary: "The plan no longer fits.",
  remedy: "Look at the new plan.",
};
const events = finishedRun(plan, []);
const [first] = events;
if (first?.kind !== "runStarted") throw new Error("A run starts with its first event.");
const { runId } = first;
const upToFailover = events.slice(0, 6);

describe("turning the pages", () => {
  test("opens on the introduction, and on the next page where it is not wanted", () => {
    const { page, answers } = after(
      { ...openedWizard(), page: "opening" },
      { kind: "opened", showIntroduction: false },
    );
    expect([openedWizard().page, page, answers.hideIntroduction]).toEqual([
      "introduction",
      "failoverType",
      true,
    ]);
  });

  test("Previous keeps every answer and everything read", () => {
    const there = after(wizardOn("summary"), {
      kind: "answered",
      answer: "workloadStopped",
      value: true,
    });
    const back = after(
      there,
      { kind: "previous", from: "summary" },
      { kind: "previous", from: "postFailover" },
      { kind: "next", from: "readiness" },
      { kind: "next", from: "postFailover" },
    );
    expect(back).toEqual(there);
  });

  test("a second press of the same button does nothing", () => {
    const once = after(openedWizard(), { kind: "next", from: "introduction" });
    expect(after(once, { kind: "next", from: "introduction" })).toBe(once);
    expect(after(once, { kind: "previous", from: "introduction" })).toBe(once);
  });

  test("Previous on the first page and Next on Summary stay where they are", () => {
    const summary = wizardOn("summary");
    expect(after(openedWizard(), { kind: "previous", from: "introduction" }).page).toBe(
      "introduction",
    );
    expect(after(summary, { kind: "next", from: "summary" })).toBe(summary);
  });

  test("the list goes back, never forward", () => {
    const state = wizardOn("readiness");
    expect(after(state, { kind: "wentTo", page: "failoverType" }).page).toBe("failoverType");
    expect(after(state, { kind: "wentTo", page: "summary" })).toBe(state);
  });
});

describe("what is asked and heard", () => {
  test("an answer that was overtaken by another question is dropped", () => {
    const late = { ...planned, atMs: 1 };
    const state = after(
      wizardOn("summary"),
      { kind: "asked", what: "planning", ticket: 2 },
      { kind: "asked", what: "planning", ticket: 3 },
      { kind: "heard", what: "planning", ticket: 2, answer: late },
    );
    expect([state.planning.ticket, state.planning.answer]).toEqual([3, planned]);
    expect(planToRun(state)).toBeUndefined();
  });

  test("another choice forgets the plan and the answer that is still on its way", () => {
    const state = after(
      wizardOn("summary"),
      { kind: "asked", what: "planning", ticket: 2 },
      { kind: "answered", answer: "letSqlServerBeRead", value: false },
      { kind: "heard", what: "planning", ticket: 2, answer: planned },
    );
    expect(state.planning.answer).toBeUndefined();
  });

  test.each(["removeLink", "dropGroup", "keepOldCopyClosed", "understood"] as const)(
    "%s makes another plan",
    (answer) => {
      const state = after(wizardOn("summary"), { kind: "answered", answer, value: true });
      expect(state.planning.answer).toBeUndefined();
    },
  );

  test("a tick that is no choice keeps the plan", () => {
    const state = after(wizardOn("summary"), {
      kind: "answered",
      answer: "workloadStopped",
      value: true,
    });
    expect(planToRun(state)).toBe(saidPlan);
  });

  test("a plan that could not be made again cannot be run, and stays in sight", () => {
    const state = after(
      wizardOn("summary"),
      { kind: "asked", what: "planning", ticket: 2 },
      { kind: "notHeard", what: "planning", ticket: 2, problem },
    );
    expect([planToRun(state), state.planning.answer]).toEqual([undefined, planned]);
  });
});

describe("the run", () => {
  test("Finish is under way until the run is refused, and opens again with the plan that the operator looks at", () => {
    const starting = after(wizardOn("summary"), { kind: "finishPressed" });
    const refused = after(starting, { kind: "runRefused", problem });
    const again = withPlan(after(refused, { kind: "lookedAgain" }));
    expect([isUnderWay(starting), isUnderWay(refused)]).toEqual([true, false]);
    expect(refused.run).toEqual({ kind: "refused", problem });
    expect([again.run.kind, again.page]).toEqual(["none", "summary"]);
  });

  test("a refusal stays in sight when the roles that moved make another plan by themselves", () => {
    const starting = after(wizardOn("summary"), { kind: "finishPressed" });
    const refused = withPlan(after(starting, { kind: "runRefused", problem }));
    expect(refused.run).toEqual({ kind: "refused", problem });
  });

  test("Finish without a plan, on another page or twice does nothing", () => {
    const starting = after(wizardOn("summary"), { kind: "finishPressed" });
    for (const state of [
      withPlan(wizardOn("summary"), { ...planned, plan: null }),
      openedWizard(),
    ]) {
      expect(transition(state, { kind: "finishPressed" })).toBe(state);
    }
    expect(transition(starting, { kind: "finishPressed" })).toBe(starting);
  });

  test("events that come before the answer to Finish are not lost", () => {
    const state = after(
      wizardOn("summary"),
      { kind: "finishPressed" },
      ...upToFailover.map((event) => ({ kind: "runSaid", event }) as const),
      { kind: "runBegan", runId },
    );
    expect([state.page, state.run.kind === "followed" && state.run.log.events]).toEqual([
      "executing",
      upToFailover,
    ]);
  });

  test("while it runs no page turns, nothing is answered and leaving is not asked about", () => {
    const state = after(wizardOn("summary"), {
      kind: "runFollowed",
      runId,
      isRunning: true,
      events: upToFailover,
    });
    expect(isUnderWay(state)).toBe(true);
    expect(
      after(
        state,
        { kind: "previous", from: "executing" },
        { kind: "next", from: "executing" },
        { kind: "wentTo", page: "summary" },
        { kind: "answered", answer: "letSqlServerBeRead", value: false },
        { kind: "leaveAsked" },
        { kind: "finishPressed" },
      ),
    ).toEqual(state);
  });

  test("its end shows the results, and nothing turns back from there", () => {
    const state = after(
      wizardOn("summary"),
      { kind: "finishPressed" },
      { kind: "runBegan", runId },
      ...events.map((event) => ({ kind: "runSaid", event }) as const),
    );
    expect([state.page, isUnderWay(state), hasDoneSomething(state)]).toEqual([
      "results",
      false,
      false,
    ]);
    expect(after(state, { kind: "previous", from: "results" })).toBe(state);
  });

  test("a window that is loaded anew is back in the run with one answer", () => {
    const state = after(
      { ...openedWizard(), page: "opening" },
      { kind: "runFollowed", runId, isRunning: true, events: upToFailover },
    );
    expect([state.page, isUnderWay(state)]).toEqual(["executing", true]);
  });

  test("a run without an end on which nobody works any more is over", () => {
    const state = after(
      openedWizard(),
      { kind: "runFollowed", runId, isRunning: true, events: upToFailover },
      { kind: "runFollowed", runId, isRunning: false, events: [] },
    );
    expect([state.page, isUnderWay(state)]).toEqual(["results", false]);
  });

  test("Stop is asked for once, is open again when it failed, and is settled by the journal", () => {
    const running = after(openedWizard(), {
      kind: "runFollowed",
      runId,
      isRunning: true,
      events: upToFailover,
    });
    const stopping = after(running, { kind: "stopPressed" });
    const sequence = upToFailover.length + 1;
    const heard = after(stopping, {
      kind: "runSaid",
      event: { kind: "stopRequested", sequence, at: "2026-11-21T20:01:00.000Z" },
    });
    expect(transition(stopping, { kind: "stopPressed" })).toBe(stopping);
    expect([
      stopping.stop,
      after(stopping, { kind: "stopFailed", problem }).stop,
      heard.stop,
    ]).toEqual(["stopping", problem, "no"]);
  });
});

describe("leaving", () => {
  test("is asked about once something was ticked or planned, not before", () => {
    const ticked = after(openedWizard(), {
      kind: "answered",
      answer: "workloadStopped",
      value: true,
    });
    const hidden = after(openedWizard(), {
      kind: "answered",
      answer: "hideIntroduction",
      value: true,
    });
    expect(
      [openedWizard(), wizardOn("postFailover"), hidden, ticked, wizardOn("summary")].map(
        hasDoneSomething,
      ),
    ).toEqual([false, false, false, true, true]);
  });

  test("Stay keeps everything", () => {
    const state = wizardOn("summary");
    const asked = after(state, { kind: "leaveAsked" });
    expect(asked.isLeaving).toBe(true);
    expect(after(asked, { kind: "stayed" })).toEqual(state);
  });
});
