// The run of a window of its own: started by its plan's hash, followed to its end.
import { useEffect, useReducer, useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import { ask } from "../api.ts";
import type { RunPart, RunPartEvent } from "../run/run-part.ts";
import { runPartAfter } from "../run/run-part.ts";
import { useFollowRun } from "../run/use-follow-run.ts";

export interface TaskRun {
  readonly run: RunPart;
  readonly isUnderWay: boolean;
  /** Why Stop could not be asked for. */
  readonly stopProblem: Problem | undefined;
  readonly start: (planHash: string, typedLinkName?: string) => void;
  readonly stop: () => void;
}

type Event = RunPartEvent | { readonly kind: "startPressed" };

/** `isComingBack`: the page was loaded anew while the run was shown; it is asked for again. */
export function useTaskRun(isComingBack: boolean): TaskRun {
  const [run, tell] = useReducer(after, { kind: isComingBack ? "starting" : "none" });
  const [stopProblem, setStopProblem] = useState<Problem>();
  useEffect(() => {
    if (!isComingBack) return;
    void ask("run.follow", { afterSequence: 0 }).then((answer) => {
      if (!answer.ok || answer.value.runId === null) return;
      const { runId, isRunning, events } = answer.value;
      tell({ kind: "runFollowed", runId, isRunning, events });
    });
  }, [isComingBack]);
  useFollowRun(run, tell);

  const isUnderWay = run.kind === "starting" || (run.kind === "followed" && !run.isOver);
  const start = async (planHash: string, typedLinkName?: string) => {
    if (isUnderWay) return;
    tell({ kind: "startPressed" });
    const named = typedLinkName === undefined ? {} : { typedLinkName };
    const answer = await ask("run.start", { planHash, ...named });
    tell(
      answer.ok
        ? { kind: "runBegan", runId: answer.value.runId }
        : { kind: "runRefused", problem: answer.error },
    );
  };
  const stop = async () => {
    if (run.kind !== "followed" || run.isOver) return;
    const answer = await ask("run.stop", { runId: run.runId });
    setStopProblem(answer.ok ? undefined : answer.error);
  };
  return {
    run,
    isUnderWay,
    stopProblem,
    start: (planHash, typedLinkName) => void start(planHash, typedLinkName),
    stop: () => void stop(),
  };
}

function after(run: RunPart, event: Event): RunPart {
  return event.kind === "startPressed" ? { kind: "starting" } : runPartAfter(run, event);
}
