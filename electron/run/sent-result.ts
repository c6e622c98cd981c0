// The result of a step that sent something, from how it ended and what both sides showed.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Sent } from "./send-statement.ts";
import type { LinkLook } from "./link-look.ts";
import { seenWords } from "./link-look.ts";
import type { StepResult } from "./step-result.ts";

/** `done`: the sentence of what happened. */
export function resultOf({ end, judgement, look }: Sent, done: string): StepResult {
  const seen = seenWords(look);
  const problem = end.kind === "refused" || end.kind === "lost" ? end.problem : undefined;
  const base = { seen, ...(problem === undefined ? {} : { problem }) };
  switch (judgement.kind) {
    case "happened":
      return problem === undefined
        ? { ...base, outcome: "succeeded", summary: done }
        : { ...base, outcome: "warning", summary: `${done} ${problem.summary}` };
    case "didNotHappen":
      return { ...base, outcome: "failed", summary: didNotHappen(problem, look) };
    case "cannotSay":
      return {
        ...base,
        outcome: "unknown",
        summary: `${judgement.because} ${problem?.summary ?? ""}`.trim(),
      };
  }
}

function didNotHappen(problem: Problem | undefined, look: LinkLook): string {
  const shown = seenWords(look)
    .map((one) => one.what)
    .join(". ");
  return `It did not happen, and it is not sent again: ${problem?.summary ?? ""} ${shown}.`;
}
