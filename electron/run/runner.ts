// The loop of a run: step after step of the plan, each begun on disk, acted, looked at and ended on disk.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { RunOutcome } from "../../shared/run/events.ts";
import { doneSentence } from "../../shared/report/done-sentence.ts";
import { nextStep } from "../../shared/run/next.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { holdLock } from "./hold-lock.ts";
import { createPerformer } from "./perform.ts";
import type { RunTools } from "./run-tools.ts";
import { windowClosed } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { noteEnd, nothingSent } from "./step-result.ts";
import { takeBack } from "./take-back.ts";

export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly summary: string;
}

/**
 * Runs the plan to its end, a stop, or the first step that does not succeed, and writes the run's end. Sends nothing twice.
 * `runStarted` must have been written. Rejects only for what is no AppError: a defect.
 */
export async function runPlan(tools: RunTools): Promise<RunEnd> {
  const { recorder, stop, lock, clock } = tools;
  const noteStop = () => {
    const isClosed = stop.reason === windowClosed;
    recorder.note({ kind: "stopRequested", ...(isClosed ? { because: windowClosed } : {}) });
  };
  if (stop.aborted) noteStop();
  else stop.addEventListener("abort", noteStop, { once: true });
  const done = new AbortController();
  const watching = lock.watch(clock, recorder.note, done.signal);
  try {
    const end = await withTakenBack(tools, await runSteps(tools));
    recorder.note({ kind: "runEnded", ...end });
    return end;
  } finally {
    stop.removeEventListener("abort", noteStop);
    done.abort();
    await watching;
  }
}

/** A run that ends before its point of no return leaves nothing changed behind: by its budget, a stop or a failure. */
async function withTakenBack(tools: RunTools, end: RunEnd): Promise<RunEnd> {
  if (end.outcome === "succeeded" || end.outcome === "warning") return end;
  const sentences = await takeBack(tools);
  return { ...end, summary: [end.summary, ...sentences].join(" ") };
}

/** What comes next is said by the events alone, as it would be for a journal that was left behind. */
async function runSteps(tools: RunTools): Promise<RunEnd> {
  const perform = createPerformer(tools);
  const results: StepResult[] = [];
  for (;;) {
    // Whether the run may do without it is said by the step that needs it.
    if (tools.lock.lost.size > 0) await holdLock(tools);
    const next = nextStep(foldEvents(tools.recorder.events));
    switch (next.kind) {
      case "run": {
        const beganMs = tools.clock.nowMs();
        results.push(noteEnd(tools, next.step, beganMs, await caught(perform, next.step)));
        break;
      }
      case "lookFirst":
        return { outcome: "unknown", summary: lastSummary(results) };
      case "ended":
        return endOf(next.outcome, results, tools);
    }
  }
}

/** A begin that could not be written: then the step was not begun. */
async function caught(
  perform: (step: Step) => Promise<StepResult>,
  step: Step,
): Promise<StepResult> {
  try {
    return await perform(step);
  } catch (error) {
    if (error instanceof AppError) return nothingSent(error.problem);
    throw error;
  }
}

function endOf(outcome: RunOutcome, results: readonly StepResult[], tools: RunTools): RunEnd {
  const { broken, events } = tools.recorder;
  switch (outcome) {
    case "succeeded":
    case "warning": {
      const warnings = results.filter((one) => one.outcome === "warning");
      const done = doneSentence(tools.plan, foldEvents(events));
      const sentences = [done, ...warnings.map((one) => one.summary)];
      return broken === undefined
        ? { outcome, summary: sentences.join(" ") }
        : { outcome: "warning", summary: [...sentences, broken.summary].join(" ") };
    }
    case "stopped":
      return results.at(-1)?.isNotReady === true
        ? { outcome: "notReady", summary: lastSummary(results) }
        : { outcome, summary: `Stopped. ${lastSummary(results)}` };
    default:
      return { outcome, summary: lastSummary(results) };
  }
}

function lastSummary(results: readonly StepResult[]): string {
  return results.at(-1)?.summary ?? "Nothing was sent.";
}
