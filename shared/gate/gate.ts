// Ready to fail over: folds readings into a verdict. Contract (types); the fold is gateAfter.
import type { GateSettings } from "../choices/choices.ts";
import type { GateReading } from "./reading.ts";

export type GateVerdict =
  /** Proved: `by` says how. The FAILOVER may be sent. */
  | { readonly kind: "open"; readonly by: "commitLsn" | "fallback" | "tick" }
  | { readonly kind: "shut"; readonly because: GateReason };

/** Why the gate is shut, the first that applies in this order. */
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

export interface GateMemory {
  readonly commit: Hold | null;
  readonly fallback: Hold | null;
  readonly tick: Hold | null;
  readonly primaryUnmovedSinceMs: number;
  readonly systemWritesSinceMs: number | null;
  readonly waitingSinceMs: number;
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
) => GateState;
