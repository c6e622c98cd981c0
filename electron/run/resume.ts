// Finds out what became of a run whose process died: reads both sides, says so in words and as events, and never sends anything.
import type { Side } from "../../shared/estate/estate.ts";
import { onlyReads } from "../../shared/plan/plan.ts";
import { placeName } from "../../shared/plan/where.ts";
import type { RunEvent, RunEventBody, RunOutcome } from "../../shared/run/events.ts";
import type { RunStarted, RunState } from "../../shared/run/state.ts";
import { foldEvents, stateAfter, unfinishedStep } from "../../shared/run/state.ts";
import type { StepState } from "../../shared/run/step-state.ts";
import type { LinkLook } from "./link-look.ts";
import { azureReadBackOf, readBackOf, roleSeen, seenWords, sides } from "./link-look.ts";
import type { Concluded, OpenStep, ResumeTools } from "./resume-judgement.ts";
import { conclude, isMove, isMoveDone, movesNoRole } from "./resume-judgement.ts";

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

/** The journal began no run, or has an end that is known and was told to somebody. */
export function isSettled(events: readonly RunEvent[]): boolean {
  const state = foldEvents(events);
  if (state.started === undefined) return true;
  return state.ended !== undefined && unfinishedStep(state) === undefined && !state.isLeft;
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
    summary: [interruptedAt(started, state, open), ...verdict(started, state, concluded)].join(" "),
    seen: seenWords(concluded.look),
  };
  // A run that moves nothing is left as far as it came.
  const hasFailedOver = movesNoRole(started.plan)
    ? concluded.conclusion === "happened"
    : didFailOver(state, open, concluded);
  const looked = open ?? state.steps.findLast((step) => step.phase.kind !== "notBegun");
  return {
    readBack:
      looked === undefined
        ? undefined
        : {
            kind: "readBack",
            stepId: looked.step.id,
            sides: readBackOf(concluded.look),
            ...azureReadBackOf(concluded.look),
          },
    lookedAt,
    ended:
      state.ended !== undefined && open === undefined
        ? endedBefore(state.ended)
        : endOf(lookedAt, open, hasFailedOver),
    stillToDo: hasFailedOver ? stillToDo(started, state, lookedAt) : leftChanged(state),
  };
}

/** The journal's own words say which connection carried it, also after the step's end was written as unknown. */
function openStep(open: StepState | undefined, events: readonly RunEvent[]): OpenStep | undefined {
  if (open === undefined) return undefined;
  const { step } = open;
  const began = events.findLast((event) => event.kind === "stepBegan" && event.stepId === step.id);
  const connection = began?.kind === "stepBegan" ? began.connection : undefined;
  return { step, connection, operation: open.operation };
}

/** Sentence 23 of the concept, first half. */
function interruptedAt({ plan }: RunStarted, state: RunState, open: StepState | undefined): string {
  const last = open ?? state.steps.findLast(({ phase }) => phase.kind !== "notBegun");
  if (last === undefined) return "A run was interrupted before its first step.";
  const number = plan.steps.findIndex((step) => step.id === last.step.id) + 1;
  const isThrough = last.outcome === "succeeded" || last.outcome === "warning";
  if (isThrough && number === plan.steps.length) return "A run ended while nobody looked at it.";
  const where = `${isThrough ? "after" : "at"} step ${String(number)} of ${String(plan.steps.length)}`;
  return `A run was interrupted ${where}: ${last.step.title}.`;
}

/** Sentence 23 of the concept, second half. */
function verdict(
  { plan }: RunStarted,
  state: RunState,
  { conclusion, because, look }: Concluded,
): readonly string[] {
  // The roles may have moved since: only what is seen now is said to be so.
  const says = (side: Side, words: string): readonly string[] =>
    roleSeen(look[side]) === "PRIMARY" ? [`${plan[side].serverName} is ${words}.`] : [];
  if (movesNoRole(plan) && (conclusion === "happened" || conclusion === "didNotHappen")) {
    return stepVerdict(state, conclusion, because);
  }
  switch (conclusion) {
    case "happened":
      return ["The failover did happen.", ...says(plan.to, "primary")];
    case "didNotHappen":
      return isMoveDone(state)
        ? [
            "The failover did happen before it.",
            ...says(plan.to, "primary"),
            "The step itself did not.",
          ]
        : ["The failover did not happen.", ...says(plan.from, "still primary")];
    case "stillRunning":
      return [because ?? "The server still works on the statement."];
    case "cannotSay":
      return [`It cannot be said yet: ${silent(look) ?? because ?? "the roles are not clear."}`];
  }
}

/** Of a run that moves no role: what became of the step that was begun last. */
function stepVerdict(
  { steps }: RunState,
  conclusion: "happened" | "didNotHappen",
  because: string | undefined,
): readonly string[] {
  if (steps.every(({ phase }) => phase.kind === "notBegun")) return ["Nothing was sent."];
  if (conclusion === "didNotHappen") return [because ?? "The step did not happen."];
  const isWhole = steps.every(({ outcome }) => outcome === "succeeded" || outcome === "warning");
  return [isWhole ? "Every step did happen." : "The step did happen."];
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
  const isOpen = open !== undefined && isMove(open.step.action);
  return isMoveDone(state) || (isOpen && conclusion === "happened");
}

/** Its own end stands: the look only tells of it. */
function endedBefore({ outcome, summary }: NonNullable<RunState["ended"]>): RunEnded {
  return { kind: "runEnded", outcome, summary };
}

function endOf(
  lookedAt: LookedAt,
  open: StepState | undefined,
  hasFailedOver: boolean,
): RunEnded | undefined {
  const { conclusion, summary } = lookedAt;
  if (conclusion === "stillRunning" || conclusion === "cannotSay") return undefined;
  const wasSent = open !== undefined && !onlyReads(open.step);
  const outcome: RunOutcome = hasFailedOver ? "warning" : wasSent ? "failed" : "stopped";
  return { kind: "runEnded", outcome, summary };
}

/** The steps after the failover of which no end is known. */
function stillToDo(started: RunStarted, state: RunState, lookedAt: LookedAt): readonly string[] {
  const { plan, at } = started;
  const after = stateAfter(state, { sequence: 0, at, ...lookedAt });
  return after.steps
    .filter(({ step }) => step.action.kind !== "waitForGate" && !isMove(step.action))
    .filter(({ step }) => step.takeBack === undefined)
    .filter(({ outcome }) => outcome !== "succeeded" && outcome !== "warning")
    .map(({ step }) => step)
    .map(({ title, runsOn }) =>
      runsOn === "both" ? title : `${title} on ${placeName(plan, runsOn)}`,
    );
}

/** What was changed before the point of no return and nobody took back. */
function leftChanged(state: RunState): readonly string[] {
  return state.steps
    .filter(({ step, phase, undone }) => {
      const isChanged = step.takeBack !== undefined && phase.kind !== "notBegun";
      return isChanged && undone?.outcome !== "succeeded";
    })
    .flatMap(({ step }) => (step.undo.kind === "undoable" ? [step.undo.how] : []));
}
