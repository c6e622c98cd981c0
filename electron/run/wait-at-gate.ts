// The gate: readings every second until it opens, the operator stops, the time is over or the plan no longer fits.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { OwnPosition } from "../../shared/gate/reading.ts";
import type { GateSeen, SeenPosition } from "../../shared/run/events.ts";
import { notAsPlanned } from "./as-planned.ts";
import { holdLock } from "./hold-lock.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

export interface GateWait {
  readonly result: StepResult;
  /** The last state, for the reading directly before the failover. */
  readonly state: GateState | undefined;
}

/** Nothing is in flight here, so a stop ends the wait at once. `gate` is an earlier state to go on from. */
export async function waitAtGate(
  tools: RunTools,
  step: Step,
  giveUpSeconds: number | null,
  gate?: GateState,
): Promise<GateWait> {
  const { clock, stop, settings } = tools;
  const beganMs = clock.nowMs();
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  let state = gate;
  for (;;) {
    if (stop.aborted)
      return ended(state, "stopped", "It was asked for while waiting, and nothing was sent.");
    const lockProblem = tools.lock.lost.size > 0 ? await holdLock(tools) : undefined;
    if (lockProblem !== undefined) return ended(state, "stopped", lockProblem.summary, lockProblem);
    const next = await readUnlessStopped(tools, state);
    if (next === undefined) continue;
    state = next;
    if (state.verdict.kind === "open") return ended(state, "succeeded", state.sentence);
    if (isWorthNoting(state.sentence)) noteProgress(tools, step, state, beganMs);
    if (state.verdict.because === "rolesMoved") {
      const problem = await planMoved(tools, step);
      if (problem !== undefined) return ended(state, "failed", problem.summary, problem);
    }
    const waitedSeconds = (clock.nowMs() - beganMs) / 1000;
    if (giveUpSeconds !== null && waitedSeconds >= giveUpSeconds) {
      const summary = `Not ready after ${String(Math.round(giveUpSeconds))} s, and nothing was sent. ${state.sentence}`;
      const wait = ended(state, "stopped", summary);
      return { ...wait, result: { ...wait.result, isNotReady: true } };
    }
    await waitUnless(clock, settings.lookEveryMs, stop);
  }
}

/** The gate's state as the journal keeps it. */
export function gateSeen(state: GateState): GateSeen {
  return {
    verdict: state.verdict.kind,
    ...(state.verdict.kind === "open" ? { by: state.verdict.by } : {}),
    sentence: state.sentence,
    heldSince: state.heldSinceMs === null ? null : new Date(state.heldSinceMs).toISOString(),
    positions: state.last.databases.map(({ database, primary, secondary }) => ({
      database,
      primary: seenPosition(primary),
      secondary: seenPosition(secondary),
    })),
  };
}

function seenPosition(own: OwnPosition | "noRow"): SeenPosition {
  if (own === "noRow") return { lastCommitLsn: null, endOfLogLsn: null, lastHardenedLsn: null };
  const { lastCommitLsn, endOfLogLsn, lastHardenedLsn } = own;
  return { lastCommitLsn, endOfLogLsn, lastHardenedLsn };
}

/** A server that does not answer must not keep a stop waiting. */
async function readUnlessStopped(
  tools: RunTools,
  state: GateState | undefined,
): Promise<GateState | undefined> {
  try {
    return await tools.readGate(state, tools.stop);
  } catch (error) {
    if (tools.stop.aborted) return undefined;
    throw error;
  }
}

function noteProgress(tools: RunTools, step: Step, state: GateState, beganMs: number): void {
  tools.recorder.note({
    kind: "stepProgress",
    stepId: step.id,
    seen: [{ where: "both", what: state.sentence }],
    elapsedMs: tools.clock.nowMs() - beganMs,
    gate: gateSeen(state),
  });
}

/** The gate says that a role or a server is not as planned: looked at once more, so that the sentence can say which. */
async function planMoved(tools: RunTools, step: Step): Promise<Problem | undefined> {
  const problem = notAsPlanned(tools.plan, step.rolesBefore, await tools.look());
  return problem?.code === "planNoLongerFits" ? problem : undefined;
}

function ended(
  state: GateState | undefined,
  outcome: StepResult["outcome"],
  summary: string,
  problem?: Problem,
): GateWait {
  return {
    state,
    result: {
      outcome,
      summary,
      seen: state === undefined ? [] : [{ where: "both", what: state.sentence }],
      ...(state === undefined ? {} : { gate: gateSeen(state) }),
      ...(problem === undefined ? {} : { problem }),
    },
  };
}
