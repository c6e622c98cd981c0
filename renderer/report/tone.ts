// How the verdict of a run looks, and what stands before it.
import type { Report } from "../../shared/report/build.ts";
import type { LossAtRisk } from "../../shared/report/loss-at-risk.ts";
import type { RunOutcome } from "../../shared/run/events.ts";
import type { VerdictTone } from "../ui/verdict-tone.ts";

export function toneOf(outcome: RunOutcome): VerdictTone {
  switch (outcome) {
    case "succeeded":
      return "ready";
    case "failed":
      return "loss";
    case "warning":
    case "unknown":
      return "attention";
    case "stopped":
    case "notReady":
      return "neutral";
  }
}

/** Loss at risk has a band of its own before the run's sentence, unless that begins with it already. */
export function lossBand({ lossAtRisk, verdict }: Report): LossAtRisk | undefined {
  return lossAtRisk === undefined || verdict.startsWith(lossAtRisk.sentence)
    ? undefined
    : lossAtRisk;
}
