// How the verdict of a run looks.
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
