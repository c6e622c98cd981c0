// What is known of one step of a run: a part of the fold over the run's events.
import type { Problem } from "../errors/app-error.ts";
import type { Side } from "../estate/estate.ts";
import type { OperationState } from "./azure-operation.ts";
import type { Step } from "../plan/plan.ts";
import type {
  AzureReadBack,
  GateSeen,
  RunEvent,
  Seen,
  SideReadBack,
  StepOutcome,
} from "./events.ts";
import type { MigrationSeen } from "./migration-seen.ts";

export interface StepState {
  readonly step: Step;
  readonly phase: StepPhase;
  /** null before it was begun. A begin without an end is `unknown`, also while the run that began it still works on it. */
  readonly outcome: StepOutcome | null;
  readonly summary: string;
  readonly elapsedMs: number;
  /** What it handed over: a statement to a server, or a request to Azure; undefined before that, and where it only reads. */
  readonly sent: "statement" | "request" | undefined;
  /** What became of it, as far as the engine or Azure said so itself. */
  readonly answer: StatementAnswer;
  /** What was last seen while it ran or at its end. */
  readonly seen: readonly Seen[];
  /** Both sides as data, when its end was last looked at: the only source of "proved". */
  readonly readBack: ReadBack | undefined;
  readonly gate: GateSeen | undefined;
  readonly problem: Problem | undefined;
  readonly migration: MigrationSeen | undefined;
  /** What Azure works or worked on for it. */
  readonly operation: OperationState | undefined;
  /** When Azure took it, ISO 8601 UTC. */
  readonly operationAcceptedAt: string | undefined;
  /** Azure refused the request, and a statement was sent in its place. */
  readonly refusedByAzure: Problem | undefined;
  /** Whether it was taken back; undefined: it was not. */
  readonly undone: Undone | undefined;
}

export interface Undone {
  /** `begun`: no word of its end. */
  readonly outcome: "begun" | "succeeded" | "failed" | "unknown";
  readonly summary: string;
}

export type StepPhase =
  | { readonly kind: "notBegun" }
  | { readonly kind: "begun"; readonly at: string; readonly connection?: StatementConnection }
  | { readonly kind: "ended"; readonly beganAt: string | null; readonly at: string }
  /** Found unfinished by a later start, which looked at both sides. */
  | {
      readonly kind: "lookedAt";
      readonly beganAt: string | null;
      readonly at: string;
      readonly conclusion: "happened" | "didNotHappen" | "stillRunning" | "cannotSay";
      readonly connection?: StatementConnection;
    };

export interface StatementConnection {
  readonly side: Side;
  readonly sessionId: number;
  readonly loginTime: string;
}

export type StatementAnswer =
  | { readonly kind: "none" }
  /** Handed to its connection; no word of an answer so far. */
  | { readonly kind: "awaited"; readonly sentAt: string }
  | { readonly kind: "returned"; readonly at: string; readonly elapsedMs: number }
  | { readonly kind: "failed"; readonly at: string; readonly problem: Problem }
  | { readonly kind: "lost"; readonly at: string; readonly problem: Problem };

export interface ReadBack {
  readonly at: string;
  readonly sides: Readonly<Record<Side, SideReadBack>>;
  /** Undefined where Azure was not asked. */
  readonly azure: AzureReadBack | undefined;
}

/** Before its begin. */
export function beforeStep(step: Step): StepState {
  return {
    step,
    phase: { kind: "notBegun" },
    outcome: null,
    summary: "",
    elapsedMs: 0,
    sent: undefined,
    answer: { kind: "none" },
    seen: [],
    readBack: undefined,
    gate: undefined,
    problem: undefined,
    migration: undefined,
    operation: undefined,
    operationAcceptedAt: undefined,
    refusedByAzure: undefined,
    undone: undefined,
  };
}

