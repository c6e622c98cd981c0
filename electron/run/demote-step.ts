// Makes the old primary secondary, once everything that only it holds is proved to be saved; and resumes what is suspended then.
import { AppError } from "../../shared/errors/app-error.ts";
import { otherSide, rolesWith } from "../../shared/plan/actions/action-form.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import { notAsPlanned, showRoles } from "./as-planned.ts";
import { byTsql } from "./by-tsql.ts";
import { asPlannedAndHeld, settingTimes } from "./change-steps.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import { waitUnless } from "./pacing.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { Saver } from "./save-copy-step.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";
import { areReadWrite } from "./verify-step.ts";

type Demote = Extract<Action, { readonly kind: "demote" }>;
type ResumeData = Extract<Action, { readonly kind: "resumeData" }>;

export function performDemote(
  tools: RunTools,
  step: Step,
  action: Demote,
  saver: Saver,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const own = plan[action.side].serverName;
  const what = {
    step,
    aim: demoteAim(plan, action),
    times: { ...settings, patienceMs: settings.readBackPatienceMs },
    lastCheck: () => mayBeDemoted(tools, step, action, saver),
    done: `${own} is secondary, and ${plan[otherSide(action.side)].serverName} alone is primary.`,
  };
  if (step.request === undefined) return performStatement(tools, what);
  return performRequest(tools, { ...what, instead: (problem) => byTsql(tools, what, problem) });
}

/** One primary, and it is the other side. */
export function demoteAim(plan: Plan, { side }: Pick<Demote, "side">): Aim {
  const isDone = (look: LinkLook) => showRoles(plan, rolesWith(otherSide(side)), look);
  return {
    isDone,
    isProved: isDone,
    isAsBefore: (look) => showRoles(plan, { box: "PRIMARY", instance: "PRIMARY" }, look),
  };
}

/** The lock, both roles, and then the log once more: nothing may have been written since it was saved. */
async function mayBeDemoted(
  tools: RunTools,
  step: Step,
  { side }: Demote,
  saver: Saver,
): Promise<StepResult | undefined> {
  const refusal = await asPlannedAndHeld(tools, step);
  if (refusal !== undefined) return refusal;
  const look = await tools.look();
  const survivor = otherSide(side);
  if (!areReadWrite(tools.plan.link.databases, look[survivor])) {
    return nothingSent(cannotWrite(tools.plan[survivor].serverName), seenWords(look));
  }
  try {
    const lacking = await saver.lacking(tools, side);
    if (lacking !== undefined) return nothingSent(lacking);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return nothingSent(error.problem);
  }
  return tools.stop.aborted
    ? { outcome: "stopped", summary: "Nothing was sent.", seen: [] }
    : undefined;
}

function cannotWrite(server: string) {
  return {
    code: "survivorNotWritable",
    class: "block",
    summary: `${server} does not show every database READ_WRITE. Nothing was sent.`,
    remedy: `Bring ${server} to work first, or keep the other side.`,
  } as const;
}

/** Looks in which a copy is not suspended, before it is believed: the engine may suspend it a moment after the role. */
const leastLooks = 3;

export async function resumeData(
  tools: RunTools,
  step: Step,
  action: ResumeData,
): Promise<StepResult> {
  const { plan, clock, settings, recorder } = tools;
  for (let looks = 0; looks < leastLooks; looks += 1) {
    const look = await tools.look();
    const problem = notAsPlanned(plan, step.rolesBefore, look);
    if (problem?.code === "planNoLongerFits") return nothingSent(problem);
    if (isSuspended(look, action) === true) {
      return performStatement(tools, {
        step,
        aim: resumeAim(action),
        times: settingTimes(settings),
        lastCheck: () => asPlannedAndHeld(tools, step),
        done: `Data of ${action.database} moves to ${plan[action.side].serverName} again.`,
      });
    }
    await waitUnless(clock, settings.lookEveryMs, undefined);
  }
  recorder.note({ kind: "stepBegan", stepId: step.id });
  const summary = `Nothing was sent: ${action.database} on ${plan[action.side].serverName} is not suspended.`;
  return { outcome: "skipped", summary, seen: [] };
}

export function resumeAim(action: ResumeData): Aim {
  const isDone = (look: LinkLook) => isSuspended(look, action) === false;
  return { isDone, isProved: isDone, isAsBefore: (look) => isSuspended(look, action) === true };
}

/** Undefined: this side does not say. */
function isSuspended(look: LinkLook, { side, database }: ResumeData): boolean | undefined {
  const end = look[side];
  if (end.kind !== "seen") return undefined;
  return end.facts.databases.find(({ name }) => name === database)?.isSuspended ?? undefined;
}
