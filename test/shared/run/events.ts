// One event of every kind, and runs made of them, for the tests of fold, next step, parser and report.
import type { Problem } from "../../../shared/errors/app-error.ts";
import type { RunEventBody, StepOutcome } from "../../../shared/run/events.ts";
import { runStarted, sideAfter } from "../../scenarios/finished-run.ts";
import { plannedLinkAndServers } from "../plan/planned.ts";

export const { plan } = plannedLinkAndServers();
export const [gateStep, failoverStep, verifyStep, readableStep] = [
  "1-wait-for-gate",
  "2-failover",
  "3-verify-roles",
  "4-allow-secondary-connections",
] as const;

export const started: RunEventBody = runStarted(plan);

export const lost: Problem = {
  code: "answerLost",
  class: "ambiguous",
  summary: "The answer of SQLBOX01 was not received.",
  detail: "Connection lost - read ECONNRESET",
  remedy: "The statement is not sent again: both sides are read first.",
};

export function began(stepId: string): RunEventBody {
  const statement = plan.steps.find((step) => step.id === stepId)?.statement;
  return {
    kind: "stepBegan",
    stepId,
    ...(statement === undefined
      ? {}
      : {
          statement,
          connection: { side: "box", sessionId: 61, loginTime: "2026-11-21T22:00:03.120" },
        }),
  };
}

export function ended(stepId: string, outcome: StepOutcome = "succeeded"): RunEventBody {
  return {
    kind: "stepEnded",
    stepId,
    outcome,
    summary: `${stepId} ${outcome}`,
    seen: [],
    elapsedMs: 1_000,
  };
}

export function lookedAt(
  stepId: string,
  conclusion: Extract<RunEventBody, { kind: "lookedAt" }>["conclusion"],
): RunEventBody {
  return { kind: "lookedAt", stepId, conclusion, summary: `looked: ${conclusion}`, seen: [] };
}

/** A begun and ended step each, in order. */
export function done(...stepIds: readonly string[]): readonly RunEventBody[] {
  return stepIds.flatMap((stepId) => [began(stepId), ended(stepId)]);
}

/** A kind without an entry does not compile. */
export const oneOfEach: {
  readonly [K in RunEventBody["kind"]]: Extract<RunEventBody, { kind: K }>;
} = {
  runStarted: runStarted(plan, [
    {
      check: "health",
      level: "passed",
      blocks: false,
      where: "box",
      server: "SQLBOX01",
      summary: "The link is HEALTHY on SQLBOX01.",
      remedy: "",
    },
  ]),
  lockTaken: { kind: "lockTaken", side: "box" },
  lockNotTaken: { kind: "lockNotTaken", side: "instance", because: "it does not answer" },
  lockLost: { kind: "lockLost", side: "box", because: "its connection broke" },
  stepBegan: {
    kind: "stepBegan",
    stepId: failoverStep,
    statement: "EXEC (N'x');",
    connection: { side: "box", sessionId: 61, loginTime: "2026-11-21T22:00:03.120" },
  },
  operationAccepted: {
    kind: "operationAccepted",
    stepId: failoverStep,
    operation: {
      tenantId: "t",
      link: "the link",
      tells: "location",
      pollPath: "/operations/1",
    },
  },
  undoBegan: { kind: "undoBegan", stepId: failoverStep, statement: "EXEC (N'y');" },
  undoEnded: {
    kind: "undoEnded",
    stepId: failoverStep,
    outcome: "unknown",
    summary: "Taken back, but it was not seen.",
  },
  statementFailed: { kind: "statementFailed", stepId: failoverStep, problem: lost },
  readBack: {
    kind: "readBack",
    stepId: verifyStep,
    sides: {
      box: { kind: "unreadable", because: "it does not answer" },
      instance: sideAfter(plan, "instance"),
    },
  },
  statementReturned: { kind: "statementReturned", stepId: failoverStep, elapsedMs: 3_210 },
  answerLost: { kind: "answerLost", stepId: failoverStep, problem: { ...lost, sqlNumber: 41149 } },
  stepProgress: {
    kind: "stepProgress",
    stepId: gateStep,
    seen: [{ where: "both", what: "2 sessions are still writing" }],
    elapsedMs: 5_000,
    gate: {
      verdict: "shut",
      sentence: "Not ready yet: 2 sessions are still writing on SQLBOX01.",
      heldSince: null,
      positions: [],
    },
  },
  stepEnded: {
    kind: "stepEnded",
    stepId: gateStep,
    outcome: "succeeded",
    summary: "Ready",
    seen: [{ where: "box", what: "x" }],
    elapsedMs: 9_000,
    problem: lost,
    gate: {
      verdict: "open",
      by: "fallback",
      sentence: "Ready.",
      heldSince: "2026-11-21T20:00:11.000Z",
      positions: [
        {
          database: "Adatum",
          primary: { lastCommitLsn: "71000009408100004", endOfLogLsn: null, lastHardenedLsn: null },
          secondary: {
            lastCommitLsn: null,
            endOfLogLsn: "71000009408100001",
            lastHardenedLsn: "71000009408200001",
          },
        },
      ],
    },
  },
  stopRequested: { kind: "stopRequested" },
  lookedAt: {
    kind: "lookedAt",
    stepId: null,
    conclusion: "cannotSay",
    summary: "It cannot be said yet: sqlmi1 does not answer.",
    seen: [{ where: "instance", what: "no answer" }],
  },
  runEnded: { kind: "runEnded", outcome: "notReady", summary: "Not ready after 300 s." },
};
