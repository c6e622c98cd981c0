// The one sentence of the wizard's live region: what a screen reader hears when it changes. Never a number that ticks.
import { currentStep, stepRows } from "../run/step-rows.ts";
import type { StepRow } from "../run/step-rows.ts";
import { text } from "../text.ts";
import { forcedSides, isForced } from "./forced-type.ts";
import type { LinkFacts } from "./link-facts.ts";
import { pulseFacts } from "./pulse-facts.ts";
import { targetFacts } from "./target-facts.ts";
import type { WizardState } from "./wizard-state.ts";

/** `now` only decides whether a role is too old to be told. */
export function announcement(state: WizardState, facts: LinkFacts, now: number): string {
  const { run } = state;
  if (run.kind === "starting") return startingWords(state);
  if (run.kind !== "followed") {
    return [pulseFacts(state, facts, now).sentence, watchSentence(state, facts)].join(" ").trim();
  }
  const { ended } = run.log.state;
  if (ended !== undefined) return ended.summary;
  const rows = stepRows(run.log.state, 0);
  const done = rows.findLast(({ status }) => status !== "notStarted" && !works(status));
  const working = currentStep(run.log.state);
  const current = rows.find(({ id }) => id === working?.step.id);
  return [
    done === undefined ? "" : `Step ${String(done.number)}: ${text.run.status[done.status]}.`,
    current === undefined
      ? ""
      : `Step ${String(current.number)} of ${String(rows.length)}, ${current.title}: ${text.run.status[current.status]}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** While the run is about to begin. */
export function startingWords(state: WizardState): string {
  return isForced(state)
    ? "The side that takes over is locked and read again."
    : "Both sides are locked and read again.";
}

/** While the target of a forced failover is watched. */
function watchSentence(state: WizardState, facts: LinkFacts): string {
  if (!isForced(state) || state.target === undefined) return "";
  return targetFacts(state.target, forcedSides(facts, state.startedFrom)).sentence;
}

function works(status: StepRow["status"]): boolean {
  return status === "running" || status === "waiting" || status === "takingBack";
}
