// Asks Azure for synchronous replication on the instance's side of the link.
import type { Action, Step } from "../../shared/plan/plan.ts";
import { asPlannedAndHeld, settingTimes } from "./change-steps.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { performRequest } from "./request-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

type SetReplicationMode = Extract<Action, { readonly kind: "setReplicationMode" }>;

export function setReplicationMode(
  tools: RunTools,
  step: Step,
  action: SetReplicationMode,
): Promise<StepResult> {
  const { settings } = tools;
  return performRequest(tools, {
    step,
    aim: replicationModeAim(action),
    times: settingTimes(settings),
    lastCheck: () => asPlannedAndHeld(tools, step),
    done: `Azure shows replicationMode ${action.mode}.`,
  });
}

export function replicationModeAim(action: SetReplicationMode): Aim {
  const shows = (look: LinkLook, mode: string) =>
    look.azure?.kind === "seen" && look.azure.link?.replicationMode === mode;
  const isDone = (look: LinkLook) => shows(look, action.mode);
  return { isDone, isProved: isDone, isAsBefore: (look) => shows(look, action.previous) };
}
