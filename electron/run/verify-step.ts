// Reads back what the run was for: both roles, both health states, and the new primary's databases READ_WRITE.
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { showRoles } from "./as-planned.ts";
import { areHealthy } from "./failover-step.ts";
import type { LinkLook } from "./link-look.ts";
import { readBackOf, seenWords } from "./link-look.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type VerifyRoles = Extract<Action, { readonly kind: "verifyRoles" }>;

/** Looks every second until all of it is seen in one look, or the patience is over: then the outcome is unknown. */
export async function verifyRoles(
  tools: RunTools,
  step: Step,
  action: VerifyRoles,
): Promise<StepResult> {
  const { clock, settings, recorder } = tools;
  const beganMs = clock.nowMs();
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  for (;;) {
    const look = await tools.look();
    const seen = seenWords(look);
    const elapsedMs = clock.nowMs() - beganMs;
    if (isWorthNoting(JSON.stringify(seen))) {
      recorder.note({ kind: "stepProgress", stepId: step.id, seen, elapsedMs });
    }
    const isVerified = isReadBack(tools.plan, action, look);
    if (isVerified || elapsedMs >= settings.readBackPatienceMs) {
      recorder.note({ kind: "readBack", stepId: step.id, sides: readBackOf(look) });
      return {
        outcome: isVerified ? "succeeded" : "unknown",
        summary: words(tools, action, isVerified),
        seen,
      };
    }
    await waitUnless(clock, settings.lookEveryMs, undefined);
  }
}

/** All of it in one look. */
export function isReadBack(plan: Plan, action: VerifyRoles, look: LinkLook): boolean {
  return (
    showRoles(plan, action.roles, look) &&
    areHealthy(look) &&
    areReadWrite(plan.link.databases, look[action.readWriteOn])
  );
}

function areReadWrite(databases: readonly string[], end: LinkLook["box"]): boolean {
  return (
    end.kind === "seen" &&
    databases.length > 0 &&
    databases.every((name) =>
      end.facts.databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
    )
  );
}

function words({ plan, settings }: RunTools, action: VerifyRoles, isVerified: boolean): string {
  const { serverName } = plan[action.readWriteOn];
  return isVerified
    ? `${serverName} is primary and accepts writes, and both sides are HEALTHY.`
    : `It could not be read back within ${String(settings.readBackPatienceMs / 1000)} s that ${serverName} is primary, healthy and READ_WRITE.`;
}