/** Begun, and nothing is known of its end: not ended, or ended as unknown, and no later look could say. */
export function isUnfinished(state: StepState): boolean {
  return state.phase.kind !== "notBegun" && state.outcome === "unknown";
}

/** The step after an event of its own; other events leave it as it is. */
export function stepAfter(state: StepState, event: RunEvent): StepState {
  switch (event.kind) {
    case "stepBegan":
      return began(state, event);
    case "stepProgress":
      return {
        ...state,
        seen: event.seen,
        elapsedMs: event.elapsedMs,
        gate: event.gate ?? state.gate,
      };
    case "operationAccepted":
      return { ...state, operation: event.operation, operationAcceptedAt: event.at };
    case "undoBegan":
      return { ...state, undone: { outcome: "begun", summary: "" } };
    case "undoEnded":
      return { ...state, undone: { outcome: event.outcome, summary: event.summary } };
    case "statementReturned":
      return {
        ...state,
        answer: { kind: "returned", at: event.at, elapsedMs: event.elapsedMs },
      };
    case "statementFailed":
      return { ...state, answer: { kind: "failed", at: event.at, problem: event.problem } };
    case "answerLost":
      return { ...state, answer: { kind: "lost", at: event.at, problem: event.problem } };
    case "readBack":
      return { ...state, readBack: { at: event.at, sides: event.sides, azure: event.azure } };
    case "stepEnded":
      return ended(state, event);
    case "lookedAt":
      return isUnfinished(state) ? lookedAt(state, event) : state;
    default:
      return state;
  }
}

type Of<K extends RunEvent["kind"]> = Extract<RunEvent, { kind: K }>;

/** A second begin: of a step that only reads, which starts anew, or of what is sent in place of a refused request. */
function began(state: StepState, event: Of<"stepBegan">): StepState {
  const sent =
    event.statement !== undefined
      ? "statement"
      : event.request === undefined
        ? undefined
        : "request";
  const isInstead = state.sent === "request" && sent === "statement";
  return {
    ...beforeStep(state.step),
    phase: {
      kind: "begun",
      at: event.at,
      ...(event.connection === undefined ? {} : { connection: event.connection }),
    },
    outcome: "unknown",
    sent,
    answer: sent === undefined ? { kind: "none" } : { kind: "awaited", sentAt: event.at },
    refusedByAzure: isInstead && state.answer.kind === "failed" ? state.answer.problem : undefined,
  };
}

function ended(state: StepState, event: Of<"stepEnded">): StepState {
  return {
    ...state,
    phase: { kind: "ended", beganAt: beganAt(state), at: event.at },
    outcome: event.outcome,
    summary: event.summary,
    elapsedMs: event.elapsedMs,
    seen: event.seen,
    gate: event.gate ?? state.gate,
    problem: event.problem,
    migration: event.migration,
  };
}

function lookedAt(state: StepState, event: Of<"lookedAt">): StepState {
  const { phase } = state;
  const connection =
    phase.kind === "begun" || phase.kind === "lookedAt" ? phase.connection : undefined;
  return {
    ...state,
    phase: {
      kind: "lookedAt",
      beganAt: beganAt(state),
      at: event.at,
      conclusion: event.conclusion,
      ...(connection === undefined ? {} : { connection }),
    },
    outcome: outcomeOfLook(event.conclusion),
    summary: event.summary,
    seen: event.seen,
  };
}

function outcomeOfLook(conclusion: Of<"lookedAt">["conclusion"]): StepOutcome {
  switch (conclusion) {
    case "happened":
      return "succeeded";
    case "didNotHappen":
      return "stopped";
    case "stillRunning":
    case "cannotSay":
      return "unknown";
  }
}

function beganAt(state: StepState): string | null {
  const { phase } = state;
  switch (phase.kind) {
    case "notBegun":
      return null;
    case "begun":
      return phase.at;
    case "ended":
    case "lookedAt":
      return phase.beganAt;
  }
}
