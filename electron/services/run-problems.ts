// Why a run cannot be started, stopped or told of, in words.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { LeftRun } from "../run/conclude-runs.ts";

export function runInFlight(): Problem {
  return {
    code: "runInFlight",
    class: "wait",
    summary: "A run is in flight in this window.",
    remedy: "Wait until it has ended, or stop it.",
  };
}

export function notInFlight(): Problem {
  return {
    code: "runNotInFlight",
    class: "block",
    summary: "That run is not in flight in this window.",
    remedy: "Look at the run that is shown.",
  };
}

/** What it would rehearse has no gate; of a forced failover it is a watch, of a repair the backups and the role. */
export function noDryRun({ kind }: Plan): Problem {
  switch (kind) {
    case "forcedFailover":
      return {
        code: "noDryRunForced",
        class: "block",
        summary: "A forced failover has no dry run.",
        remedy: "Its readiness page watches the side that takes over and sends nothing.",
      };
    case "repair":
      return {
        code: "noDryRunRepair",
        class: "block",
        summary: "A repair has no dry run.",
        remedy: "Its checks read both sides twice and send nothing.",
      };
    default:
      return {
        code: "noDryRun",
        class: "block",
        summary: "Only a planned failover has a dry run.",
        remedy: "What would be sent stands in the plan.",
      };
  }
}

/** A run of the link was found without a known end: it comes first. */
export function leftBehind(left: LeftRun): Problem {
  const isOpen = left.kind === "inFlight" || left.finding.ended === undefined;
  return {
    code: "runLeftBehind",
    class: "block",
    summary: left.kind === "inFlight" ? left.because : left.finding.lookedAt.summary,
    remedy: isOpen
      ? "No new run is started before this is known. Look again."
      : "Its end is on disk now. Read both sides, and look at the plan again before a new run.",
  };
}

/** The last sentence of a run that could not be followed to its end. Its journal stays without one. */
export function runLost(error: unknown): string {
  const because =
    error instanceof AppError ? error.problem.summary : "MI Link Failover itself failed.";
  return `${because} How the run ended is not known. Start again: both sides are looked at first, and nothing is sent twice.`;
}
