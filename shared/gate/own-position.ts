// Which row tells a side's own position of a database: the design's rule *Own row*.
import type { ReplicaDatabase } from "../estate/estate.ts";
import { compareLsn } from "../sql/lsn.ts";
import type { OwnPosition } from "./reading.ts";

/**
 * A side's own position from its rows of one database. The distributed group's local row counts; where it is missing or its
 * last_commit_lsn is NULL, every local row of the database does. Where no row says is_local (Business Critical may show the
 * database by its replicas alone) the local group's primary replica does: is_primary_replica speaks of that group, never of the
 * distributed one, so the two filters are never combined. Where rows disagree the highest value counts on the primary and
 * the lowest on the secondary, so that a doubt keeps the gate shut. `noRow`: not known.
 */
export function ownPosition(
  rows: readonly ReplicaDatabase[],
  linkGroupId: string | undefined,
  end: "primary" | "secondary",
): OwnPosition | "noRow" {
  const counted = countedRows(rows, linkGroupId);
  if (counted.length === 0) return "noRow";
  const lsn = (column: "lastCommitLsn" | "endOfLogLsn" | "lastHardenedLsn"): string | null =>
    cautiousLsn(
      counted.map((row) => row[column]),
      end,
    );
  return {
    lastCommitLsn: lsn("lastCommitLsn"),
    endOfLogLsn: lsn("endOfLogLsn"),
    lastHardenedLsn: lsn("lastHardenedLsn"),
    isSuspended: anyTrue(counted.map((row) => row.isSuspended)),
    logSendQueueKb: highest(counted.map((row) => row.logSendQueueKb)),
    redoQueueKb: highest(counted.map((row) => row.redoQueueKb)),
  };
}

/** True when one says so; null when none says anything. */
export function anyTrue(values: readonly (boolean | null)[]): boolean | null {
  return values.includes(true) ? true : values.includes(false) ? false : null;
}

/** The highest of what is known; null when nothing is. */
export function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** The rows that tell a side's own position: see `ownPosition`. */
export function countedRows(
  rows: readonly ReplicaDatabase[],
  linkGroupId: string | undefined,
): readonly ReplicaDatabase[] {
  const local = rows.filter((row) => row.isLocal);
  const ofLink = local.filter((row) => row.groupId === linkGroupId);
  if (ofLink.some((row) => row.lastCommitLsn !== null)) return ofLink;
  if (local.length > 0) return local;
  return rows.filter((row) => row.groupId !== linkGroupId && row.isPrimaryReplica === true);
}

function cautiousLsn(
  values: readonly (string | null)[],
  end: "primary" | "secondary",
): string | null {
  const sorted = values.filter((value) => value !== null).sort(compareLsn);
  return (end === "primary" ? sorted.at(-1) : sorted[0]) ?? null;
}
