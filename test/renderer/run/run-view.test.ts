// The run on screen: rows, clocks, the line of no return, what Stop would do, messages and the pause in writing.
import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "../../../shared/run/events.ts";
import type { RunState } from "../../../shared/run/state.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { messagesOf } from "../../../renderer/run/messages.ts";
import { passedAt, pointOfNoReturn } from "../../../renderer/run/point-of-no-return.ts";
import { emptyRunLog, withEvent, withMissed } from "../../../renderer/run/run-log.ts";
import { expectedRole, lastRole, lastWords } from "../../../renderer/run/side-words.ts";
import { currentStep, stepRows } from "../../../renderer/run/step-rows.ts";
import { clockText, durationText } from "../../../renderer/run/step-times.ts";
import { stopMeaning } from "../../../renderer/run/stop-meaning.ts";
import { writePause } from "../../../renderer/run/write-pause.ts";
import { finishedRun, numbered, runStarted } from "../../scenarios/finished-run.ts";
import {
  began,
  done,
  ended,
  failoverStep,
  gateStep,
  plan,
  readableStep,
  started,
  verifyStep,
} from "../../shared/run/events.ts";

const whole = finishedRun(plan, []);

function run(...bodies: readonly RunEventBody[]): RunState {
  return foldEvents(numbered([started, ...bodies]));
}

describe("the log of a run", () => {
  test("is the same whether events come one by one, twice, or by asking for what was missed", () => {
    const oneByOne = whole.reduce(withEvent, emptyRunLog);
    const twice = [...whole, ...whole].reduce(withEvent, emptyRunLog);
    const half = whole.slice(0, 4).reduce(withEvent, emptyRunLog);
    expect([twice, withMissed(half, whole.slice(4))]).toEqual([oneByOne, oneByOne]);
    expect([oneByOne.events, oneByOne.state]).toEqual([whole, foldEvents(whole)]);
  });

  test("keeps what it has and says so when an event was missed", () => {
    const [first, , third] = whole;
    if (first === undefined || third === undefined) throw new Error("The run has three events.");
    const gap = [first, third].reduce(withEvent, emptyRunLog);
    expect([gap.events, gap.hasGap]).toEqual([[first], true]);
    expect(withMissed(gap, whole.slice(1)).hasGap).toBe(false);
  });

  test("starts anew with the first event of another run", () => {
    const other = { ...runStarted(plan), runId: "another-run" };
    const log = withEvent(whole.reduce(withEvent, emptyRunLog), numbered([other])[0] as RunEvent);
    expect(log.events).toHaveLength(1);
    expect(log.state.started?.runId).toBe("another-run");
  });
});

describe("the rows", () => {
  test("tell status, clock and words of a step at work, and nothing of those to come", () => {
    const state = run(...done(gateStep), began(failoverStep));
    const now = Date.parse("2026-11-21T20:00:26.000Z");
    expect(
      stepRows(state, now).map(({ where, status, began, took }) => [where, status, began, took]),
    ).toEqual([
      ["both", "success", "20:00:04 UTC", "1.0 s"],
      ["SQLBOX01", "running", "20:00:12 UTC", "14 s"],
      ["both", "notStarted", "", ""],
      ["SQLBOX01", "notStarted", "", ""],
    ]);
    expect(stepRows(state, now)[1]?.details).toBe(
      "The statement is under way; both sides are watched.",
    );
    expect(currentStep(state)?.step.id).toBe(failoverStep);
  });

  test("a gate that waits is Waiting, and a begin without an end is Unknown once the run is over", () => {
    const waiting = run(began(gateStep));
    const over = run(began(gateStep), { kind: "runEnded", outcome: "unknown", summary: "?" });
    expect([waiting, over].map((state) => stepRows(state, 0)[0]?.status)).toEqual([
      "waiting",
      "unknown",
    ]);
    expect(currentStep(over)).toBeUndefined();
  });

  test("hostile words of a server stay on one line", () => {
    const end = { ...ended(gateStep), summary: "a\nb\u202e]'" } as RunEventBody;
    expect(stepRows(run(began(gateStep), end), 0)[0]?.details).toBe("a\\u000ab\\u202e]'");
  });
});

test("clocks and durations", () => {
  expect([0, 14_900, 83_000, 3_723_000, -5].map(clockText)).toEqual([
    "0:00",
    "0:14",
    "1:23",
    "1:02:03",
    "0:00",
  ]);
  expect([40, 9_940, 9_960, 59_600, 365_000].map(durationText)).toEqual([
    "0.0 s",
    "9.9 s",
    "10 s",
    "1 min 0 s",
    "6 min 5 s",
  ]);
});

