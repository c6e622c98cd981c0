// What the process tells whoever started it.
import type { RunOutcome } from "../../shared/run/events.ts";

/** 0 done, 1 failed, 2 wrong usage, 3 not ready (nothing was sent), 4 unknown (read both sides). */
export const exitCodes = { done: 0, failed: 1, usage: 2, notReady: 3, unknown: 4 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A stopped run did what it was told, and not what it was started for. */
export function exitCodeOfRun(outcome: RunOutcome): ExitCode {
  switch (outcome) {
    case "succeeded":
    case "warning":
      return exitCodes.done;
    case "failed":
    case "stopped":
      return exitCodes.failed;
    case "notReady":
      return exitCodes.notReady;
    case "unknown":
      return exitCodes.unknown;
  }
}
