// One look at both sides of a link through the eyes of the gate. Contract.
import type { Problem } from "../errors/app-error.ts";
import type { Fact, Role, Side, WritingSession } from "../estate/estate.ts";

export interface GateReading {
  /** This tool's clock when the later of the two answers was in, ms since 1970. */
  readonly atMs: number;
  /** Time between the two sides' answers, ms. */
  readonly spreadMs: number;
  /** A side that did not answer or may not be seen: the reading still counts, and shuts the gate. Empty when both answered. */
  readonly unread: readonly { readonly side: Side; readonly problem: Problem }[];
  /** Who answered, and in which role: a gate is only ever open under the planned roles on the planned servers. */
  readonly roles: Readonly<
    Record<
      Side,
      {
        readonly serverName: string;
        readonly role: Role | null;
        readonly isLocalPrimary: boolean | null;
      } | null
    >
  >;
  readonly databases: readonly DatabaseGateReading[];
  /** Open writing transactions on the primary, of the link's databases; anything but `seen` keeps the gate shut. */
  readonly writers: Fact<readonly WritingSession[]>;
}

export interface DatabaseGateReading {
  readonly database: string;
  /** `noRow`: the side was read and shows no row for it. */
  readonly primary: OwnPosition | "noRow";
  readonly secondary: OwnPosition | "noRow";
  /** The primary's row of the remote side (is_local = 0) and its replica state; null where the row or value is missing. */
  readonly remote: {
    readonly connectedState: "CONNECTED" | "DISCONNECTED" | null;
    readonly isSuspended: boolean | null;
    readonly logSendQueueKb: number | null;
    readonly redoQueueKb: number | null;
  };
}

/** A side's own position of one database, chosen by the rule *Own row*; LSNs as digits, null = SQL NULL or no row. '0' is not known either. */
export interface OwnPosition {
  readonly lastCommitLsn: string | null;
  readonly endOfLogLsn: string | null;
  readonly lastHardenedLsn: string | null;
  readonly isSuspended: boolean | null;
  readonly logSendQueueKb: number | null;
  readonly redoQueueKb: number | null;
}
