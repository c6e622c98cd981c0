// The gate's values of both sides for the readiness page: each database's positions, SQL Server left, the instance right.
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { commitPosition, queueKb } from "../../shared/gate/positions.ts";
import type { DatabaseGateReading, OwnPosition } from "../../shared/gate/reading.ts";
import { visibleText } from "../../shared/visible-text.ts";

export interface PositionRow {
  readonly database: string;
  /** Own last_commit_lsn of both sides: what decides. */
  readonly relation: "level" | "behind" | "notKnown";
  /** Log on its way, KB; null where nobody knows. */
  readonly queueKb: number | null;
  readonly columns: readonly PositionColumn[];
}

/** One column of sys.dm_hadr_database_replica_states on both sides; null is *not known*. */
export interface PositionColumn {
  readonly name: "last_commit_lsn" | "end_of_log_lsn" | "last_hardened_lsn";
  readonly box: string | null;
  readonly instance: string | null;
}

/** `primary` is the side the gate was asked about as primary. The database that keeps the gate shut comes first. */
export function positionRows(gate: GateState, primary: Side): readonly PositionRow[] {
  const worst = ["behind", "notKnown", "level"] as const;
  return gate.last.databases
    .map((database) => positionRow(database, primary))
    .sort((one, other) => worst.indexOf(one.relation) - worst.indexOf(other.relation));
}

/** 0 to 1: how much of the time the gate needs it has held. */
export function heldShare({ verdict, heldSeconds, neededSeconds }: GateState): number {
  if (verdict.kind === "open") return 1;
  return neededSeconds <= 0 ? 0 : Math.min(1, Math.max(0, heldSeconds / neededSeconds));
}

function positionRow(reading: DatabaseGateReading, primary: Side): PositionRow {
  const { primary: first, secondary: second, remote } = reading;
  const [box, instance] = primary === "box" ? [first, second] : [second, first];
  const value = (own: OwnPosition | "noRow", name: keyof OwnPosition & `${string}Lsn`) =>
    own === "noRow" ? null : own[name];
  const seen =
    first === "noRow" || second === "noRow" ? undefined : { primary: first, secondary: second };
  const position = seen === undefined ? "notKnown" : commitPosition({ ...reading, ...seen });
  const isQueueKnown = remote.logSendQueueKb !== null || remote.redoQueueKb !== null;
  return {
    database: visibleText(reading.database),
    relation: position === "holds" ? "level" : position,
    queueKb: seen === undefined || !isQueueKnown ? null : queueKb({ ...reading, ...seen }),
    columns: [
      {
        name: "last_commit_lsn",
        box: value(box, "lastCommitLsn"),
        instance: value(instance, "lastCommitLsn"),
      },
      {
        name: "end_of_log_lsn",
        box: value(box, "endOfLogLsn"),
        instance: value(instance, "endOfLogLsn"),
      },
      {
        name: "last_hardened_lsn",
        box: value(box, "lastHardenedLsn"),
        instance: value(instance, "lastHardenedLsn"),
      },
    ],
  };
}
