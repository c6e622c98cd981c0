// The fold over the events of a run: what is known after each, and that nothing is known of a begin without an end.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../../shared/run/events.ts";
import {
  foldEvents,
  gateHeldSince,
  stateAfter,
  unfinishedStep,
} from "../../../shared/run/state.ts";
import type { RunState } from "../../../shared/run/state.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import {
  began,
  done,
  ended,
  failoverStep,
  gateStep,
  lookedAt,
  lost,
  oneOfEach,
  plan,
  readableStep,
  started,
  verifyStep,
} from "./events.ts";

describe("foldEvents", () => {
  test("knows nothing before the first event", () => {
    expect(foldEvents([])).toMatchObject({ started: undefined, steps: [], lastAt: null });
  });

  test("knows who runs what, and that no step was begun, after the first event", () => {
    const state = fold(started);
    expect(state.started).toMatchObject({ operator: "ADATUM\\dba", planHash: "9f2c".repeat(16) });
    expect(state.steps.map((step) => [step.step.id, step.phase.kind, step.outcome])).toEqual(
      plan.steps.map((step) => [step.id, "notBegun", null]),
    );
  });

  test("takes a whole run to its end, with what the engine said and what was read back", () => {
    const state = foldEvents(finishedRun(plan, []));
    expect(state.steps.map((step) => [step.outcome, step.answer.kind])).toEqual([
      ["succeeded", "none"],
      ["succeeded", "returned"],
      ["succeeded", "none"],
      ["succeeded", "returned"],
    ]);
    expect(state.steps[2]?.readBack?.sides.instance).toMatchObject({ role: "PRIMARY" });
    expect(state.ended?.outcome).toBe("succeeded");
    expect(state.locks).toMatchObject({ box: { kind: "held" }, instance: { kind: "held" } });
    expect(gateHeldSince(state)).toBe("2026-11-21T20:00:11.000Z");
    expect(unfinishedStep(state)).toBeUndefined();
  });

  test("says unknown of a step that was begun and has no end, and keeps the connection that carried it", () => {
    const step = unfinishedStep(fold(started, ...done(gateStep), began(failoverStep)));
    expect(step).toMatchObject({
      step: { id: failoverStep },
      outcome: "unknown",
      phase: { kind: "begun", connection: { sessionId: 61 } },
      answer: { kind: "awaited" },
    });
  });

  test("still says unknown after the statement returned, since only the end says that it was looked at", () => {
    const state = fold(started, began(failoverStep), oneOfEach.statementReturned);
    expect(unfinishedStep(state)?.answer).toEqual({
      kind: "returned",
      at: "2026-11-21T20:00:08.000Z",
      elapsedMs: 3_210,
    });
  });

  test.each([
    ["happened", "succeeded", false],
    ["didNotHappen", "stopped", false],
    ["stillRunning", "unknown", true],
    ["cannotSay", "unknown", true],
  ] as const)("a later look that says %s makes an open step %s", (conclusion, outcome, isOpen) => {
    const state = fold(started, began(failoverStep), lookedAt(failoverStep, conclusion));
    expect(state.steps[1]?.outcome).toBe(outcome);
    expect(unfinishedStep(state) !== undefined).toBe(isOpen);
    expect(state.steps[1]?.phase).toMatchObject({
      kind: "lookedAt",
      connection: { sessionId: 61 },
    });
  });

  test("a look changes nothing of a step that has its end", () => {
    const state = fold(started, ...done(failoverStep), lookedAt(failoverStep, "didNotHappen"));
    expect(state.steps[1]?.outcome).toBe("succeeded");
    expect(state.looks).toHaveLength(1);
  });

  test("a look at a step that ended as unknown can say what became of it", () => {
    const events = [began(failoverStep), ended(failoverStep, "unknown")];
    expect(unfinishedStep(fold(started, ...events))?.step.id).toBe(failoverStep);
    const looked = fold(started, ...events, lookedAt(failoverStep, "happened"));
    expect(unfinishedStep(looked)).toBeUndefined();
  });

  test("a second begin of a step starts it anew", () => {
    const again = fold(started, oneOfEach.stepProgress, ...done(gateStep), began(gateStep));
    expect(again.steps[0]).toMatchObject({ outcome: "unknown", seen: [], gate: undefined });
  });

  test("keeps a lost answer and a refused statement apart", () => {
    const answer = (event: RunEventBody) =>
      fold(started, began(failoverStep), event).steps[1]?.answer.kind;
    expect(answer({ kind: "answerLost", stepId: failoverStep, problem: lost })).toBe("lost");
    expect(answer({ kind: "statementFailed", stepId: failoverStep, problem: lost })).toBe("failed");
  });

  test("keeps the first moment at which a stop was asked for", () => {
    const state = fold(started, { kind: "stopRequested" }, { kind: "stopRequested" });
    expect(state.stopRequestedAt).toBe("2026-11-21T20:00:04.000Z");
  });

  test("follows the lock of each side by itself: taken, lost, taken again", () => {
    const locks = (...events: RunEventBody[]) => fold(started, ...events).locks.box.kind;
    expect(locks()).toBe("neverTaken");
    expect(locks(oneOfEach.lockTaken)).toBe("held");
    expect(locks(oneOfEach.lockTaken, oneOfEach.lockLost)).toBe("lost");
    expect(locks(oneOfEach.lockTaken, oneOfEach.lockLost, oneOfEach.lockTaken)).toBe("held");
    expect(fold(started, oneOfEach.lockNotTaken).locks.instance.kind).toBe("notTaken");
  });

  test("forgets since when the gate held as soon as it shuts again", () => {
    const shut = fold(started, began(gateStep), oneOfEach.stepProgress);
    expect(gateHeldSince(shut)).toBeNull();
    expect(gateHeldSince(fold(started, began(gateStep), oneOfEach.stepEnded))).not.toBeNull();
  });

  test("concludes nothing from an event of a step that the plan does not have", () => {
    const state = fold(started, began("7-drop-everything"));
    expect(state.steps.every((step) => step.phase.kind === "notBegun")).toBe(true);
    expect(state.strayEvents).toHaveLength(1);
  });
});

