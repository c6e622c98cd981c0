// One batch for one server of a plan, as the whole-plan scripts send it: under the lock of the link, which it gives back.
import type { Role, Side } from "../estate/estate.ts";
import { lockOf } from "../plan/planned-server.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { GuardedPlace } from "../sql/guard.ts";
import { releaseLockLines, takeLockLines } from "../sql/script-batch.ts";

/** A batch for one server. */
export interface Sent {
  readonly side: Side;
  readonly batch: string;
}

/** T-SQL that changes something. `then`: what a failure means. */
export type Change = {
  readonly kind: "change";
  readonly then: "stop" | "warn" | "unknown";
} & Sent;

export function change(plan: Plan, step: Step, then: Change["then"]): Change {
  const side = step.runsOn === "instance" ? "instance" : "box";
  return { kind: "change", then, side, batch: locked(plan, side, step.statement ?? "") };
}

/** The plan's own batch under the lock of the link, which this session gives back at its end. */
export function locked(plan: Plan, side: Side, statement: string): string {
  const groupId = lockOf(plan, side);
  return [
    "SET NOCOUNT ON;",
    ...takeLockLines(groupId),
    statement,
    ...releaseLockLines(groupId),
  ].join("\n");
}

/** What is sent in place of a request that Azure refuses for want of a right. Throws Error where the plan has nothing. */
export function insteadOf(plan: Plan, { id, instead }: Step): Sent {
  if (instead === undefined) throw new Error(`Step ${id} has nothing to send instead.`);
  return { side: instead.runsOn, batch: locked(plan, instead.runsOn, instead.statement) };
}

export function placeOf(plan: Plan, side: Side, roles: readonly Role[]): GuardedPlace {
  return { side, server: plan[side], link: plan.link, roles };
}
