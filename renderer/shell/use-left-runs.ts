// Runs that an earlier start left without an end: looked at once both sides can be asked.
import { useEffect, useState } from "react";
import type { LeftRunFacts } from "../../shared/ipc.ts";
import { ask } from "../api.ts";

/** `connected` changes with the connections: a run is asked for again when another side can tell of it. */
export function useLeftRuns(connected: string): readonly LeftRunFacts[] {
  const [left, setLeft] = useState<readonly LeftRunFacts[]>([]);
  useEffect(() => {
    void ask("run.left", {}).then((answer) => {
      if (answer.ok) setLeft(answer.value);
    });
  }, [connected]);
  return left;
}
