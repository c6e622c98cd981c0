// Follows the run that is shown: events as they come, and what was missed by asking for it.
import { useCallback, useEffect, useState } from "react";
import { ask, useApiEvent } from "../api.ts";
import type { RunLog } from "./run-log.ts";
import { emptyRunLog, withEvent, withMissed } from "./run-log.ts";

/** Also asks this often: a run whose process ended says nothing any more. */
const askEveryMs = 5000;

/** `runId` undefined: nothing is followed yet. `isOver` also where the run was lost without an end. */
export function useRunLog(runId: string | undefined): {
  readonly log: RunLog;
  readonly isOver: boolean;
} {
  const [log, setLog] = useState(emptyRunLog);
  const [isOver, setIsOver] = useState(false);
  const follow = useCallback(async () => {
    const answer = await ask("run.follow", { afterSequence: 0 });
    if (!answer.ok || answer.value.runId !== runId) return;
    const { events, isRunning } = answer.value;
    setLog((known) => withMissed(known, events));
    if (!isRunning) setIsOver(true);
  }, [runId]);
  useApiEvent("run.event", (event) => {
    if (runId === undefined) return;
    setLog((known) => withEvent(known, event));
    if (event.kind === "runEnded") setIsOver(true);
  });
  const isFollowing = runId !== undefined && !isOver;
  const { hasGap } = log;
  useEffect(() => {
    if (!isFollowing) return undefined;
    const soon = setTimeout(() => void follow(), 0);
    const timer = setInterval(() => void follow(), askEveryMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [isFollowing, hasGap, follow]);
  return { log, isOver };
}
