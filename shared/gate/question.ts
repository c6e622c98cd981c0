// What the gate is asked about: a link, its databases, and who must be what.
import type { Side } from "../estate/estate.ts";

export interface GateQuestion {
  readonly linkName: string;
  readonly databases: readonly string[];
  /** The side that must be PRIMARY in every reading; the other one SECONDARY. */
  readonly primary: Side;
  /** SERVERPROPERTY('ServerName') of both sides as planned; another server never opens the gate. */
  readonly serverNames: Readonly<Record<Side, string>>;
  /** session_id of our own connections on the primary: theirs are not the workload's transactions. */
  readonly ownSessionIds?: readonly number[];
}

/** The side that must be SECONDARY. */
export function secondaryOf(primary: Side): Side {
  return primary === "box" ? "instance" : "box";
}
