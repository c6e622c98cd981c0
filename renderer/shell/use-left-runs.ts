// Runs that an earlier start left without an end: looked at once both sides can be asked.
import { useEffect, useState } from "react";
import type { ConnectionFacts, LeftRunFacts } from "../../shared/ipc.ts";
import { ask } from "../api.ts";

/**
 * Asked for again when a connection changes, since another side can tell of a run then, and with `runId`: what was told before a
 * run of this window may not be so after it.
 */
export function useLeftRuns(
  connections: readonly ConnectionFacts[],
  runId: string | undefined,
): readonly LeftRunFacts[] {
  const [left, setLeft] = useState<readonly LeftRunFacts[]>([]);
  useEffect(() => {
    void ask("run.left", {}).then((answer) => {
      if (answer.ok) setLeft(answer.value);
    });
  }, [connections, runId]);
  return left;
}
