// Looks at the old primary's copy after the move: what was written there meanwhile is on no other server.
import { AppError } from "../../shared/errors/app-error.ts";
import type { WritingSession } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import { compareLsn, isKnownLsn } from "../../shared/sql/lsn.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { OldCopy } from "../estate/read-old-copy.ts";
import { waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type LookAtOldCopy = Extract<Action, { readonly kind: "lookAtOldCopy" }>;
type Positions = Readonly<Record<string, string | null>>;

const lookEveryMs = 1_000;

/** `gate`: its last reading, directly before the DELETE that moved the database. */
export async function lookAtOldCopy(
  tools: RunTools,
  step: Step,
  action: LookAtOldCopy,
  gate: GateState | undefined,
): Promise<StepResult> {
  const { clock, recorder } = tools;
  recorder.begin({ kind: "stepBegan", stepId: step.id });
  let before = action.since === "gate" ? positionsOf(gate) : undefined;
  const endMs = clock.nowMs() + action.seconds * 1000;
  const writers = new Map<string, WritingSession>();
  let copy: OldCopy | undefined;
  try {
    do {
      copy = await tools.readOldCopy(action.side);
      before ??= Object.fromEntries(copy.databases.map((one) => [one.name, one.lastCommitLsn]));
      for (const one of copy.writers) if (one.origin !== "system") writers.set(nameOf(one), one);
      await waitUnless(clock, lookEveryMs, undefined);
    } while (clock.nowMs() < endMs);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return nothingSent(error.problem);
  }
  return judged(tools, action, { copy, before, writers: [...writers.keys()] });
}

interface Looked {
  readonly copy: OldCopy;
  readonly before: Positions;
  readonly writers: readonly string[];
}

function judged(
  { plan }: RunTools,
  { side, databases }: LookAtOldCopy,
  { copy, before, writers }: Looked,
): StepResult {
  const { serverName } = plan[side];
  const moved = copy.databases.filter(({ name, lastCommitLsn }) =>
    hasMoved(before[name] ?? null, lastCommitLsn),
  );
  const restoring = copy.databases.filter(({ state }) => state === "RESTORING");
  const seen = [{ where: side, what: visibleText(copyWords(serverName, copy)) }] as const;
  if (moved.length > 0 || writers.length > 0) {
    // A transaction shorter than the second between two looks is met by chance alone.
    const who =
      writers.length > 0
        ? `by ${listOf(writers)}`
        : "by whom is not known: no transaction was open at any look";
    const where = moved.length > 0 ? moved.map(({ name }) => name) : databases;
    const summary = visibleText(
      `Loss at risk: ${listOf(where)} on ${serverName} was written after the move, ${who}. It is on no other server. Nothing more is dropped.`,
    );
    return { outcome: "failed", summary, seen, problem: lossAtRisk(summary, serverName) };
  }
  if (restoring.length > 0) {
    const names = listOf(restoring.map(({ name }) => name));
    return {
      outcome: "warning",
      summary: `${names} on ${serverName} is RESTORING. It is left so: whether it is recovered is for you to decide.`,
      seen,
    };
  }
  const unknown = copy.databases.filter(
    ({ name, lastCommitLsn }) => !isKnownLsn(before[name] ?? null) || !isKnownLsn(lastCommitLsn),
  );
  if (unknown.length > 0) {
    const names = listOf(unknown.map(({ name }) => name));
    return {
      outcome: "warning",
      summary: `No session writes to ${names} on ${serverName}; its log position is not told, so nothing more is proved.`,
      seen,
    };
  }
  return {
    outcome: "succeeded",
    summary: `Nothing was written to ${listOf(databases)} on ${serverName} after the move.`,
    seen,
  };
}

function hasMoved(before: string | null, now: string | null): boolean {
  return isKnownLsn(before) && isKnownLsn(now) && compareLsn(now, before) > 0;
}

function positionsOf(gate: GateState | undefined): Positions | undefined {
  if (gate === undefined) return undefined;
  return Object.fromEntries(
    gate.last.databases.map(({ database, primary }) => [
      database,
      primary === "noRow" ? null : primary.lastCommitLsn,
    ]),
  );
}

function nameOf({ session, transactionId }: WritingSession): string {
  if (session === undefined) return `transaction ${transactionId} without a session`;
  const { sessionId, login, host, program } = session;
  const from = [host, program].filter((one) => one !== null).join(", ");
  return `session ${String(sessionId)} (${login}${from === "" ? "" : `, ${from}`})`;
}

function copyWords(serverName: string, { databases }: OldCopy): string {
  const states = databases.map(
    ({ name, state, lastCommitLsn }) =>
      `${name} ${state ?? "not shown"}, last commit ${lastCommitLsn ?? "not told"}`,
  );
  return `${serverName}: ${states.join("; ")}`;
}

function lossAtRisk(summary: string, serverName: string) {
  return {
    code: "lossAtRisk",
    class: "block",
    summary,
    remedy: `Stop the applications that still write to ${serverName}, save what they wrote, and bring it over by hand.`,
  } as const;
}
