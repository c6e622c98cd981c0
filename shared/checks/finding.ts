// One answer of one check. Contract.
import type { Side } from "../estate/estate.ts";

/** `failed` blocks, `warning` does not; `unknown` says why it could not be read and whether it blocks; `waits` will become passed by itself or by the operator and does not block (the run has the same gate). */
export type FindingLevel = "passed" | "warning" | "failed" | "unknown" | "waits";

export interface Finding {
  /** Stable name of the check: 'roles', 'localNode', 'health', ... */
  readonly check: string;
  readonly level: FindingLevel;
  /** Whether a plan is refused because of it. Always true for failed, false for passed, warning and waits. */
  readonly blocks: boolean;
  readonly where: Side | "both";
  /** The server the sentence speaks of, by name or address; empty for both. */
  readonly server: string;
  readonly summary: string;
  /** What to do; empty when passed. */
  readonly remedy: string;
}
