// What both sides show of a step that was begun by a process that is gone, looked at until it is clear or the patience is over.
import type { Side } from "../../shared/estate/estate.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { RunState } from "../../shared/run/state.ts";
import type { StatementConnection } from "../../shared/run/step-state.ts";
import type { OperationProgress } from "../azure/operation-progress.ts";
import { lostAnswer } from "../sql/failure.ts";
import { changeAim } from "./change-steps.ts";
import type { Clock } from "./clock.ts";
import { failoverAim } from "./failover-step.ts";
import { demoteAim, resumeAim } from "./demote-step.ts";
import { forceAim, isForced } from "./force-step.ts";
import type { Aim, Judgement, JudgeTimes } from "./judge.ts";
import { judge, noPicture, pictureAfter } from "./judge.ts";
import { instanceAim, leftoverAim } from "./leftover-steps.ts";
import type { LinkLook } from "./link-look.ts";
import { waitUnless } from "./pacing.ts";
import { restoreAim } from "./restore-step.ts";
import type { SessionActivity } from "./session-activity.ts";
import { removalAim } from "./remove-link-step.ts";
import { replicationModeAim } from "./replication-mode-step.ts";
import { isRemoved } from "./verify-removed-step.ts";
import { isReadBack } from "./verify-step.ts";

export interface ResumeTools {
  readonly clock: Clock;
  /** Never rejects. */
  readonly look: () => Promise<LinkLook>;
  /** The same with the link in Azure; `unseen` where nobody is signed in. Never rejects. */
  readonly lookWithAzure: () => Promise<LinkLook>;
  /** Asks once how an operation stands; undefined where Azure cannot be asked. Never rejects. */
  readonly poll: (operation: OperationState) => Promise<OperationProgress | undefined>;
  readonly activity: (connection: StatementConnection) => Promise<SessionActivity>;
}

export interface Concluded {
  readonly conclusion: "happened" | "didNotHappen" | "stillRunning" | "cannotSay";
  readonly because?: string;
  readonly look: LinkLook;
}

const lookEveryMs = 1_000;

/** Old roles for 10 s, with nothing of the statement left on the server: it did not happen. */
const times: JudgeTimes = {
  patienceMs: 30_000,
  steadyAfterLostMs: 10_000,
  steadyAfterRefusalMs: 10_000,
  steadyWithoutAnswerMs: 0,
};

/** The step that was begun, and the connection that carried its statement. */
export interface OpenStep {
  readonly step: Step;
  readonly connection: StatementConnection | undefined;
  /** What Azure took for it. */
  readonly operation: OperationState | undefined;
}

/** A step that sent nothing is concluded by one look; a statement is judged by what both sides show again and again. */
export async function conclude(
  plan: Plan,
  state: RunState,
  open: OpenStep | undefined,
  tools: ResumeTools,
): Promise<Concluded> {
  if (open === undefined) {
    const isDone = movesNoRole(plan) ? isLastDone(state) : isMoveDone(state);
    return { conclusion: isDone ? "happened" : "didNotHappen", look: await tools.look() };
  }
  const { action, rolesBefore } = open.step;
  switch (action.kind) {
    case "failover":
      if (open.connection === undefined && open.step.request !== undefined) {
        return askedOfAzure(open, tools, (look) => failoverAim(asSeen(plan, look), rolesBefore));
      }
      return lookUntilClear(open, tools, (look) => failoverAim(asSeen(plan, look), rolesBefore));
    case "force":
      if (open.connection === undefined && open.step.request !== undefined) {
        return askedOfAzure(open, tools, (look) => forceAim(asSeen(plan, look), action));
      }
      return lookUntilClear(open, tools, (look) => forceAim(asSeen(plan, look), action));
    case "demote":
      if (open.connection === undefined && open.step.request !== undefined) {
        return askedOfAzure(open, tools, (look) => demoteAim(asSeen(plan, look), action));
      }
      return lookUntilClear(open, tools, (look) => demoteAim(asSeen(plan, look), action));
    case "resumeData":
      return lookUntilClear(open, tools, () => resumeAim(action));
    case "verifyForced": {
      const look = await tools.look();
      const isDone = isForced(asSeen(plan, look), action, look);
      return { conclusion: isDone ? "happened" : "didNotHappen", look };
    }
    case "removeLink":
      return askedOfAzure(open, tools, (look) => removalAim(asSeen(plan, look), open.step));
    case "verifyAlone": {
      const look = await tools.lookWithAzure();
      const isDone = removalAim(asSeen(plan, look), open.step).isDone(look);
      return { conclusion: isDone ? "happened" : "didNotHappen", look };
    }
    case "setReplicationMode":
      return askedOfAzure(open, tools, () => replicationModeAim(action));
    case "allowSecondaryConnections":
    case "setCommitMode":
    case "dropDistributedGroup":
    case "dropGroup":
    case "setReadOnly":
      return lookUntilClear(open, tools, () => changeAim(action));
    case "dropEndpoint":
    case "dropCertificate":
    case "turnOffTraceFlag":
      return lookUntilClear(open, tools, () => leftoverAim(action));
    case "removeTrustCertificate":
    case "setHybridUsage":
      return askedOfAzure(open, tools, () => instanceAim(action));
    case "verifyRemoved": {
      const look = await tools.lookWithAzure();
      const isDone = isRemoved(asSeen(plan, look), action, look);
      return { conclusion: isDone ? "happened" : "didNotHappen", look };
    }
    case "verifyRoles": {
      const look = await tools.look();
      const isDone = isReadBack(asSeen(plan, look), action, look);
      return { conclusion: isDone ? "happened" : "didNotHappen", look };
    }
    case "restoreCopy":
      return lookUntilClear(open, tools, () => restoreAim(action));
    case "saveCopy":
      return stillSaving(open, tools);
    case "verifyRestored":
    case "waitForNoWriters":
    case "waitForFullBackup":
    case "lookBeforeForce":
    case "lookAtOldCopy":
    case "checkMigration":
    case "waitForGate":
      return { conclusion: "didNotHappen", look: await tools.look() };
  }
}

