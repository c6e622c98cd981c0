// The wizard as a pure transition: where it is, what was answered, read and run. The page table says what opens Next.
import type { Finding } from "../../shared/checks/finding.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { AppFacts, ConnectionFacts, SaidPlan, TargetSeen } from "../../shared/ipc.ts";
import type { RunPart, RunPartEvent } from "../run/run-part.ts";
import { runPartAfter } from "../run/run-part.ts";
import type { AnswerGiven, Answers } from "./answers.ts";
import { choiceNames, presetAnswers } from "./answers.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import { isBefore, pageAfter, pageBefore } from "./page-names.ts";

/** What the checks and the plan builder answered together, and when it was heard, ms since 1970. */
export interface Assessment {
  readonly findings: readonly Finding[];
  readonly plan: SaidPlan | null;
  readonly atMs: number;
}

/** An assessment that is asked for again keeps the old one on screen. */
export interface Asked {
  /** Number of the question that is open; undefined: none. The answer to any other comes too late and is dropped. */
  readonly ticket: number | undefined;
  readonly answer: Assessment | undefined;
  readonly problem: Problem | undefined;
}

export interface WizardState {
  readonly page: PageName | "opening";
  readonly linkName: string;
  /** The servers of the link; one that is missing is completed when it is connected. */
  readonly pair: Pair;
  readonly startedFrom: Side;
  readonly estate: Estate;
  readonly answers: Answers;
  /** Who was primary when Choose Failover Type, or the first page after it that knew, was left; undefined: not left yet. */
  readonly primaryChosen: Side | undefined;
  readonly connections: readonly ConnectionFacts[];
  /** undefined: not asked yet. */
  readonly app: AppFacts | undefined;
  readonly readiness: Asked;
  readonly planning: Asked;
  readonly gate: GateState | undefined;
  /** What the watch of a forced failover's target has seen; undefined while it is not watched. */
  readonly target: TargetSeen | undefined;
  /** How often that watch was begun anew by hand. */
  readonly watchTurn: number;
  readonly run: RunPart;
  /** `stopping`: Stop was sent and is not in the journal yet. */
  readonly stop: "no" | "stopping" | Problem;
  /** Whether leaving is being asked about. */
  readonly isLeaving: boolean;
}

export type WizardEvent =
  | { readonly kind: "opened"; readonly showIntroduction: boolean }
  /** `from` is the page the button stood on: a second click of the same press does nothing. */
  | { readonly kind: "previous"; readonly from: PageName }
  /** `primary` as the page showed it; undefined: nobody says so. */
  | { readonly kind: "next"; readonly from: PageName; readonly primary?: Side | undefined }
  | { readonly kind: "wentTo"; readonly page: PageName }
  | ({ readonly kind: "answered" } & AnswerGiven)
  | { readonly kind: "connectionsRead"; readonly connections: readonly ConnectionFacts[] }
  | { readonly kind: "appRead"; readonly app: AppFacts }
  | { readonly kind: "asked"; readonly what: AskedName; readonly ticket: number }
  /** The operator has seen the refusal and wants what is now. */
  | { readonly kind: "lookedAgain" }
  | ({ readonly kind: "heard"; readonly answer: Assessment } & Answered)
  | ({ readonly kind: "notHeard"; readonly problem: Problem } & Answered)
  | { readonly kind: "gateSeen"; readonly gate: GateState }
  | { readonly kind: "targetSeen"; readonly target: TargetSeen }
  /** Nobody watches any more; `isAnew`: it begins again, and nothing seen before counts. */
  | { readonly kind: "targetUnwatched"; readonly isAnew: boolean }
  | { readonly kind: "finishPressed" }
  | RunPartEvent
  | { readonly kind: "stopPressed" }
  | { readonly kind: "stopFailed"; readonly problem: Problem }
  | { readonly kind: "leaveAsked" | "stayed" };

export type AskedName = "readiness" | "planning";

interface Answered {
  readonly what: AskedName;
  readonly ticket: number;
}

const neverAsked: Asked = { ticket: undefined, answer: undefined, problem: undefined };

export function openedOn(
  { linkName, pair }: LinkRef,
  startedFrom: Side,
  estate: Estate,
): WizardState {
  return {
    page: "opening",
    linkName,
    pair,
    startedFrom,
    estate,
    answers: presetAnswers,
    primaryChosen: undefined,
    connections: [],
    app: undefined,
    readiness: neverAsked,
    planning: neverAsked,
    gate: undefined,
    target: undefined,
    watchTurn: 0,
    run: { kind: "none" },
    stop: "no",
    isLeaving: false,
  };
}

/** Pure. An event that does not fit where the wizard is changes nothing. */
export function transition(state: WizardState, event: WizardEvent): WizardState {
  switch (event.kind) {
    case "opened":
      return opened(state, event.showIntroduction);
    case "next":
    case "previous":
    case "wentTo":
      return isUnderWay(state) ? state : moved(state, event);
    case "answered":
      return answered(state, event);
    case "connectionsRead":
      return { ...state, connections: event.connections };
    case "appRead":
      return { ...state, app: event.app };
    case "asked":
      return { ...state, [event.what]: { ...state[event.what], ticket: event.ticket } };
    case "lookedAgain":
      return afterRefusal(state);
    case "heard":
    case "notHeard":
      return state[event.what].ticket === event.ticket ? heard(state, event) : state;
    case "gateSeen":
      return state.run.kind === "followed" ? state : { ...state, gate: event.gate };
    case "targetSeen":
      return state.run.kind === "followed" ? state : { ...state, target: event.target };
    case "targetUnwatched":
      return {
        ...state,
        target: undefined,
        watchTurn: state.watchTurn + (event.isAnew ? 1 : 0),
      };
    case "leaveAsked":
      return isUnderWay(state) ? state : { ...state, isLeaving: true };
    case "stayed":
      return { ...state, isLeaving: false };
    default:
      return runPart(state, event);
  }
}

