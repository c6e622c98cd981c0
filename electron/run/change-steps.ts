// The steps that change one thing by one statement: what shows that it is done, and that it is as before.
import { holdLock } from "./hold-lock.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import { notAsPlanned } from "./as-planned.ts";
import type { Aim, JudgeTimes } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import { waitUnless } from "./pacing.ts";
import type { RunSettings, RunTools } from "./run-tools.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type Change = Extract<
  Action,
  {
    kind:
      | "allowSecondaryConnections"
      | "setCommitMode"
      | "dropDistributedGroup"
      | "dropGroup"
      | "setReadOnly";
  }
>;

export function isChange(action: Action): action is Change {
  return (
    action.kind === "allowSecondaryConnections" ||
    action.kind === "setCommitMode" ||
    action.kind === "dropDistributedGroup" ||
    action.kind === "dropGroup" ||
    action.kind === "setReadOnly"
  );
}

export function performChange(tools: RunTools, step: Step, action: Change): Promise<StepResult> {
  const { settings } = tools;
  return performStatement(tools, {
    step,
    aim: changeAim(action),
    times: settingTimes(settings),
    async lastCheck() {
      if (action.kind === "dropDistributedGroup") await partnerGone(tools);
      return asPlannedAndHeld(tools, step);
    },
    done: doneWords(tools, action),
  });
}

/** A setting is there at once or not at all: nothing that moves roles is waited for. */
export function settingTimes(settings: RunSettings): JudgeTimes {
  const { settingPatienceMs, steadyAfterRefusalMs, steadyWithoutAnswerMs } = settings;
  return {
    patienceMs: settingPatienceMs,
    steadyAfterLostMs: steadyAfterRefusalMs,
    steadyAfterRefusalMs,
    steadyWithoutAnswerMs,
  };
}

/**
 * SQL Server notices that its partner is gone only after the session's time-out, and the guard drops no group that still
 * shows CONNECTED. Ends without a word when the patience is over: the guard then says why.
 */
async function partnerGone({ clock, settings, look }: RunTools): Promise<void> {
  const untilMs = clock.nowMs() + settings.readBackPatienceMs;
  while (clock.nowMs() < untilMs) {
    const { box } = await look();
    if (box.kind === "seen" && box.facts.connectedState !== "CONNECTED") return;
    await waitUnless(clock, settings.lookEveryMs, undefined);
  }
}

/** The lock is held and both sides are as the step expects them; else why nothing is sent. */
export async function asPlannedAndHeld(
  tools: RunTools,
  step: Step,
): Promise<StepResult | undefined> {
  const lockProblem = await holdLock(tools);
  if (lockProblem !== undefined) return nothingSent(lockProblem);
  const look = await tools.look();
  const problem = notAsPlanned(tools.plan, step.rolesBefore, look);
  return problem === undefined ? undefined : nothingSent(problem, seenWords(look));
}

/** All five are seen on SQL Server alone; a look that does not show it, or may not, proves neither. */
export function changeAim(action: Change): Aim {
  const shows = (look: LinkLook): boolean | undefined =>
    look.box.kind === "seen" ? isShown(action, look.box.facts) : undefined;
  const isDone = (look: LinkLook) => shows(look) === true;
  return { isDone, isProved: isDone, isAsBefore: (look) => shows(look) === false };
}

type Facts = Extract<LinkLook["box"], { kind: "seen" }>["facts"];

/** Undefined: this login may not see it. */
function isShown(action: Change, facts: Facts): boolean | undefined {
  if (facts.role.kind === "notAllowed") return undefined;
  switch (action.kind) {
    case "allowSecondaryConnections":
      return facts.secondaryRoleAllowConnections === "ALL";
    case "setCommitMode":
      return action.modes.every(
        ({ replica }) => facts.commitModes[replica] === "SYNCHRONOUS_COMMIT",
      );
    case "dropDistributedGroup":
    case "dropGroup":
      return facts.groupNames === null ? undefined : !facts.groupNames.includes(action.group);
    case "setReadOnly":
      return facts.databases.some(
        ({ name, updateability }) => name === action.database && updateability === "READ_ONLY",
      );
  }
}

function doneWords({ plan }: RunTools, action: Change): string {
  const { serverName } = plan.box;
  switch (action.kind) {
    case "allowSecondaryConnections":
      return `The copy on ${serverName} can be read.`;
    case "setCommitMode":
      return `${serverName} commits synchronously. Synchronous commit over a distance slows the primary.`;
    case "dropDistributedGroup":
      return `The distributed availability group ${action.group} is gone from ${serverName}.`;
    case "dropGroup":
      return `The availability group ${action.group} is gone from ${serverName}.`;
    case "setReadOnly":
      return `${action.database} on ${serverName} is READ_ONLY.`;
  }
}
