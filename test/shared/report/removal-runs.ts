// Plans that remove the link and runs of them that end in other ways than well, for the tests of the report.
import type { Choices } from "../../../shared/choices/choices.ts";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan, Step } from "../../../shared/plan/plan.ts";
import type { Report } from "../../../shared/report/build.ts";
import { buildReport } from "../../../shared/report/build.ts";
import type { RunEvent, RunEventBody } from "../../../shared/run/events.ts";
import { foldEvents } from "../../../shared/run/state.ts";
import { azureOf } from "../../scenarios/azure-fact.ts";
import { finishedRun, numbered } from "../../scenarios/finished-run.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { adatum, plannedChoices } from "../../scenarios/linked-estate.ts";
import { inputFor } from "../plan/planned.ts";

export const on2019: LinkShape = {
  ...adatum,
  box: { ...adatum.box, productVersion: "15.0.4430.1" },
};
export const understood = { ...defaultRemoval, understood: true };
export function planOf(shape: LinkShape, choices: Partial<Choices>): Plan {
  const input = inputFor(shape);
  const answer = buildPlan({
    ...input,
    estate: { ...input.estate, azure: azureOf(shape) },
    choices: plannedChoices(shape, { keepLink: false, ...choices }),
  });
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
  return answer.plan;
}

export function stepOf(plan: Plan, kind: Step["action"]["kind"]): Step {
  const found = plan.steps.find(({ action }) => action.kind === kind);
  if (found === undefined) throw new Error(`The plan has no ${kind}.`);
  return found;
}

type StepEnded = Extract<RunEventBody, { kind: "stepEnded" }>;

const end = (step: Step, outcome: "stopped" | "failed"): StepEnded => ({
  kind: "stepEnded",
  stepId: step.id,
  outcome,
  summary: outcome,
  seen: [],
  elapsedMs: 1_000,
});
export const stoppedEnd = (step: Step): [StepEnded, RunEventBody] => [
  end(step, "stopped"),
  { kind: "runEnded", outcome: "stopped", summary: "Stopped." },
];
export const failedEnd = (step: Step): [StepEnded, RunEventBody] => [
  end(step, "failed"),
  { kind: "runEnded", outcome: "failed", summary: "Failed." },
];

/** A run that went well up to the step of that kind, whose end and what follows it are others. */
export function until(
  plan: Plan,
  kind: Step["action"]["kind"],
  then: (step: Step) => readonly RunEventBody[],
): readonly RunEvent[] {
  const step = stepOf(plan, kind);
  const events = finishedRun(plan, []);
  const ended = events.findIndex((event) => event.kind === "stepEnded" && event.stepId === step.id);
  return renumbered([...events.slice(0, ended), ...then(step)]);
}

/** The run with another reading at the end of the step of that kind, and none after it. */
export function withReadBack(
  events: readonly RunEvent[],
  kind: Step["action"]["kind"],
  readBack: Pick<Extract<RunEventBody, { kind: "readBack" }>, "sides" | "azure">,
): readonly RunEvent[] {
  const [started] = events;
  if (started?.kind !== "runStarted") throw new Error("The run has begun.");
  const { id } = stepOf(started.plan, kind);
  const ended = events.findIndex((event) => event.kind === "stepEnded" && event.stepId === id);
  const others = events.filter((event) => event.kind !== "readBack" || event.stepId !== id);
  const at = others.length - (events.length - ended);
  return renumbered([
    ...others.slice(0, at),
    { kind: "readBack", stepId: id, ...readBack },
    ...others.slice(at),
  ]);
}

export function renumbered(events: readonly (RunEvent | RunEventBody)[]): readonly RunEvent[] {
  return numbered(events).map((event, index) => ({
    ...event,
    sequence: index + 1,
  }));
}

export function reportOf(...events: readonly RunEvent[]): Report {
  const report = buildReport(foldEvents(events));
  if (report === undefined) throw new Error("The run has begun.");
  return report;
}
