// What the system tells of a run: its end, and once that it waits for somebody; nothing where it is switched off.
import { describe, expect, test } from "vitest";
import { createNotices } from "../../../electron/services/notices.ts";
import type { RunEvent, RunEventBody } from "../../../shared/run/events.ts";
import type { Notice } from "../../../shared/run/notice.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { finishedRun, numbered, runStarted } from "../../scenarios/finished-run.ts";

/** What is told of these events; whoever else is asked fails. */
function toldOf(events: readonly RunEvent[], isWanted = true): readonly Notice[] {
  const told: Notice[] = [];
  const notices = createNotices({
    notify: (notice) => void told.push(notice),
    isWanted: () => isWanted,
  });
  for (const event of events) notices.happened(event);
  return told;
}

const link = fakePlan.link.name;
const waiting = (elapsedMs: number, verdict: "open" | "shut" = "shut"): RunEventBody => ({
  kind: "stepProgress",
  stepId: fakePlan.steps[0]?.id ?? "",
  seen: [],
  elapsedMs,
  gate: {
    verdict,
    sentence: "Not ready yet: 2 sessions are still writing on SQLBOX01.",
    heldSince: null,
    positions: [],
  },
});
const ended = (outcome: "failed" | "unknown", summary: string): RunEventBody => ({
  kind: "runEnded",
  outcome,
  summary,
});

describe("the system tells", () => {
  test("once of a run that goes well: which link, and what became of it", () => {
    const events = finishedRun(fakePlan, []);
    expect(toldOf(events)).toEqual([
      {
        title: `${link}: the run has ended`,
        body: events.flatMap((one) => (one.kind === "runEnded" ? [one.summary] : []))[0],
      },
    ]);
  });

  test("once for a step that the gate has been shut in front of for half a minute, and not before", () => {
    const events = numbered([
      runStarted(fakePlan),
      waiting(1_000),
      waiting(29_000),
      waiting(30_000),
      waiting(60_000),
    ]);
    expect(toldOf(events.slice(0, 3))).toEqual([]);
    expect(toldOf(events)).toEqual([
      {
        title: `${link}: the run waits for you`,
        body: "Not ready yet: 2 sessions are still writing on SQLBOX01.",
      },
    ]);
  });

  test("nothing of a gate that stands open, however long it has been read", () => {
    expect(toldOf(numbered([runStarted(fakePlan), waiting(90_000, "open")]))).toEqual([]);
  });

  test("that a run which failed needs somebody, in one line whatever the server's words hold", () => {
    const summary = "sqlmi1\u202e said no.\nTwice.";
    expect(toldOf(numbered([runStarted(fakePlan), ended("failed", summary)]))).toEqual([
      {
        title: `${link}: the run has failed and needs you`,
        body: "sqlmi1\\u202e said no.\\u000aTwice.",
      },
    ]);
  });

  test("of every run of one window", () => {
    const run = numbered([runStarted(fakePlan), ended("unknown", "Not known.")]);
    expect(toldOf([...run, ...run])).toHaveLength(2);
  });

  test("nothing where the operator has switched it off", () => {
    expect(toldOf(finishedRun(fakePlan, []), false)).toEqual([]);
  });
});
