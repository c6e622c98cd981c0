// A run that removes the link or asks Azure, on screen: places, waiting, taking back, the line of no return and what Stop means.
import { describe, expect, test } from "vitest";
import type { Step } from "../../../shared/plan/plan.ts";
import type { RunEventBody } from "../../../shared/run/events.ts";
import type { RunState } from "../../../shared/run/state.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { lossBand } from "../../../renderer/report/tone.ts";
import { messagesOf } from "../../../renderer/run/messages.ts";
import { pointOfNoReturn } from "../../../renderer/run/point-of-no-return.ts";
import { expectedRole, lastRole, roleShown } from "../../../renderer/run/side-words.ts";
import { stepRows, stepTakenBack } from "../../../renderer/run/step-rows.ts";
import { stopMeaning } from "../../../renderer/run/stop-meaning.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import { adatum } from "../../scenarios/linked-estate.ts";
import {
  failedEnd,
  on2019,
  planOf,
  reportOf,
  stepOf,
  understood,
  until,
} from "../../shared/report/removal-runs.ts";

const moved = planOf(adatum, {});
const deleted = planOf(on2019, { removal: understood });
const removal = stepOf(deleted, "removeLink");

/** The run as it is while the step of that kind works, after these events of it. */
function at(
  plan: typeof moved,
  kind: Step["action"]["kind"],
  events: (step: Step) => readonly RunEventBody[] = () => [],
): RunState {
  const step = stepOf(plan, kind);
  const whole = finishedRun(plan, []);
  const began = whole.findIndex((one) => one.kind === "stepBegan" && one.stepId === step.id);
  return foldEvents(numbered([...whole.slice(0, began + 1), ...events(step)]));
}

function rowOf(run: RunState, step: Step) {
  const row = stepRows(run, 0).find(({ id }) => id === step.id);
  if (row === undefined) throw new Error(`There is no row of ${step.id}.`);
  return row;
}

describe("a step that asks Azure", () => {
  test("runs on Azure, and says since when Azure works on it", () => {
    const asked = at(deleted, "removeLink");
    expect(rowOf(asked, removal)).toMatchObject({
      where: "Azure",
      status: "running",
      details: "Azure was asked; Azure and both sides are watched.",
    });
    const accepted = at(deleted, "removeLink", ({ id: stepId }) => [
      {
        kind: "operationAccepted",
        stepId,
        operation: { tenantId: "t", link: "l", tells: "location", pollPath: "/operations/1" },
      },
    ]);
    expect(rowOf(accepted, removal).details).toMatch(
      /^Azure works on it since \d\d:\d\d:\d\d UTC;/u,
    );
  });

  test("that was refused shows the server of its statement, in the row and in the messages", () => {
    const back = planOf({ ...adatum, primary: "instance" }, { keepLink: true, failoverBy: "arm" });
    const step = stepOf(back, "failover");
    const events = [
      ...finishedRun(back, []).slice(0, 1),
      { kind: "stepBegan", stepId: step.id, ...(step.request && { request: step.request }) },
      {
        kind: "statementFailed",
        stepId: step.id,
        problem: { code: "armNotAllowed", class: "block", summary: "403", remedy: "" },
      },
      {
        kind: "stepBegan",
        stepId: step.id,
        statement: "EXEC (N'x');",
        connection: { side: "instance", sessionId: 61, loginTime: "" },
      },
      { kind: "statementReturned", stepId: step.id, elapsedMs: 1 },
    ] satisfies readonly RunEventBody[];
    expect(rowOf(foldEvents(numbered(events)), step).where).toBe("Azure, then sqlmi1");
    const told = messagesOf(back, numbered(events)).map(({ where, what }) => `${where}: ${what}`);
    expect(told.slice(1)).toEqual([
      `Azure: ${step.title}: request handed to Azure.`,
      "Azure: 403",
      `sqlmi1: ${step.title}: statement handed over (session 61).`,
      "sqlmi1: The statement returned without error.",
    ]);
  });
});

