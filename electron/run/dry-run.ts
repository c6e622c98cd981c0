// A run without its changes: the plan made again, both sides, the gate and every guard asked, and nothing sent that changes anything.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { onlyReads } from "../../shared/plan/plan.ts";
import type { DryRun, DryStep, Probe } from "../../shared/run/dry-run.ts";
import { guardPart } from "../../shared/sql/guard.ts";
import type { SqlSession } from "../sql/session.ts";
import { notAsPlanned } from "./as-planned.ts";
import type { Clock } from "./clock.ts";
import type { LinkLook } from "./link-look.ts";
import type { Planning } from "./make-plan.ts";
import { noLongerFits } from "./no-longer-fits.ts";
import { waitUnless } from "./pacing.ts";
import { gateSeen } from "./wait-at-gate.ts";

export interface DryRunTools {
  readonly sessions: Readonly<Record<Side, SqlSession>>;
  readonly clock: Clock;
  readonly planAgain: () => Promise<Pick<Planning, "findings" | "approved">>;
  readonly look: () => Promise<LinkLook>;
  readonly readGate: (previous: GateState | undefined) => Promise<GateState>;
}

/** How long the gate is watched, ms: long enough for one that holds to open. */
const gatePatienceMs = 30_000;

/** Takes no lock: somebody else's run is not in its way, and it is not in theirs. Throws AppError where a side is lost. */
export async function dryRun(
  { plan, hash }: { readonly plan: Plan; readonly hash: string },
  tools: DryRunTools,
): Promise<DryRun> {
  const again = await tools.planAgain();
  const look = await tools.look();
  const refusal =
    again.approved?.hash === hash ? null : noLongerFits(plan, again.findings, look).summary;
  const gate = await watchGate(tools);
  const steps: DryStep[] = [];
  for (const step of plan.steps) {
    steps.push({ stepId: step.id, probe: await probeOf(plan, step, look, tools) });
  }
  return { planHash: hash, refusal, findings: again.findings, gate: gateSeen(gate), steps };
}

async function watchGate({ clock, readGate }: DryRunTools): Promise<GateState> {
  const untilMs = clock.nowMs() + gatePatienceMs;
  let state = await readGate(undefined);
  while (state.verdict.kind === "shut" && clock.nowMs() < untilMs) {
    await waitUnless(clock, 1_000, undefined);
    state = await readGate(state);
  }
  return state;
}

async function probeOf(
  plan: Plan,
  step: Step,
  look: LinkLook,
  { sessions }: DryRunTools,
): Promise<Probe> {
  if (onlyReads(step)) return { kind: "readsOnly" };
  const { statement, runsOn } = step;
  if (statement === undefined || (runsOn !== "box" && runsOn !== "instance")) {
    return { kind: "notTried" };
  }
  // The first steps find the roles as they are; the others find them as the move leaves them.
  if (notAsPlanned(plan, step.rolesBefore, look) !== undefined) return { kind: "later" };
  try {
    await sessions[runsOn].read(guardPart(statement));
    return { kind: "held" };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { detail, summary } = error.problem;
    return { kind: "refused", summary: detail ?? summary };
  }
}
