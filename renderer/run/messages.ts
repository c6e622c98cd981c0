// The events of a run as lines: when, where and what, for *Statement and messages*.
import type { Plan, Step } from "../../shared/plan/plan.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { placeOf } from "./step-rows.ts";

export interface Message {
  readonly sequence: number;
  /** `22:20:57.412`, UTC. */
  readonly time: string;
  readonly where: string;
  readonly what: string;
}

/** Oldest first. Progress that repeats itself, but for a number that ticks, is told once. */
export function messagesOf(plan: Plan, events: readonly RunEvent[]): readonly Message[] {
  const lines = events.flatMap((event, index) =>
    said(plan, event, () => placeSent(plan, events.slice(0, index), event)).map(
      ({ where, what }) => ({
        sequence: event.sequence,
        time: event.at.slice(11, 23),
        where: placeOf(plan, where),
        what: visibleText(what),
      }),
    ),
  );
  const last = new Map<string, string>();
  return lines.filter(({ where, what }) => {
    const words = what.replaceAll(/\d+/gu, "0");
    const isNew = last.get(where) !== words;
    last.set(where, words);
    return isNew;
  });
}

interface Said {
  readonly where: Step["runsOn"];
  readonly what: string;
}

/** Where the step's newest statement or request went: one that Azure refuses may be followed by a statement on a server. */
function placeSent(plan: Plan, before: readonly RunEvent[], event: RunEvent): Step["runsOn"] {
  const stepId = "stepId" in event ? event.stepId : null;
  const began = before.findLast((one) => one.kind === "stepBegan" && one.stepId === stepId);
  if (began?.kind === "stepBegan" && began.connection !== undefined) return began.connection.side;
  return plan.steps.find(({ id }) => id === stepId)?.runsOn ?? "both";
}

function said(plan: Plan, event: RunEvent, sentTo: () => Step["runsOn"]): readonly Said[] {
  switch (event.kind) {
    case "runStarted":
      return [{ where: "both", what: `Run ${event.runId} started by ${event.operator}.` }];
    case "lockTaken":
      return [{ where: event.side, what: "Locked for this run." }];
    case "lockNotTaken":
      return [{ where: event.side, what: `Not locked: ${event.because}` }];
    case "lockLost":
      return [{ where: event.side, what: `The lock is gone: ${event.because}` }];
    case "stepBegan":
      return began(plan, event);
    case "operationAccepted":
      return [at(plan, event.stepId, "Azure has accepted it and works on it.")];
    case "undoBegan":
      return [at(plan, event.stepId, "Being taken back.")];
    case "undoEnded":
      return [at(plan, event.stepId, event.summary)];
    case "statementReturned":
      return [returned(sentTo())];
    case "statementFailed":
    case "answerLost":
      return [{ where: sentTo(), what: event.problem.detail ?? event.problem.summary }];
    case "stepProgress":
      return event.seen;
    case "readBack":
      return [];
    case "stepEnded":
    case "lookedAt":
      return [...event.seen, { where: "both", what: event.summary }];
    case "stopRequested":
      return [{ where: "both", what: "Stop was asked for." }];
    case "runEnded":
      return [{ where: "both", what: event.summary }];
  }
}

/** The guarded batch is long and stands in Summary and report; here its title says which one was sent. */
function began(
  plan: Plan,
  event: Extract<RunEvent, { readonly kind: "stepBegan" }>,
): readonly Said[] {
  const title = plan.steps.find(({ id }) => id === event.stepId)?.title ?? event.stepId;
  const session =
    event.connection === undefined ? "" : ` (session ${String(event.connection.sessionId)})`;
  const sent =
    event.statement !== undefined
      ? `statement handed over${session}`
      : event.request === undefined
        ? "begun"
        : "request handed to Azure";
  const said = at(plan, event.stepId, `${title}: ${sent}.`);
  return [event.connection === undefined ? said : { ...said, where: event.connection.side }];
}

function returned(where: Step["runsOn"]): Said {
  const what =
    where === "azure"
      ? "The operation ended without error."
      : "The statement returned without error.";
  return { where, what };
}

function at(plan: Plan, stepId: string, what: string): Said {
  return { where: plan.steps.find(({ id }) => id === stepId)?.runsOn ?? "both", what };
}
