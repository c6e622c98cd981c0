// What a run that ended before its point of no return took back, and what it did not, with how.
import type { RunState } from "../run/state.ts";
import type { Undone } from "../run/step-state.ts";

export interface TakenBack {
  readonly outcome: Undone["outcome"];
  readonly sentence: string;
}

export function takenBack({ steps }: RunState): readonly TakenBack[] {
  return steps.flatMap(({ step, undone }) => {
    if (undone === undefined) return [];
    const { outcome, summary } = undone;
    const notOnRecord = `It was begun to take "${step.title}" back; how that ended is not on record.`;
    return [{ outcome, sentence: outcome === "begun" ? notOnRecord : summary }];
  });
}
