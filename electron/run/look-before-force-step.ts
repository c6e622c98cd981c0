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

/** One per run: it carries what was seen from the look to the request that no batch guards. */
export interface TargetKeeper {
  /** The step. Its begin must have been written. Goes on while what has arrived is worked through, unless that was accepted. */
  look(step: Step, action: LookBeforeForce): Promise<StepResult>;
  /** One more reading directly before a request to Azure; answers why nothing is sent. */
  again(): Promise<StepResult | undefined>;
}

export function createTargetKeeper(tools: RunTools): TargetKeeper {
  let watch: TargetWatch | undefined;
  let looked: LookBeforeForce | undefined;
  const read = async (): Promise<TargetWatch | StepResult> => {
    try {
      watch = watchAfter(watch, await tools.readTarget());
      return watch;
    } catch (error) {
      // Silence of the side that is to take over proves nothing of the other one.
      if (error instanceof AppError) return nothingSent(error.problem);
      throw error;
    }
  };
  return {
    look(step, action) {
      looked = action;
      return lookBeforeForce(tools, { step, action, read });
    },
    async again() {
      // A plan without the look is never built; if one were, it must not be sent.
      if (looked === undefined) return nothingSent(noLook);
      const now = await read();
      if ("outcome" in now) return now;
      const verdict = verdictOf(now);
      const ended = endedBy(verdict, now, looked, namesOf(tools, looked));
      return ended === undefined || ended.outcome === "succeeded"
        ? undefined
        : { ...ended, seen: [] };
    },
  };
}

interface Looking {
  readonly step: Step;
  readonly action: LookBeforeForce;
  readonly read: () => Promise<TargetWatch | StepResult>;
}

async function lookBeforeForce(
  tools: RunTools,
  { step, action, read }: Looking,
): Promise<StepResult> {
  const { clock, recorder, settings, stop } = tools;
  const names = namesOf(tools, action);
  const beganMs = clock.nowMs();
  for (;;) {
    if (stop.aborted) return { outcome: "stopped", summary: "Nothing was sent.", seen: [] };
    const watch = await read();
    if ("outcome" in watch) return watch;
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

const noLook = {
  code: "noLook",
  class: "fatal",
  summary: "This plan forces without a look before it. Nothing was sent.",
  remedy: "Make a new plan.",
} as const;

function refused(summary: string): Omit<StepResult, "seen"> {
  return nothingSent({
    code: "notForced",
    class: "block",
    summary: `${summary} Nothing was sent.`,
    remedy: "Read both sides; choose a planned failover where both answer.",
  });
}
