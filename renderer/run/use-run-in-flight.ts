// Asked once when the window opens: the run in flight or the last one of this application, so that a reloaded window comes back to it.
import { useEffect, useState } from "react";
import type { RequestOutput } from "../../shared/ipc.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { ask } from "../api.ts";

export interface RunToComeBackTo {
  readonly runId: string;
  readonly linkName: string;
  readonly isRunning: boolean;
}

/** Undefined before the answer and where there is none. */
export function useRunInFlight(): RunToComeBackTo | undefined {
  const [run, setRun] = useState<RunToComeBackTo>();
  useEffect(() => {
    void ask("run.follow", { afterSequence: 0 }).then((answer) => {
      if (answer.ok) setRun(runToComeBackTo(answer.value));
    });
  }, []);
  return run;
}

function runToComeBackTo(answer: RequestOutput<"run.follow">): RunToComeBackTo | undefined {
  const { started } = foldEvents(answer.events);
  if (answer.runId === null || started === undefined) return undefined;
  return {
    runId: answer.runId,
    linkName: started.plan.link.name,
    isRunning: answer.isRunning,
  };
}
