// Folds the events of a run into what is known of it: the same fold for screen, journal, resume and report.
import { assertNever } from "../assert-never.ts";
import type { Side } from "../estate/estate.ts";
import type { RunEvent, RunOutcome } from "./events.ts";
import type { StepState } from "./step-state.ts";
import { beforeStep, isUnfinished, stepAfter } from "./step-state.ts";

/** The first event: who runs what, with what was checked before. */
export type RunStarted = Extract<RunEvent, { kind: "runStarted" }>;
export type LookedAt = Extract<RunEvent, { kind: "lookedAt" }>;

export interface RunState {
  /** Absent before the first event. */
  readonly started: RunStarted | undefined;
  /** In the plan's order. */
  readonly steps: readonly StepState[];
  readonly locks: Readonly<Record<Side, LockState>>;
  readonly stopRequestedAt: string | null;
  /** The window was closed during it, and no later start has looked since. */
  readonly isLeft: boolean;
  /** Looks by later starts of the tool, oldest first. */
  readonly looks: readonly LookedAt[];
  /** Absent while it runs, and in the journal of a run that was killed. */
  readonly ended: RunEnded | undefined;
  /** Events of steps that the plan does not have: nothing is concluded from them. */
  readonly strayEvents: readonly RunEvent[];
  /** Time of the last event, ISO 8601 UTC; null before the first. */
  readonly lastAt: string | null;
}

export interface RunEnded {
  readonly at: string;
  readonly outcome: RunOutcome;
  readonly summary: string;
}

export type LockState =
  | { readonly kind: "neverTaken" }
  | { readonly kind: "held"; readonly since: string }
  | { readonly kind: "notTaken" | "lost"; readonly at: string; readonly because: string };

const nothingYet: RunState = {
  started: undefined,
  steps: [],
  locks: { box: { kind: "neverTaken" }, instance: { kind: "neverTaken" } },
  stopRequestedAt: null,
  isLeft: false,
  looks: [],
  ended: undefined,
  strayEvents: [],
  lastAt: null,
};

/** The state after these events, in the order of the journal. Any beginning of a journal folds; the empty one too. */
export function foldEvents(events: readonly RunEvent[]): RunState {
  return events.reduce(stateAfter, nothingYet);
}

/** The state after one more event; `foldEvents` step by step. */
export function stateAfter(state: RunState, event: RunEvent): RunState {
  return { ...changed(state, event), lastAt: event.at };
}

/** The step that was begun and of whose end nothing is known: first to be looked at, never to be sent again. */
export function unfinishedStep(state: RunState): StepState | undefined {
  return state.steps.find(isUnfinished);
}

/** Since when the gate held when it was last heard of; null while it did not, or before it was read. */
export function gateHeldSince(state: RunState): string | null {
  return state.steps.find((step) => step.gate !== undefined)?.gate?.heldSince ?? null;
}

function changed(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case "runStarted":
      return { ...state, started: event, steps: event.plan.steps.map(beforeStep) };
    case "lockTaken":
      return withLock(state, event.side, { kind: "held", since: event.at });
    case "lockNotTaken":
      return withLock(state, event.side, lockGone("notTaken", event));
    case "lockLost":
      return withLock(state, event.side, lockGone("lost", event));
    case "stopRequested":
      return {
        ...state,
        stopRequestedAt: state.stopRequestedAt ?? event.at,
        isLeft: state.isLeft || event.because === "windowClosed",
      };
    case "runEnded":
      return {
        ...state,
        ended: { at: event.at, outcome: event.outcome, summary: event.summary },
      };
    case "lookedAt": {
      const looked = { ...state, looks: [...state.looks, event], isLeft: false };
      return event.stepId === null ? looked : withStep(looked, event.stepId, event);
    }
    case "stepBegan":
    case "operationAccepted":
    case "undoBegan":
    case "undoEnded":
    case "statementFailed":
    case "readBack":
    case "statementReturned":
    case "answerLost":
    case "stepProgress":
    case "stepEnded":
      return withStep(state, event.stepId, event);
    default:
      return assertNever(event);
  }
}

function withStep(state: RunState, stepId: string, event: RunEvent): RunState {
  if (!state.steps.some((one) => one.step.id === stepId)) {
    return { ...state, strayEvents: [...state.strayEvents, event] };
  }
  return {
    ...state,
    steps: state.steps.map((one) => (one.step.id === stepId ? stepAfter(one, event) : one)),
  };
}

function withLock(state: RunState, side: Side, lock: LockState): RunState {
  return { ...state, locks: { ...state.locks, [side]: lock } };
}

function lockGone(
  kind: "notTaken" | "lost",
  event: { readonly at: string; readonly because: string },
): LockState {
  return { kind, at: event.at, because: event.because };
}
