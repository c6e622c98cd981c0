// A run that moves no role, left at any of its steps: what a later start says of it, from its journal and a look. In memory.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lookAfter } from "../../../electron/run/resume.ts";
import { windowClosed } from "../../../electron/run/run-tools.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import type { RunEvent, RunEventBody, StepOutcome } from "../../../shared/run/events.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakeLink } from "../../fakes/fake-link.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";

const planOf = (scenario: string): Plan =>
  parsePlan(JSON.parse(readFileSync(`test/scenarios/${scenario}/plan.json`, "utf8")));
const cleanUp = planOf("clean-up-distributed-group");
const offline = planOf("offline-fail-back-2022");

/** The journal of `plan` with these steps ended so, and what came last. */
function journalOf(
  plan: Plan,
  outcomes: readonly StepOutcome[],
  last: readonly RunEventBody[] = [],
): readonly RunEvent[] {
  const ended = outcomes.flatMap((outcome, index): readonly RunEventBody[] => {
    const stepId = plan.steps[index]?.id ?? "";
    return [
      { kind: "stepBegan", stepId },
      { kind: "stepEnded", stepId, outcome, summary: "", seen: [], elapsedMs: 1 },
    ];
  });
  return [fakeRunStarted(plan), ...ended, ...last].map((body, sequence) => ({
    sequence,
    at: "2026-09-12T22:00:00.000Z",
    ...body,
  }));
}

function look(events: readonly RunEvent[]) {
  const clock = fakeClock();
  const seen = () => Promise.resolve(fakeLink().look(clock));
  return lookAfter(events, {
    clock,
    look: seen,
    lookWithAzure: seen,
    poll: () => Promise.resolve(undefined),
    activity: () => Promise.resolve("gone"),
  });
}

const [first, second] = cleanUp.steps;
const whole = cleanUp.steps.map(() => "succeeded" as const);

test("killed before its first step: nothing was sent", async () => {
  const found = await look(journalOf(cleanUp, []));
  expect(found?.lookedAt.summary).toBe(
    "A run was interrupted before its first step. Nothing was sent.",
  );
  expect([found?.ended?.outcome, found?.stillToDo]).toEqual(["stopped", []]);
});

test("killed between two steps: the one that had ended did happen, and the next is still to do", async () => {
  const found = await look(journalOf(cleanUp, ["succeeded"]));
  expect(found?.lookedAt.summary).toBe(
    `A run was interrupted after step 1 of ${String(cleanUp.steps.length)}: ${first?.title ?? ""}. The step did happen.`,
  );
  expect(found?.ended?.outcome).toBe("warning");
  expect(found?.stillToDo[0]).toContain(second?.title);
});

test("killed after a step that had failed: it did not happen", async () => {
  const found = await look(journalOf(cleanUp, ["failed"]));
  expect(found?.lookedAt.summary).toContain("The step did not happen.");
  expect(found?.stillToDo).toEqual([]);
});

test("whose window was closed in its last step: every step did happen, and its own end stands", async () => {
  const events = journalOf(cleanUp, whole, [
    { kind: "stopRequested", because: windowClosed },
    { kind: "runEnded", outcome: "succeeded", summary: "Done." },
  ]);
  const found = await look(events);
  expect(found?.lookedAt.summary).toBe(
    "A run ended while nobody looked at it. Every step did happen.",
  );
  expect([found?.ended, found?.stillToDo]).toEqual([
    { kind: "runEnded", outcome: "succeeded", summary: "Done." },
    [],
  ]);
});

test("an offline fail back killed over its backup does not rely on what was written of it", async () => {
  const saving = offline.steps.findIndex(({ action }) => action.kind === "saveCopy");
  const stepId = offline.steps[saving]?.id ?? "";
  const done = offline.steps.slice(0, saving).map(() => "succeeded" as const);
  const found = await look(journalOf(offline, done, [{ kind: "stepBegan", stepId }]));
  expect(found?.lookedAt.summary).toContain("is not relied on: a new run makes its own.");
  expect(found?.ended?.outcome).toBe("failed");
});
