// The forced failover: sent once after the last checks, done when the side that takes over shows PRIMARY. The other may be gone.
import type { Side } from "../../shared/estate/estate.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { Roles } from "./as-planned.ts";
import { notAsPlanned, showRoles } from "./as-planned.ts";
import { byTsql } from "./by-tsql.ts";
import { holdLock } from "./hold-lock.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { roleSeen, seenWords } from "./link-look.ts";
import type { TargetKeeper } from "./look-before-force-step.ts";
import { lookUntil } from "./look-until.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";
import { areReadWrite } from "./verify-step.ts";

type Force = Extract<Action, { readonly kind: "force" }>;
type VerifyForced = Extract<Action, { readonly kind: "verifyForced" }>;

export function performForce(
  tools: RunTools,
  step: Step,
  action: Force,
  target: TargetKeeper,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const { serverName } = plan[action.side];
  const what = {
    step,
    aim: forceAim(plan, action),
    times: { ...settings, patienceMs: settings.readBackPatienceMs },
    lastCheck: () => mayBeForced(tools, step, action.side),
    done: `The forced failover did happen: ${serverName} is primary.`,
  };
  if (step.request === undefined) return performStatement(tools, what);
  return performRequest(tools, {
    ...what,
    // The T-SQL watches on its own connection; Azure looks at nothing.
    lastCheck: async () => (await what.lastCheck()) ?? target.again(),
    instead: (problem) => byTsql(tools, what, problem),
  });
}

/** What the new primary shows before and after; of the old one nothing is asked. */
export function forceAim(plan: Plan, { side }: Pick<Force, "side">): Aim {
  const isDone = (look: LinkLook) => showRoles(plan, onlyOn(side, "PRIMARY"), look);
  return {
    isDone,
    isProved: (look) => isDone(look) && areReadWrite(plan.link.databases, look[side]),
    isAsBefore: (look) =>
      showRoles(plan, onlyOn(side, "SECONDARY"), look) ||
      showRoles(plan, onlyOn(side, "RESOLVING"), look),
  };
}

/** Reads only, until one look shows PRIMARY and every database READ_WRITE. */
export function verifyForced(
  tools: RunTools,
  step: Step,
  action: VerifyForced,
): Promise<StepResult> {
  const { plan } = tools;
  const { serverName } = plan[action.side];
  const other = plan[otherSide(action.side)].serverName;
  return lookUntil(tools, step, {
    look: tools.look,
    isThere: (look) => isForced(plan, action, look),
    done: `${serverName} is primary and accepts writes. ${other} still takes itself for the primary when it comes back.`,
    notSeen: `It could not be read back that ${serverName} is primary and READ_WRITE`,
  });
}

export function isForced(plan: Plan, { side, databases }: VerifyForced, look: LinkLook): boolean {
  return showRoles(plan, onlyOn(side, "PRIMARY"), look) && areReadWrite(databases, look[side]);
}

/** The lock, who is there, and its role, directly before the statement; else why nothing is sent. */
export async function mayBeForced(
  tools: RunTools,
  step: Step,
  side: Side,
): Promise<StepResult | undefined> {
  const lockProblem = await holdLock(tools);
  if (lockProblem !== undefined) return { ...nothingSent(lockProblem), outcome: "stopped" };
  const look = await tools.look();
  const problem = notAsPlanned(tools.plan, step.rolesBefore, look);
  if (problem !== undefined) return nothingSent(problem, seenWords(look));
  if (roleSeen(look[side]) === "PRIMARY") {
    return nothingSent(primaryAlready(tools.plan[side].serverName), seenWords(look));
  }
  return tools.stop.aborted
    ? { outcome: "stopped", summary: "Nothing was sent.", seen: seenWords(look) }
    : undefined;
}

function primaryAlready(server: string) {
  return {
    code: "planNoLongerFits",
    class: "block",
    summary: `The plan no longer fits: ${server} is PRIMARY already. Nothing was sent.`,
    remedy: "Read both sides; nothing is to be forced.",
  } as const;
}

function onlyOn(side: Side, role: "PRIMARY" | "SECONDARY" | "RESOLVING"): Roles {
  return side === "box" ? { box: role, instance: "unasked" } : { box: "unasked", instance: role };
}
