// A step that asks Azure: the last checks first, then the begin on disk, the request once, and both sides and Azure looked at to its end.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { AzureLink } from "./azure-link.ts";
import type { Aim, JudgeTimes, StatementEnd } from "./judge.ts";
import { judge, noPicture, pictureAfter } from "./judge.ts";
import { azureReadBackOf, readBackOf, seenWords } from "./link-look.ts";
import { notSignedIn } from "./look-at-link.ts";
import { startOperation, stillWorking } from "./operation.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import { resultOf } from "./sent-result.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

export interface RequestStep {
  readonly step: Step;
  readonly aim: Aim;
  readonly times: JudgeTimes;
  /** Everything that must be so directly before the begin; answers why not, and then nothing is sent. */
  readonly lastCheck: () => Promise<StepResult | undefined>;
  readonly done: string;
  /** What is done in its place where Azure refuses for want of a right (403): nothing was begun then. */
  readonly instead?: (problem: Problem) => Promise<StepResult>;
}

/** Throws AppError `journalNotWritten` when the begin cannot be flushed: then nothing was sent either. */
export async function performRequest(tools: RunTools, what: RequestStep): Promise<StepResult> {
  const { request } = what.step;
  const { azure } = tools;
  if (request === undefined) throw new Error(`Step ${what.step.id} asks nothing of Azure.`);
  if (azure === undefined) return nothingSent(notSignedIn);
  const refusal = await what.lastCheck();
  if (refusal !== undefined) return refusal;
  tools.recorder.begin({ kind: "stepBegan", stepId: what.step.id, request });
  const beganMs = tools.clock.nowMs();
  return watchRequest(tools, what, { azure, request, beganMs });
}

interface Asked {
  readonly azure: AzureLink;
  readonly request: AzureRequest;
  readonly beganMs: number;
}

async function watchRequest(tools: RunTools, what: RequestStep, asked: Asked): Promise<StepResult> {
  const { clock, settings, recorder } = tools;
  const { step, aim, times } = what;
  const operation = startOperation(tools, step, asked);
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  let picture = noPicture;
  for (;;) {
    const look = await tools.lookWithAzure();
    picture = pictureAfter(picture, look, aim);
    const seen = seenWords(look);
    if (isWorthNoting(JSON.stringify(seen))) {
      const elapsedMs = clock.nowMs() - asked.beganMs;
      recorder.note({ kind: "stepProgress", stepId: step.id, seen, elapsedMs });
    }
    const { end, endedAtMs } = operation.now();
    if (end.kind === "refused" && isNotAllowed(end.problem) && what.instead !== undefined) {
      return what.instead(end.problem);
    }
    const judgement = judgedAt(tools, asked, end, () =>
      judge({ picture, end, endedAtMs, nowMs: look.atMs, activity: undefined }, times),
    );
    if (judgement.kind !== "keepLooking") {
      const readBack = { sides: readBackOf(look), ...azureReadBackOf(look) };
      recorder.note({ kind: "readBack", stepId: step.id, ...readBack });
      // Nobody waits for its answer any more, however the judgement came about.
      const known = judgement.kind === "didNotHappen" ? end : operation.giveUp(stillWorking);
      return resultOf({ end: known, judgement, look }, what.done);
    }
    await waitUnless(clock, settings.lookEveryMs, operation.settled);
  }
}

/** An operation that never ends keeps nobody waiting for ever; it is in the journal, and a later start asks again. */
function judgedAt(
  { clock, settings }: RunTools,
  { beganMs }: Asked,
  end: StatementEnd,
  judged: () => ReturnType<typeof judge>,
): ReturnType<typeof judge> {
  const judgement = judged();
  const isOver = clock.nowMs() - beganMs >= settings.operationPatienceMs;
  if (judgement.kind !== "keepLooking" || end.kind !== "running" || !isOver) return judgement;
  const minutes = String(Math.round(settings.operationPatienceMs / 60_000));
  return { kind: "cannotSay", because: `Azure has not ended the operation in ${minutes} minutes.` };
}

function isNotAllowed({ code }: Problem): boolean {
  return code === "armNotAllowed";
}
