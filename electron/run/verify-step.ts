// Reads back what the run was for: both roles, both health states, and the new primary's databases READ_WRITE.
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { showRoles } from "./as-planned.ts";
import { areHealthy } from "./failover-step.ts";
import type { LinkLook } from "./link-look.ts";
import { lookUntil } from "./look-until.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type VerifyRoles = Extract<Action, { readonly kind: "verifyRoles" }>;

/**
 * Looks every second until all of it is seen in two looks running, or the patience is over: then the outcome is unknown. A look
 * is several queries, and the first that shows the new roles may hold what was true just before, such as the commit mode.
 */
export function verifyRoles(tools: RunTools, step: Step, action: VerifyRoles): Promise<StepResult> {
  const { plan } = tools;
  const { serverName } = plan[action.readWriteOn];
  let wasThere = false;
  return lookUntil(tools, step, {
    // Azure tells the mode in which it replicates from now on; it is no condition of the proof.
    look: tools.azure === undefined ? tools.look : tools.lookWithAzure,
    isThere: (look) => {
      const isThere = isReadBack(plan, action, look);
      const isConfirmed = isThere && wasThere;
      wasThere = isThere;
      return isConfirmed;
    },
    done: `${serverName} is primary and accepts writes, and both sides are HEALTHY.`,
    notSeen: `It could not be read back that ${serverName} is primary, healthy and READ_WRITE`,
  });
}

/** All of it in one look. */
export function isReadBack(plan: Plan, action: VerifyRoles, look: LinkLook): boolean {
  return (
    showRoles(plan, action.roles, look) &&
    areHealthy(look) &&
    areReadWrite(plan.link.databases, look[action.readWriteOn])
  );
}

export function areReadWrite(databases: readonly string[], end: LinkLook["box"]): boolean {
  return (
    end.kind === "seen" &&
    databases.length > 0 &&
    databases.every((name) =>
      end.facts.databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
    )
  );
}
