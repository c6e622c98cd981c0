// Ready to fail over: folds readings into a verdict. Contract (types); the fold is gateAfter.
import type { GateSettings } from "../choices/choices.ts";
import type { GateReading } from "./reading.ts";

export type GateVerdict =
  /** Proved: `by` says how. The FAILOVER may be sent. */
  | { readonly kind: "open"; readonly by: "commitLsn" | "fallback" | "tick" }
  | { readonly kind: "shut"; readonly because: GateReason };

/** Why the gate is shut, the first that applies in this order. */
export type GateReason =
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
}

export type GateAfter = (
  previous: GateState | undefined,
  reading: GateReading,
  settings: GateSettings,
) => GateState;
