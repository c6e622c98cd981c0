// The FAILOVER: sent only while the gate is open in a reading taken directly before, and done when both roles have changed.
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Roles } from "./as-planned.ts";
import { notAsPlanned, showRoles } from "./as-planned.ts";
import { byTsql } from "./by-tsql.ts";
import { holdLock } from "./hold-lock.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords, sides } from "./link-look.ts";
import type { RunTools } from "./run-tools.ts";
import { performRequest } from "./request-step.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

/** The gate as the runner keeps it between the waiting and the sending. */
export interface GateKeeper {
  /** One more reading; true when the gate is open in it. */
  readAgain(): Promise<boolean>;
  /** Back to waiting, as the gate's own step. Answers undefined once it is open again. */
  waitAgain(): Promise<StepResult | undefined>;
}

export function performFailover(
  tools: RunTools,
  step: Step,
  action: Extract<Action, { readonly kind: "failover" }>,
  gate: GateKeeper,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const newPrimary = plan[otherSide(action.primary)].serverName;
  const what = {
    step,
    aim: failoverAim(plan, step.rolesBefore),
    times: { ...settings, patienceMs: settings.readBackPatienceMs },
    lastCheck: () => gateIsStillOpen(tools, step, gate),
    done: `The failover did happen: ${newPrimary} is primary.`,
  };
  if (step.request === undefined) return performStatement(tools, what);
  return performRequest(tools, {
    ...what,
    ...(step.instead === undefined ? {} : { instead: (problem) => byTsql(tools, what, problem) }),
  });
}

/** What both sides show before and after a planned failover that started from these roles. */
export function failoverAim(plan: Plan, before: Roles): Aim {
  const after: Roles = { box: before.instance, instance: before.box };
  return {
    isDone: (look) => showRoles(plan, after, look),
    isProved: (look) => showRoles(plan, after, look) && areHealthy(look),
    isAsBefore: (look) => showRoles(plan, before, look),
  };
}

export function areHealthy(look: LinkLook): boolean {
  return sides.every((side) => {
    const end = look[side];
    return end.kind === "seen" && end.facts.synchronizationHealth === "HEALTHY";
  });
}

/** The lock, the roles and the gate, directly before something that cannot be undone; else why nothing is sent. */
export async function gateIsStillOpen(
  tools: RunTools,
  step: Step,
  gate: GateKeeper,
): Promise<StepResult | undefined> {
  for (;;) {
    const lockProblem = await holdLock(tools);
    if (lockProblem !== undefined) return { ...nothingSent(lockProblem), outcome: "stopped" };
    const look = await tools.look();
    const problem = notAsPlanned(tools.plan, step.rolesBefore, look);
    if (problem !== undefined) return nothingSent(problem, seenWords(look));
    if (tools.stop.aborted) {
      return { outcome: "stopped", summary: "Nothing was sent.", seen: seenWords(look) };
    }
    if (await gate.readAgain()) return undefined;
    const ended = await gate.waitAgain();
    if (ended !== undefined) return ended;
  }
}
