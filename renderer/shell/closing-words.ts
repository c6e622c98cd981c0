// What closing the window does to a run at this moment, in words. Pure.
import type { RunState } from "../../shared/run/state.ts";
import { currentStep, placeOf } from "../run/step-rows.ts";
import { stopMeaning } from "../run/stop-meaning.ts";
import { text } from "../text.ts";

/** Sentence 27 of the concept, and what becomes of the run. `title`: of the step, where nothing more is known of the run. */
export function closingWords(run: RunState, title: string): string {
  const [plan, working, meaning] = [run.started?.plan, currentStep(run), stopMeaning(run)];
  if (plan === undefined || working === undefined || meaning === undefined) {
    return text.closing.running(title, "");
  }
  const step = `Step ${String(run.steps.indexOf(working) + 1)}`;
  const { runsOn, action } = working.step;
  const now =
    action.kind === "waitForGate"
      ? text.closing.waiting(step)
      : text.closing.running(
          step,
          runsOn === "both" ? " on both sides" : ` on ${placeOf(plan, runsOn)}`,
        );
  return `${now} ${meaning.text} ${text.closing.next}`;
}
