// How a planned failover moves a database over its link: by FAILOVER, by ending the link once both hold the same, or not at all.
import type { ServerIdentity, Side } from "../estate/estate.ts";
import { supportOf } from "../estate/versions.ts";

/** `delete`: only one way; the link ends with it (design, *One way*). */
export type Move = "failover" | "delete" | "none";

export interface MoveQuestion {
  readonly box: ServerIdentity;
  /** The side that is to become primary. */
  readonly to: Side;
  /** `failoverMode` of the link as ARM has it; null where nobody told. */
  readonly failoverMode: string | null;
}

/** A failoverMode that nobody told is taken as two-way: the engine refuses a FAILOVER that it does not allow. */
export function moveOf({ box, to, failoverMode }: MoveQuestion): Move {
  const { plannedFailover } = supportOf(box);
  const isOneWay = failoverMode === "None";
  if (to === "box") return isOneWay || plannedFailover === "never" ? "none" : "failover";
  switch (plannedFailover) {
    case "never":
    case "needsUpdate":
      return "delete";
    case "byTsql":
    case "unknown":
      return isOneWay ? "delete" : "failover";
  }
}
