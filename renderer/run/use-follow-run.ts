// Keeps a window's run up to date: events as they come, and what was missed by asking for it.
import { useEffect } from "react";
import { ask, useApiEvent } from "../api.ts";
import type { RunPart, RunTold } from "./run-part.ts";

/** Also asks this often: a run whose process ended says nothing any more. */
const askEveryMs = 5000;

export function useFollowRun(run: RunPart, tell: (event: RunTold) => void): void {
  const isFollowing = run.kind === "followed" && !run.isOver;
  const after = run.kind === "followed" ? run.log.lastSequence : 0;
  const isBehind = run.kind === "followed" && (run.log.hasGap || after === 0);

  useApiEvent("run.event", (event) => {
    tell({ kind: "runSaid", event });
  });
  useEffect(() => {
    if (isFollowing && isBehind) void follow(after, tell);
  }, [isFollowing, isBehind, after, tell]);
  useEffect(() => {
    if (!isFollowing) return undefined;
    const timer = setInterval(() => {
      void follow(after, tell);
    }, askEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, [isFollowing, after, tell]);
}

async function follow(afterSequence: number, tell: (event: RunTold) => void): Promise<void> {
  const answer = await ask("run.follow", { afterSequence });
  if (!answer.ok || answer.value.runId === null) return;
  const { runId, isRunning, events } = answer.value;
  tell({ kind: "runFollowed", runId, isRunning, events });
}
