// Ready to fail over: folds readings into a verdict. Contract (types); the fold is gateAfter.
import type { GateSettings } from "../choices/choices.ts";
import { lookAt } from "./look.ts";
import type { GateLook } from "./look.ts";
import { advance, nothingHeld, rememberedFrom } from "./memory.ts";
import { obstacleIn } from "./obstacle.ts";
import type { GateQuestion } from "./question.ts";
import type { GateReading } from "./reading.ts";
import { gateSentence } from "./sentence.ts";

export type GateVerdict =
  /** Proved: `by` says how. The FAILOVER may be sent. */
  | { readonly kind: "open"; readonly by: "commitLsn" | "fallback" | "tick" }
  | { readonly kind: "shut"; readonly because: GateReason };

/**
 * Why the gate is shut, the first that applies in this order; but a secondary that is behind with empty queues while the primary
 * keeps moving without a writing session is `systemTaskWrites`, since that is what keeps it behind.
 */
export type GateReason =
  | "cannotRead"
  | "rolesMoved"
  | "readingTooSpread"
  | "notAllowedToSee"
  | "noRow"
  | "suspended"
  | "notConnected"
  | "writing"
  | "behind"
  | "commitLsnNotKnown"
  | "systemTaskWrites"
  | "holdingStill";

/** What the fold keeps between readings. */
export interface GateMemory {
  /** The last reading that counted: what the next one is compared with to see what moved. */
  readonly counted: GateReading | null;
  /** (1), (2) and (3) of *Ready to fail over*, the primary's last commit unmoved. */
  readonly commit: Hold | null;
  /** The fallback's values beside (2) and (3), every position unmoved. */
  readonly fallback: Hold | null;
  /** (2) and (3) alone: what the tick needs. */
  readonly tick: Hold | null;
  readonly primaryUnmovedSinceMs: number;
  /** Moves of the primary's positions that no writing session explains. */
  readonly unexplainedMoves: Moves | null;
  /** Since when only waiting is left: last commit not known, behind with empty queues, or moved by a system task. */
  readonly waitingSinceMs: number | null;
}

/** Moves that follow each other closely. */
export interface Moves {
  readonly sinceMs: number;
  readonly lastMs: number;
  readonly count: number;
}

/** A way of opening that has held since a reading, and how many readings it has. */
export interface Hold {
  readonly sinceMs: number;
  readonly readings: number;
}

export interface GateState {
  readonly verdict: GateVerdict;
  /** One sentence for the operator: what is, and what it needs. */
  readonly sentence: string;
  /** Seconds the present way of opening has held, and has to hold. */
  readonly heldSeconds: number;
  readonly neededSeconds: number;
  /** Since when (ms since 1970) it held without a break; null while it does not. */
  readonly heldSinceMs: number | null;
  /** True when the operator's tick is the only way left. */
  readonly onlyTickLeft: boolean;
  readonly last: GateReading;
  /**
   * What the fold itself needs between readings (hold timers and reading counts of each way, since when the primary is unmoved,
   * since when it moves without writers). Any shut reason but `holdingStill` sets back the hold it touches; a gap of more than
   * 3 s between readings sets back every hold.
   */
  readonly memory: GateMemory;
}

export type GateAfter = (
  previous: GateState | undefined,
  reading: GateReading,
  settings: GateSettings,
  question: GateQuestion,
) => GateState;

/** Folds one more reading into the gate. Pure: time is what the readings say. */
export const gateAfter: GateAfter = (previous, reading, settings, question) => {
  const before = rememberedFrom(previous, reading, settings);
  const obstacle = obstacleIn(reading, settings, question);
  if (obstacle !== undefined) {
    // Answers too far apart prove nothing either way; every other obstacle ends what held.
    const memory = obstacle === "readingTooSpread" ? before : nothingHeld(reading, null);
    return shut(obstacle, { memory, reading, settings, question });
  }
  const memory = advance(before, reading, settings);
  const look = lookAt(memory, reading, settings);
  const verdict = verdictOf(look, settings);
  const state = {
    verdict,
    ...look.hold,
    onlyTickLeft: look.onlyTickLeft,
    last: reading,
    memory,
  };
  return { ...state, sentence: gateSentence(state, settings, question) };
};

function shut(
  because: GateReason,
  at: {
    readonly memory: GateMemory;
    readonly reading: GateReading;
    readonly settings: GateSettings;
    readonly question: GateQuestion;
  },
): GateState {
  const state = {
    verdict: { kind: "shut", because } as const,
    heldSeconds: 0,
    neededSeconds: at.settings.stableSeconds,
    heldSinceMs: null,
    onlyTickLeft: false,
    last: at.reading,
    memory: at.memory,
  };
  return { ...state, sentence: gateSentence(state, at.settings, at.question) };
}

function verdictOf(look: GateLook, settings: GateSettings): GateVerdict {
  if (look.proved !== null) return { kind: "open", by: look.proved };
  if (look.onlyTickLeft && settings.acceptUnproved) return { kind: "open", by: "tick" };
  return { kind: "shut", because: look.because };
}