/** From Finish to the end of the run: the wizard cannot be left and its pages do not turn. */
export function isUnderWay(state: WizardState): boolean {
  const { run } = state;
  return run.kind === "starting" || (run.kind === "followed" && !run.isOver);
}

/** Something would be lost by leaving: a tick of the operator, or a plan that was made. */
export function hasDoneSomething({ answers, planning, page }: WizardState): boolean {
  if (page === "results") return false;
  const isAnswered = (["workloadStopped", ...choiceNames] as const).some(
    (name) => answers[name] !== presetAnswers[name],
  );
  return isAnswered || planning.answer !== undefined;
}

/** The plan that Finish would run: the newest one, and only while nothing newer is being made. */
export function planToRun({ planning }: WizardState): SaidPlan | undefined {
  return planning.ticket !== undefined || planning.problem !== undefined
    ? undefined
    : (planning.answer?.plan ?? undefined);
}

function heard(
  state: WizardState,
  event: Extract<WizardEvent, { kind: "heard" | "notHeard" }>,
): WizardState {
  const now: Asked =
    event.kind === "heard"
      ? { ...neverAsked, answer: event.answer }
      : { ...state[event.what], ticket: undefined, problem: event.problem };
  const isOtherPlan =
    event.what === "planning" && now.answer?.plan?.hash !== state.planning.answer?.plan?.hash;
  return { ...(isOtherPlan ? withoutName(state) : state), [event.what]: now };
}

/** What was typed under one plan confirms no other. */
function withoutName(state: WizardState): WizardState {
  return { ...state, answers: { ...state.answers, typedLinkName: "" } };
}

function opened(state: WizardState, showIntroduction: boolean): WizardState {
  if (state.page !== "opening") return state;
  return {
    ...state,
    page: showIntroduction ? "introduction" : "failoverType",
    answers: { ...state.answers, hideIntroduction: !showIntroduction },
  };
}

function moved(
  state: WizardState,
  event: Extract<WizardEvent, { kind: "next" | "previous" | "wentTo" }>,
): WizardState {
  if (state.page === "opening" || state.page === "results") return state;
  switch (event.kind) {
    case "wentTo":
      return isBefore(event.page, state.page) ? turned(state, event.page) : state;
    case "previous":
      return event.from === state.page ? turned(state, pageBefore(state.page)) : state;
    case "next":
      // Summary is left by Finish alone.
      return event.from === state.page && state.page !== "summary"
        ? turned(state, pageAfter(state.page), event.primary)
        : state;
  }
}

/** The direction is chosen by leaving its page, and open again on it. */
function turned(state: WizardState, page: PageName, primary?: Side): WizardState {
  const primaryChosen = isBefore(page, "signIn") ? undefined : (state.primaryChosen ?? primary);
  return { ...withoutName(afterRefusal(state)), page, primaryChosen };
}

/** A refusal stays in sight, whatever is planned meanwhile, until its page is left or the operator looks again. */
function afterRefusal(state: WizardState): WizardState {
  return state.run.kind === "refused" ? { ...state, run: { kind: "none" } } : state;
}

/** Another answer makes another plan: what was planned before is forgotten. */
function answered(state: WizardState, { answer, value }: AnswerGiven): WizardState {
  if (isUnderWay(state)) return state;
  const answers = { ...state.answers, [answer]: value };
  const isChoice = choiceNames.some((name) => name === answer);
  return { ...state, answers, ...(isChoice ? { planning: neverAsked } : {}) };
}

type RunEventOfWizard =
  RunPartEvent | Extract<WizardEvent, { kind: "finishPressed" | "stopPressed" | "stopFailed" }>;

function runPart(state: WizardState, event: RunEventOfWizard): WizardState {
  switch (event.kind) {
    case "finishPressed":
      return mayFinish(state) ? { ...state, run: { kind: "starting" } } : state;
    case "stopPressed":
      return isUnderWay(state) && state.stop !== "stopping"
        ? { ...state, stop: "stopping" }
        : state;
    case "stopFailed":
      return { ...state, stop: event.problem };
    default:
      return withRun(state, runPartAfter(state.run, event));
  }
}

function mayFinish(state: WizardState): boolean {
  return state.page === "summary" && !isUnderWay(state) && planToRun(state) !== undefined;
}

function withRun(state: WizardState, run: RunPart): WizardState {
  if (run === state.run) return state;
  if (run.kind !== "followed") return { ...state, run };
  return {
    ...state,
    page: run.isOver ? "results" : "executing",
    // The run reads the gate itself, and says so in its events.
    gate: undefined,
    target: undefined,
    run,
    stop: run.log.state.stopRequestedAt === null ? state.stop : "no",
    isLeaving: false,
  };
}
