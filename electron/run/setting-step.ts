// Lets SQL Server's copy be read after it became secondary, as SSMS does in its last task.
import type { Plan, Step } from "../../shared/plan/plan.ts";
import { notAsPlanned, showRoles } from "./as-planned.ts";
import type { Roles } from "./as-planned.ts";
import { holdLock } from "./hold-lock.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import type { RunTools } from "./run-tools.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

export function allowSecondaryConnections(tools: RunTools, step: Step): Promise<StepResult> {
  const { plan, settings } = tools;
  return performStatement(tools, {
    step,
    aim: settingAim(plan, step.rolesBefore),
    times: {
      patienceMs: settings.settingPatienceMs,
      steadyAfterLostMs: settings.steadyAfterRefusalMs,
      steadyAfterRefusalMs: settings.steadyAfterRefusalMs,
      steadyWithoutAnswerMs: settings.steadyWithoutAnswerMs,
    },
    async lastCheck() {
      const lockProblem = await holdLock(tools);
      if (lockProblem !== undefined) return nothingSent(lockProblem);
      const look = await tools.look();
      const problem = notAsPlanned(plan, step.rolesBefore, look);
      return problem === undefined ? undefined : nothingSent(problem, seenWords(look));
    },
    done: `The copy on ${plan.box.serverName} can be read.`,
  });
}

export function settingAim(plan: Plan, roles: Roles): Aim {
  const canBeRead = (look: LinkLook) =>
    look.box.kind === "seen" && look.box.facts.secondaryRoleAllowConnections === "ALL";
  return {
    isDone: canBeRead,
    isProved: canBeRead,
    isAsBefore: (look) => showRoles(plan, roles, look) && !canBeRead(look),
  };
}