/** Whether the step that moves the database ended well before the process died. */
export function isMoveDone(state: RunState): boolean {
  return state.steps.some(
    ({ step, outcome }) =>
      isMove(step.action) && (outcome === "succeeded" || outcome === "warning"),
  );
}

/** Such a run is left as far as it came: no role says how it ended. */
export function movesNoRole({ move }: Plan): boolean {
  return move === "none" || move === "restore";
}

/** Whether what was begun last had come to its end when the process died. */
function isLastDone(state: RunState): boolean {
  const last = state.steps.findLast(({ phase }) => phase.kind !== "notBegun");
  return last?.outcome === "succeeded" || last?.outcome === "warning";
}

/** FAILOVER, planned or forced, the DELETE in its place, or the role that is given up. */
export function isMove(action: Action): boolean {
  return (
    action.kind === "failover" ||
    action.kind === "force" ||
    action.kind === "demote" ||
    (action.kind === "removeLink" &&
      (action.onlyWhile === "gateIsOpen" || action.onlyWhile === "nothingArrives"))
  );
}

async function lookUntilClear(
  open: OpenStep,
  tools: ResumeTools,
  aimFor: (look: LinkLook) => Aim,
): Promise<Concluded> {
  const { clock } = tools;
  const endedAtMs = clock.nowMs();
  const end = { kind: "lost", problem: lostAnswer("the server", "") } as const;
  let picture = noPicture;
  for (;;) {
    const look = await tools.look();
    const aim = aimFor(look);
    // Which side is primary now is what is asked; the health may have changed for any reason since.
    picture = pictureAfter(picture, look, { ...aim, isProved: aim.isDone });
    const activity = await activityOf(open, tools);
    const judgement = judge({ picture, end, endedAtMs, nowMs: clock.nowMs(), activity }, times);
    if (judgement.kind !== "keepLooking") return concluded(judgement, activity, look);
    await waitUnless(clock, lookEveryMs, undefined);
  }
}

/** A request: what Azure says of its operation counts as the answer, and the link and both sides as the proof. */
async function askedOfAzure(
  open: OpenStep,
  tools: ResumeTools,
  aimFor: (look: LinkLook) => Aim,
): Promise<Concluded> {
  const progress = open.operation === undefined ? undefined : await tools.poll(open.operation);
  const look = await tools.lookWithAzure();
  const aim = aimFor(look);
  if (aim.isDone(look)) return { conclusion: "happened", look };
  switch (progress?.kind) {
    case "running":
      return { conclusion: "stillRunning", because: "Azure still works on it.", look };
    case "failed":
      return aim.isAsBefore(look)
        ? { conclusion: "didNotHappen", look }
        : { conclusion: "cannotSay", because: progress.problem.summary, look };
    default:
      return {
        conclusion: "cannotSay",
        because: "whether Azure carried it out is not seen. Sign in to Azure and look again.",
        look,
      };
  }
}

/** A backup changes no copy: whether there is one does not matter to the next repair, unless it still runs. */
async function stillSaving(open: OpenStep, tools: ResumeTools): Promise<Concluded> {
  const look = await tools.look();
  const activity = await activityOf(open, tools);
  return activity === "working"
    ? { conclusion: "stillRunning", because: "The backup still runs.", look }
    : { conclusion: "didNotHappen", because: notReliedOn, look };
}

const notReliedOn = "What it has written of its backup is not relied on: a new run makes its own.";

/** A begin that does not say which connection carried it leaves nothing to look for. */
async function activityOf({ connection }: OpenStep, tools: ResumeTools): Promise<SessionActivity> {
  return connection === undefined ? "notAllowed" : tools.activity(connection);
}

function concluded(
  judgement: Exclude<Judgement, { readonly kind: "keepLooking" }>,
  activity: SessionActivity,
  look: LinkLook,
): Concluded {
  if (judgement.kind !== "cannotSay") return { conclusion: judgement.kind, look };
  return activity === "working"
    ? { conclusion: "stillRunning", look }
    : { conclusion: "cannotSay", because: judgement.because, look };
}

/** An update of a server after the run must not keep its end unknown for ever: the version is taken as it is now. */
function asSeen(plan: Plan, look: LinkLook): Plan {
  const server = (side: Side) => {
    const end = look[side];
    const { productVersion } = end.kind === "seen" ? end.facts.server : plan[side];
    return { ...plan[side], productVersion };
  };
  return { ...plan, box: server("box"), instance: server("instance") };
}
