// Finds out what became of a run whose process died: reads both sides, says so in words and as events, and never sends anything.
import type { RunEvent, RunEventBody, RunOutcome } from "../../shared/run/events.ts";
import type { RunStarted, RunState } from "../../shared/run/state.ts";
import { foldEvents, stateAfter, unfinishedStep } from "../../shared/run/state.ts";
import type { StepState } from "../../shared/run/step-state.ts";
import type { LinkLook } from "./link-look.ts";
import { readBackOf, seenWords, sides } from "./link-look.ts";
import type { Concluded, OpenStep, ResumeTools } from "./resume-judgement.ts";
import { conclude, isFailoverDone } from "./resume-judgement.ts";

export type LookedAt = Extract<RunEventBody, { readonly kind: "lookedAt" }>;
export type ReadBack = Extract<RunEventBody, { readonly kind: "readBack" }>;
export type RunEnded = Extract<RunEventBody, { readonly kind: "runEnded" }>;

/** What was found out. `ended` is absent while nothing can be concluded: the next start looks again. */
export interface ResumeFinding {
  /** Both sides as data, under the step that was looked at, else under the last one that was begun. */
  readonly readBack: ReadBack | undefined;
  readonly lookedAt: LookedAt;
  readonly ended: RunEnded | undefined;
  /** Steps of the plan that the run did not come to, for the operator; they are never sent from here. */
  readonly stillToDo: readonly string[];
}

/** The journal began no run, has an end that is known, or has nothing that a look could still find out. */
export function isSettled(events: readonly RunEvent[]): boolean {
  const state = foldEvents(events);
  if (state.started === undefined) return true;
  return state.ended !== undefined && unfinishedStep(state) === undefined;
}

/** `events` is an unsettled journal whose process is not alive any more. */
export async function lookAfter(
  events: readonly RunEvent[],
  tools: ResumeTools,
): Promise<ResumeFinding | undefined> {
  const state = foldEvents(events);
  const { started } = state;
  if (started === undefined) return undefined;
  const open = unfinishedStep(state);
  const concluded = await conclude(started.plan, state, openStep(open, events), tools);
  const lookedAt: LookedAt = {
    kind: "lookedAt",
    stepId: open?.step.id ?? null,
    conclusion: concluded.conclusion,
    summary: [interruptedAt(started, open), ...verdict(started, state, concluded)].join(" "),
    seen: seenWords(concluded.look),
  };
  const hasFailedOver = didFailOver(state, open, concluded);
  const looked = open ?? state.steps.findLast((step) => step.phase.kind !== "notBegun");
  return {
    readBack:
      looked === undefined
        ? undefined
        : { kind: "readBack", stepId: looked.step.id, sides: readBackOf(concluded.look) },
    lookedAt,
    ended: endOf(lookedAt, open, hasFailedOver),
    stillToDo: hasFailedOver ? stillToDo(started, state, lookedAt) : [],
  };
}

/** The journal's own words say which connection carried it, also after the step's end was written as unknown. */
function openStep(open: StepState | undefined, events: readonly RunEvent[]): OpenStep | undefined {
  if (open === undefined) return undefined;
  const { step } = open;
  const began = events.findLast((event) => event.kind === "stepBegan" && event.stepId === step.id);
  return { step, connection: began?.kind === "stepBegan" ? began.connection : undefined };
}

/** Sentence 23 of the concept, first half. */
function interruptedAt({ plan }: RunStarted, open: StepState | undefined): string {
  if (open === undefined) return "A run was interrupted between two steps.";
  const number = plan.steps.findIndex((step) => step.id === open.step.id) + 1;
  return `A run was interrupted at step ${String(number)} of ${String(plan.steps.length)}: ${open.step.title}.`;
}

/** Sentence 23 of the concept, second half. */
function verdict(
  { plan }: RunStarted,
  state: RunState,
  { conclusion, because, look }: Concluded,
): readonly string[] {
  const [from, to] = [plan[plan.from].serverName, plan[plan.to].serverName];
  switch (conclusion) {
    case "happened":
      return [`The failover did happen. ${to} is primary.`];
    case "didNotHappen":
      return isFailoverDone(state)
        ? [`The failover did happen before it. ${to} is primary. The step itself did not.`]
        : [`The failover did not happen. ${from} is still primary.`];
    case "stillRunning":
      return [because ?? "The server still works on the statement."];
    case "cannotSay":
      return [`It cannot be said yet: ${silent(look) ?? because ?? "the roles are not clear."}`];
  }
}

function silent(look: LinkLook): string | undefined {
  const end = sides.map((side) => look[side]).find((one) => one.kind === "unseen");
  return end?.kind === "unseen" ? `${end.address} does not answer.` : undefined;
}

function didFailOver(
  state: RunState,
  open: StepState | undefined,
  { conclusion }: Concluded,
): boolean {
  const isOpen = open?.step.action.kind === "failover";
  return isFailoverDone(state) || (isOpen && conclusion === "happened");
}

function endOf(
  lookedAt: LookedAt,
  open: StepState | undefined,
  hasFailedOver: boolean,
): RunEnded | undefined {
  const { conclusion, summary } = lookedAt;
  if (conclusion === "stillRunning" || conclusion === "cannotSay") return undefined;
  const wasSent = open?.step.statement !== undefined;
  const outcome: RunOutcome = hasFailedOver ? "warning" : wasSent ? "failed" : "stopped";
  return { kind: "runEnded", outcome, summary };
}

/** The steps after the failover of which no end is known. */
function stillToDo(started: RunStarted, state: RunState, lookedAt: LookedAt): readonly string[] {
  const { plan, at } = started;
  const after = stateAfter(state, { sequence: 0, at, ...lookedAt });
  return after.steps
    .filter(({ step }) => step.action.kind !== "waitForGate" && step.action.kind !== "failover")
    .filter(({ outcome }) => outcome !== "succeeded" && outcome !== "warning")
    .map(({ step }) => step)
    .map(({ title, runsOn }) =>
      runsOn === "both" ? title : `${title} on ${plan[runsOn].serverName}`,
    );
}
