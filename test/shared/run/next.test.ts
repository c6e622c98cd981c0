// What may be done next: the plan's steps in order, a look before anything else when something is open, and never a second send.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../../shared/run/events.ts";
import { nextStep } from "../../../shared/run/next.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import {
  began,
  done,
  ended,
  failoverStep,
  gateStep,
  lookedAt,
  oneOfEach,
  plan,
  readableStep,
  started,
  verifyStep,
} from "./events.ts";

describe("nextStep", () => {
  test("is the plan's first step after the start, and nothing before it", () => {
    expect(next()).toEqual({ kind: "ended", outcome: "notReady" });
    expect(next(started)).toEqual({ kind: "run", step: plan.steps[0] });
  });

  test("goes through the steps in order and ends as succeeded", () => {
    const ids = [gateStep, failoverStep, verifyStep, readableStep];
    ids.forEach((stepId, index) => {
      expect(next(started, ...done(...ids.slice(0, index)))).toMatchObject({
        kind: "run",
        step: { id: stepId },
      });
    });
    expect(next(started, ...done(...ids))).toEqual({ kind: "ended", outcome: "succeeded" });
  });

  test("is a look when a step was begun and has no end, whichever it is", () => {
    for (const stepId of [gateStep, failoverStep, verifyStep, readableStep]) {
      expect(next(started, began(stepId))).toMatchObject({
        kind: "lookFirst",
        step: { id: stepId },
      });
    }
  });

  test("is a look after an end as unknown, also when the run ended as unknown", () => {
    const open = [started, ...done(gateStep), began(failoverStep), ended(failoverStep, "unknown")];
    expect(next(...open)).toMatchObject({ kind: "lookFirst" });
    const stopped: RunEventBody = { kind: "runEnded", outcome: "unknown", summary: "" };
    expect(next(...open, stopped)).toMatchObject({ kind: "lookFirst", step: { id: failoverStep } });
  });

  test("goes on with the verification when a look proved that the failover happened", () => {
    const looked = [started, ...done(gateStep), began(failoverStep)];
    expect(next(...looked, lookedAt(failoverStep, "happened"))).toMatchObject({
      kind: "run",
      step: { id: verifyStep },
    });
  });

  test("ends and never sends again when a look proved that the failover did not happen", () => {
    const looked = [started, ...done(gateStep), began(failoverStep)];
    expect(next(...looked, lookedAt(failoverStep, "didNotHappen"))).toEqual({
      kind: "ended",
      outcome: "stopped",
    });
  });

  test("reads again what only reads, when a look proved that it did not happen", () => {
    expect(next(started, began(gateStep), lookedAt(gateStep, "didNotHappen"))).toMatchObject({
      kind: "run",
      step: { id: gateStep },
    });
  });

  test.each(["stillRunning", "cannotSay"] as const)("stays a look when a look says %s", (said) => {
    expect(next(started, began(failoverStep), lookedAt(failoverStep, said))).toMatchObject({
      kind: "lookFirst",
    });
  });

  test("ends as failed when a step that must not fail failed", () => {
    const events = [...done(gateStep), began(failoverStep), ended(failoverStep, "failed")];
    expect(next(started, ...events)).toEqual({ kind: "ended", outcome: "failed" });
  });

  test("ends as succeeded with warning when only SSMS's last task failed", () => {
    const events = [...done(gateStep, failoverStep, verifyStep), began(readableStep)];
    for (const outcome of ["failed", "warning"] as const) {
      expect(next(started, ...events, ended(readableStep, outcome))).toEqual({
        kind: "ended",
        outcome: "warning",
      });
    }
  });

  test("stop before the failover ends the run; stop during it still proves which side is primary", () => {
    const stop: RunEventBody = { kind: "stopRequested" };
    expect(next(started, stop)).toEqual({ kind: "ended", outcome: "stopped" });
    expect(next(started, ...done(gateStep), stop)).toEqual({ kind: "ended", outcome: "stopped" });
    expect(next(started, ...done(gateStep, failoverStep), stop)).toMatchObject({
      kind: "run",
      step: { id: verifyStep },
    });
    expect(next(started, ...done(gateStep, failoverStep, verifyStep), stop)).toEqual({
      kind: "ended",
      outcome: "stopped",
    });
  });

  test("a lost lock ends the run at the next safe point unless it was taken again", () => {
    const lostLock = [oneOfEach.lockTaken, oneOfEach.lockLost];
    expect(next(started, ...lostLock)).toEqual({ kind: "ended", outcome: "stopped" });
    expect(next(started, ...lostLock, oneOfEach.lockTaken)).toMatchObject({ kind: "run" });
    expect(next(started, ...done(gateStep, failoverStep), ...lostLock)).toMatchObject({
      kind: "run",
      step: { id: verifyStep },
    });
  });

  test("is the run's own end once that is written", () => {
    expect(next(started, oneOfEach.runEnded)).toEqual({ kind: "ended", outcome: "notReady" });
  });

  test("never runs a step with a statement that was begun before, at whatever event the journal breaks off", () => {
    const whole = finishedRun(plan, []);
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        const events = whole.slice(0, length);
        const answer = nextStep(foldEvents(events));
        if (answer.kind !== "run" || answer.step.statement === undefined) return;
        const { id } = answer.step;
        expect(events.some((event) => event.kind === "stepBegan" && event.stepId === id)).toBe(
          false,
        );
      }),
    );
  });
});

function next(...bodies: readonly RunEventBody[]) {
  return nextStep(foldEvents(numbered(bodies)));
}
