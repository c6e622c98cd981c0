// The last look before a forced failover: the secondary read second by second, and what it says decides whether the run goes on.
import { AppError } from "../../shared/errors/app-error.ts";
import { suspensionsOf, verdictOf, watchAfter } from "../../shared/forced/watch.ts";
import type { TargetWatch, WatchVerdict } from "../../shared/forced/watch.ts";
import { aliveSentence, workingSentence } from "../../shared/forced/words.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import type { Seen } from "../../shared/run/events.ts";
import { waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type LookBeforeForce = Extract<Action, { readonly kind: "lookBeforeForce" }>;

/** Its begin must have been written. Goes on while what has arrived is worked through, unless that was accepted. */
export async function lookBeforeForce(
  tools: RunTools,
  step: Step,
  action: LookBeforeForce,
): Promise<StepResult> {
  const { clock, recorder, settings, stop } = tools;
  const names = namesOf(tools, action);
  const beganMs = clock.nowMs();
  let watch: TargetWatch | undefined;
  for (;;) {
    if (stop.aborted) return { outcome: "stopped", summary: "Nothing was sent.", seen: [] };
    try {
      watch = watchAfter(watch, await tools.readTarget());
    } catch (error) {
      // Silence of the side that is to take over proves nothing of the other one.
      if (error instanceof AppError) return nothingSent(error.problem);
      throw error;
    }
    const verdict = verdictOf(watch);
    const seen: readonly Seen[] = [{ where: action.side, what: words(verdict, names) }];
    recorder.note({
      kind: "stepProgress",
      stepId: step.id,
      seen,
      elapsedMs: clock.nowMs() - beganMs,
    });
    const ended = endedBy(verdict, watch, action, names);
    if (ended !== undefined) return { ...ended, seen };
    await waitUnless(clock, settings.lookEveryMs, stop);
  }
}

interface Names {
  readonly own: string;
  readonly other: string;
}

function namesOf({ plan }: RunTools, { side }: LookBeforeForce): Names {
  return { own: plan[side].serverName, other: plan[otherSide(side)].serverName };
}

/** How the step ends with this verdict; undefined: it goes on looking. */
function endedBy(
  verdict: WatchVerdict,
  { last }: TargetWatch,
  { despite }: LookBeforeForce,
  names: Names,
): Omit<StepResult, "seen"> | undefined {
  const suspended = suspensionsOf(last, names.own);
  if (suspended.length > 0 && !despite.includes("suspended")) {
    return refused(`${suspended.join(" ")} It was not when this was approved.`);
  }
  switch (verdict.kind) {
    case "watching":
      return undefined;
    case "refused":
      return refused(verdict.because);
    case "alive":
      return despite.includes("alive")
        ? { outcome: "succeeded", summary: `${aliveSentence(names)} That was accepted.` }
        : refused(`${aliveSentence(names)} (${verdict.signs.join(", ")}.)`);
    case "working":
      return despite.includes("working")
        ? { outcome: "succeeded", summary: `${workingSentence(names)} That was accepted.` }
        : undefined;
    case "quiet":
      return {
        outcome: "succeeded",
        summary: `Nothing arrives on ${names.own}, and it is not connected.`,
      };
  }
}

function words(verdict: WatchVerdict, names: Names): string {
  switch (verdict.kind) {
    case "watching":
      return `${names.own} is read for ${String(verdict.secondsLeft)} s more`;
    case "refused":
      return verdict.because;
    case "alive":
      return `${names.other}: ${verdict.signs.join(", ")}`;
    case "working":
      return workingSentence(names);
    case "quiet":
      return `Nothing arrives on ${names.own}`;
  }
}

function refused(summary: string): Omit<StepResult, "seen"> {
  return nothingSent({
    code: "notForced",
    class: "block",
    summary: `${summary} Nothing was sent.`,
    remedy: "Read both sides; choose a planned failover where both answer.",
  });
}