describe("the line of no return", () => {
  test("lies before the failover, is passed with its begin, and is absent from a plan that only reads", () => {
    expect(pointOfNoReturn(plan)).toBe(1);
    expect(passedAt(run(...done(gateStep)).steps)).toBeNull();
    expect(passedAt(run(...done(gateStep), began(failoverStep)).steps)).toBe(
      "2026-11-21T20:00:12.000Z",
    );
    expect(pointOfNoReturn({ steps: plan.steps.slice(0, 1) })).toBeUndefined();
  });
});

describe("Stop", () => {
  test("ends the run at the gate at once", () => {
    expect(stopMeaning(run(began(gateStep)))).toMatchObject({
      button: "Stop now",
      heading: "Stop ends the run in step 1.",
    });
  });

  test("does not call back the failover, and names the step after which it takes effect", () => {
    expect(stopMeaning(run(...done(gateStep), began(failoverStep)))).toEqual({
      button: "Stop after step 3",
      heading: "Stop does not call back step 2.",
      text: "SQLBOX01 already works on it and will finish it. The run ends after step 3, when it is proved which side is primary. Step 4 stays open.",
    });
  });

  test("says of a step that only reads that it only reads", () => {
    expect(stopMeaning(run(...done(gateStep, failoverStep), began(verifyStep)))?.text).toBe(
      "It only reads. The run ends after step 3. Step 4 stays open.",
    );
  });

  test("is nothing before the first event and after the end", () => {
    expect([foldEvents([]), foldEvents(whole)].map(stopMeaning)).toEqual([undefined, undefined]);
  });

  test("between two steps speaks of the one to come", () => {
    const state = run(...done(gateStep, failoverStep, verifyStep));
    expect(stopMeaning(state)?.button).toBe("Stop after step 4");
    expect(readableStep).toBe(state.steps[3]?.step.id);
  });
});

describe("what both sides say", () => {
  test("is the run's own reading back, newest last", () => {
    const state = foldEvents(whole);
    expect([lastRole(state, "box")?.role, lastRole(state, "instance")?.role]).toEqual([
      "SECONDARY",
      "PRIMARY",
    ]);
    expect(lastWords(state, "box")).toBe("SQLBOX01 is SECONDARY, HEALTHY");
    expect(lastRole(run(), "box")).toBeUndefined();
  });

  test("is that it has no link, where the run has removed it, and nothing else is expected", () => {
    const removed = foldEvents(numbered([runStarted({ ...plan, keepLink: false })]));
    expect([expectedRole(removed, "box"), expectedRole(run(), "box")]).toEqual([
      "noLink",
      "SECONDARY",
    ]);
    const gone = {
      kind: "withoutLink",
      serverName: "SQLBOX01",
      serverTime: "",
      databases: [],
      groupNames: [],
    } as const;
    const readBack = { box: gone, instance: gone };
    const state = run(...done(gateStep), began(failoverStep), {
      kind: "readBack",
      stepId: failoverStep,
      sides: readBack,
    });
    expect(lastRole(state, "box")?.role).toBe("noLink");
  });
});

describe("messages", () => {
  test("a number that ticks is told once", () => {
    const held = (seconds: number): RunEventBody => ({
      kind: "stepProgress",
      stepId: gateStep,
      seen: [{ where: "both", what: `equal for ${String(seconds)} s of 5 s` }],
      elapsedMs: seconds * 1000,
    });
    const events = numbered([started, began(gateStep), held(1), held(2), held(3)]);
    expect(messagesOf(plan, events).map(({ where, what }) => `${where}: ${what}`)).toEqual([
      "both: Run 20261121-200000-AdatumBooks started by ADATUM\\dba.",
      "both: Wait until both sides hold the same log: begun.",
      "both: equal for 1 s of 5 s",
    ]);
  });

  test("the failover's statement is told with its session, not with its text", () => {
    const [, message] = messagesOf(plan, numbered([started, began(failoverStep)]));
    expect(message?.what).toBe(
      "Perform planned failover to SQL Managed Instance: statement handed over (session 61).",
    );
  });
});

describe("the pause in writing", () => {
  test("lasts from the begin of the failover to the first reading of a writable primary", () => {
    expect(writePause(plan, whole)).toEqual({
      from: "2026-11-21T20:00:20.000Z",
      to: "2026-11-21T20:00:28.000Z",
      ms: 8_000,
    });
  });

  test("is not told while no reading shows every database writable", () => {
    const readOnly = whole.map((event) =>
      event.kind === "readBack" && event.sides.instance.kind === "seen"
        ? {
            ...event,
            sides: { ...event.sides, instance: { ...event.sides.instance, databases: [] } },
          }
        : event,
    );
    expect(writePause(plan, readOnly)).toBeUndefined();
    expect(writePause(plan, whole.slice(0, 3))).toBeUndefined();
  });
});
