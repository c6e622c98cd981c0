// Takes back what a run has changed, newest first, when it ends before its point of no return.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import { isPastReturnWith } from "../../shared/plan/point-of-no-return.ts";
import type { RunState } from "../../shared/run/state.ts";
import { foldEvents } from "../../shared/run/state.ts";
import type { StepState } from "../../shared/run/step-state.ts";
import { holdLock } from "./hold-lock.ts";
import { changeAim, isChange } from "./change-steps.ts";
import { waitUnless } from "./pacing.ts";
import { replicationModeAim } from "./replication-mode-step.ts";
import { startOperation } from "./operation.ts";
import type { LinkLook } from "./link-look.ts";
import type { RunTools } from "./run-tools.ts";

/** Whether something was sent that cannot be called back: from then on nothing is undone. */
export function isPastReturn(state: RunState): boolean {
  return state.steps.some(({ step, phase }) => phase.kind !== "notBegun" && isPastReturnWith(step));
}

/** The sentences of what was taken back and what was not; empty where there was nothing to take back. */
export async function takeBack(tools: RunTools): Promise<readonly string[]> {
  const state = foldEvents(tools.recorder.events);
  if (isPastReturn(state)) return [];
  const steps = [...state.steps].reverse().filter(isToTakeBack);
  const sentences: string[] = [];
  for (const { step } of steps) {
    const problem = await holdLock(tools);
    if (problem !== undefined) sentences.push(notTakenBack(step, problem.summary).summary);
    else if (!(await isSeenAsBefore(tools, step, 0)))
      sentences.push(await takeBackStep(tools, step));
  }
  return sentences;
}

/** Also a step whose end is not known or that only warned: setting a mode back that was never set changes nothing. */
function isToTakeBack({ step, phase, outcome }: StepState): boolean {
  return step.takeBack !== undefined && phase.kind !== "notBegun" && outcome !== "failed";
}

async function takeBackStep(tools: RunTools, step: Step): Promise<string> {
  const { recorder } = tools;
  recorder.note({ kind: "undoBegan", stepId: step.id, ...step.takeBack });
  const ended = await sent(tools, step);
  recorder.note({ kind: "undoEnded", stepId: step.id, ...ended });
  return ended.summary;
}

interface Ended {
  readonly outcome: "succeeded" | "failed" | "unknown";
  readonly summary: string;
}

async function sent(tools: RunTools, step: Step): Promise<Ended> {
  try {
    const problem = await send(tools, step);
    if (problem !== undefined) return notTakenBack(step, problem);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Where nobody knows what was done, looking tells; every other class says that nothing was.
    if (error.problem.class !== "ambiguous") return notTakenBack(step, error.problem.summary);
  }
  return (await isSeenAsBefore(tools, step, tools.settings.settingPatienceMs))
    ? { outcome: "succeeded", summary: `Taken back and read back: ${step.title}.` }
    : { outcome: "unknown", summary: `Taken back, but it was not seen: ${step.title}.` };
}

/** Answers why it did not happen, where Azure says so; throws AppError for a statement. */
async function send(tools: RunTools, step: Step): Promise<string | undefined> {
  const { takeBack } = step;
  if (takeBack === undefined) return undefined;
  if ("statement" in takeBack) {
    const session = await tools.openPinned("box");
    try {
      await session.execute(takeBack.statement);
      return undefined;
    } finally {
      await session.close();
    }
  }
  const { azure, clock } = tools;
  if (azure === undefined) return "Nobody is signed in to Azure.";
  const asked = { azure, request: takeBack.request, beganMs: clock.nowMs() };
  const operation = startOperation({ ...tools, recorder: quiet(tools) }, step, asked);
  const untilMs = clock.nowMs() + tools.settings.readBackPatienceMs;
  while (operation.now().end.kind === "running" && clock.nowMs() < untilMs) {
    await waitUnless(clock, tools.settings.lookEveryMs, operation.settled);
  }
  const { end } = operation.now();
  if (end.kind === "running") return "Azure has not ended it in time.";
  return end.kind === "returned" ? undefined : end.problem.summary;
}

/** The step's own answer stays as it was: the taking back has events of its own. */
function quiet({ recorder }: RunTools): RunTools["recorder"] {
  return { ...recorder, note: () => undefined };
}

async function isSeenAsBefore(
  tools: RunTools,
  { action }: Step,
  patienceMs: number,
): Promise<boolean> {
  const isAsBefore = asBefore(action);
  const untilMs = tools.clock.nowMs() + patienceMs;
  do {
    if (isAsBefore(await tools.lookWithAzure())) return true;
    if (tools.clock.nowMs() >= untilMs) return false;
    await waitUnless(tools.clock, tools.settings.lookEveryMs, undefined);
  } while (tools.clock.nowMs() <= untilMs);
  return false;
}

function asBefore(action: Step["action"]): (look: LinkLook) => boolean {
  if (action.kind === "setReplicationMode") return replicationModeAim(action).isAsBefore;
  return isChange(action) ? changeAim(action).isAsBefore : () => true;
}

function notTakenBack(step: Step, because: string): Ended {
  const how = step.undo.kind === "undoable" ? ` ${step.undo.how}` : "";
  return { outcome: "failed", summary: `Not taken back: ${step.title}. ${because}${how}` };
}