describe("foldEvents, whatever the events", () => {
  const stepIds = [gateStep, failoverStep, verifyStep, readableStep];
  const body: fc.Arbitrary<RunEventBody> = fc.oneof(
    fc.constantFrom(...Object.values(oneOfEach)),
    fc.constantFrom(...stepIds).map(began),
    fc
      .tuple(
        fc.constantFrom(...stepIds),
        fc.constantFrom("succeeded", "warning", "failed", "unknown", "skipped", "stopped"),
      )
      .map(([stepId, outcome]) => ended(stepId, outcome)),
    fc
      .tuple(
        fc.constantFrom(...stepIds),
        fc.constantFrom("happened", "didNotHappen", "stillRunning", "cannotSay"),
      )
      .map(([stepId, conclusion]) => lookedAt(stepId, conclusion)),
  );
  const journal = fc.array(body, { maxLength: 40 }).map((bodies) => numbered([started, ...bodies]));

  test("gives the same state for the same events, at once or one by one, from every beginning of the journal", () => {
    fc.assert(
      fc.property(journal, fc.nat(40), (events, cut) => {
        const [first, rest] = [events.slice(0, cut), events.slice(cut)];
        expect(rest.reduce(stateAfter, foldEvents(first))).toEqual(foldEvents(events));
        expect(foldEvents(first)).toEqual(foldEvents(first));
      }),
    );
  });

  test("never changes a state that it gave before", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const before = foldEvents(events.slice(0, -1));
        const copy = structuredClone(before);
        foldEvents(events);
        const last = events.at(-1);
        if (last !== undefined) stateAfter(before, last);
        expect(before).toEqual(copy);
      }),
    );
  });

  test("says unknown of a step exactly when its last begin has neither an end nor a look that could say", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const state = foldEvents(events);
        // The last start of a run in the journal begins everything anew.
        const from = events.findLastIndex((event) => event.kind === "runStarted");
        for (const { step, outcome } of state.steps) {
          let open = false;
          for (const event of events.slice(from)) {
            if (!("stepId" in event) || event.stepId !== step.id) continue;
            if (event.kind === "stepBegan") open = true;
            if (event.kind === "stepEnded") open = event.outcome === "unknown";
            if (
              event.kind === "lookedAt" &&
              ["happened", "didNotHappen"].includes(event.conclusion)
            )
              open = false;
          }
          expect(outcome === "unknown").toBe(open);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function fold(...bodies: readonly RunEventBody[]): RunState {
  return foldEvents(numbered(bodies));
}