describe("the waiting for the first full backup", () => {
  const what = "sqlmi1 shows no full backup of AdatumBooks since the role change";
  const run = at(moved, "waitForFullBackup", ({ id: stepId }) => [
    { kind: "stepProgress", stepId, seen: [{ where: "instance", what }], elapsedMs: 60_000 },
  ]);

  test("is Waiting, with what msdb showed last", () => {
    expect(rowOf(run, stepOf(moved, "waitForFullBackup"))).toMatchObject({
      status: "waiting",
      details: what,
    });
  });

  test("is safe to stop: the link stays", () => {
    expect(stopMeaning(run)).toEqual({
      button: "Stop now",
      heading: "It is safe to stop: the link stays.",
      text: "The failover is done and stays so. Steps 5 to 9 stay open.",
    });
  });
});

describe("a step that is taken back", () => {
  const mode = stepOf(deleted, "setCommitMode");
  const undone = (...bodies: readonly RunEventBody[]) =>
    at(deleted, "waitForGate", ({ id: stepId }) => [
      { kind: "stepEnded", stepId, outcome: "stopped", summary: "", seen: [], elapsedMs: 0 },
      { kind: "undoBegan", stepId: mode.id },
      ...bodies,
    ]);
  const ended = (outcome: "succeeded" | "failed" | "unknown"): RunEventBody => ({
    kind: "undoEnded",
    stepId: mode.id,
    outcome,
    summary: `How it ended: ${outcome}.`,
  });

  test.each([
    ["succeeded", "takenBack"],
    ["failed", "warning"],
    ["unknown", "unknown"],
  ] as const)("that %s shows %s and how it ended", (outcome, status) => {
    expect(rowOf(undone(ended(outcome)), mode)).toMatchObject({
      status,
      details: `How it ended: ${outcome}.`,
    });
  });

  test("is Taking back until that ended, and Unknown where the run ended without it", () => {
    const taking = undone();
    expect([rowOf(taking, mode).status, stepTakenBack(taking)?.step.id]).toEqual([
      "takingBack",
      mode.id,
    ]);
    const over = undone({ kind: "runEnded", outcome: "stopped", summary: "" });
    expect([rowOf(over, mode).status, stepTakenBack(over)]).toEqual(["unknown", undefined]);
  });

  test("is what Stop at the gate promises", () => {
    expect(stopMeaning(at(deleted, "waitForGate"))?.text).toBe(
      "Nothing is in flight there. What the run has changed is taken back then.",
    );
  });
});

describe("the line of no return", () => {
  test("lies before FAILOVER, or before the DELETE in its place", () => {
    expect(
      [moved, deleted].map((plan) => plan.steps[pointOfNoReturn(plan) ?? -1]?.action.kind),
    ).toEqual(["failover", "removeLink"]);
  });

  test("Stop in the DELETE names Azure, and promises no proof of roles", () => {
    expect(stopMeaning(at(deleted, "removeLink"))?.text).toMatch(
      /^Azure already works on it and will finish it\. The run ends after step \d\. /u,
    );
  });
});

describe("both sides", () => {
  test("are without the link in the end and expected so; an unknown role stays unknown before", () => {
    const after = foldEvents(finishedRun(deleted, []));
    expect([roleShown(after, "box", "unknown"), expectedRole(after, "box")]).toEqual([
      "absent",
      "absent",
    ]);
    expect(roleShown(at(deleted, "waitForGate"), "box", "unknown")).toBe("unknown");
    expect(lastRole(after, "instance")?.role).toBeNull();
  });
});

describe("Results", () => {
  const loss = "Loss at risk: AdatumBooks on SQLBOX01 was written after the move, by session 61.";
  const problem = {
    code: "lossAtRisk",
    class: "block",
    summary: loss,
    remedy: "Save it.",
  } as const;
  const band = (summary: string) =>
    lossBand(
      reportOf(
        ...until(deleted, "lookAtOldCopy", (step) => [
          { ...failedEnd(step)[0], summary: loss, problem },
          { kind: "runEnded", outcome: "failed", summary },
        ]),
      ),
    );

  test("say loss at risk in a band of its own unless the run's own sentence begins with it", () => {
    expect(band("Something else.")).toEqual({ sentence: loss, remedy: "Save it." });
    expect(band(`${loss} More.`)).toBeUndefined();
    expect(lossBand(reportOf(...finishedRun(deleted, [])))).toBeUndefined();
  });
});
