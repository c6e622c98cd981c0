// What a run that ended before its point of no return took back, and what it did not, with how.
import type { RunState } from "../run/state.ts";

export function takenBack({ steps }: RunState): readonly string[] {
  return steps.flatMap(({ step, undone }) => {
    if (undone === undefined) return [];
    return undone.outcome === "begun"
      ? [`It was begun to take "${step.title}" back; how that ended is not on record.`]
      : [undone.summary];
  });
}
