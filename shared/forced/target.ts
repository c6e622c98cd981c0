// The copy that is to take over, as one reading tells it: how far it is, whether log still arrives, what stands in its way.
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import type { Estate, ReplicaDatabase, Replica, Side } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { anyTrue, countedRows, highest } from "../gate/own-position.ts";
import { compareLsn } from "../sql/lsn.ts";

/** One reading of the secondary. `atMs` is this tool's clock, ms since 1970. */
export interface TargetReading {
  readonly atMs: number;
  /** Of the secondary's own replica row. */
  readonly connectedState: Replica["connectedState"];
  readonly copies: readonly TargetCopy[];
}

/** LSNs are decimal digits without leading zeros; times are datetime as text, without a zone. */
export interface TargetCopy {
  readonly database: string;
  /** Words of sys.databases, sys.dm_hadr_database_replica_states and of ARM's replicaState, as they were told. */
  readonly states: readonly string[];
  readonly isSeeding: boolean;
  readonly isSuspended: boolean | null;
  readonly suspendReason: string | null;
  readonly lastReceivedLsn: string | null;
  /** In the secondary's own zone. */
  readonly lastReceivedTime: string | null;
  readonly lastHardenedLsn: string | null;
  readonly lastCommitLsn: string | null;
  /** Written by the primary's clock, in its zone. */
  readonly lastCommitTime: string | null;
  readonly redoQueueKb: number | null;
  /** ARM's connectedState; null where nobody told. */
  readonly azureConnectedState: string | null;
}

/** Undefined where the target is not read, or shows no such link. */
export function targetReading(
  estate: Estate,
  link: Link,
  to: Side,
  atMs: number,
): TargetReading | undefined {
  const [reading, end] = [estate[to], link[to]];
  if (reading.kind !== "seen" || end.kind !== "seen") return undefined;
  const { databases, seeding } = reading.facts;
  const arm = armLinkOf(azureOf(estate), link.name)?.databases ?? [];
  return {
    atMs,
    connectedState: end.own?.connectedState ?? null,
    copies: link.databases.map((database) => {
      const rows = countedRows(
        end.databases.filter((row) => row.databaseName === database),
        end.group.groupId,
      );
      const inAzure = arm.find(({ databaseName }) => databaseName === database);
      const state =
        databases.kind === "seen"
          ? databases.value.find(({ name }) => name === database)?.state
          : undefined;
      const told = rows.flatMap((row) => [row.databaseState, row.synchronizationState]);
      return {
        database,
        states: [...new Set([state, ...told, inAzure?.replicaState])].filter(isTold),
        isSeeding:
          seeding.kind === "seen" &&
          seeding.value.some(({ databaseName }) => databaseName === database),
        isSuspended: anyTrue(rows.map((row) => row.isSuspended)),
        suspendReason: rows.map((row) => row.suspendReason).find(isTold) ?? null,
        lastReceivedLsn: lowest(rows, "lastReceivedLsn"),
        lastReceivedTime: rows.map((row) => row.lastReceivedTime).find(isTold) ?? null,
        lastHardenedLsn: lowest(rows, "lastHardenedLsn"),
        lastCommitLsn: lowest(rows, "lastCommitLsn"),
        lastCommitTime: earliest(rows.map((row) => row.lastCommitTime)),
        redoQueueKb: highest(rows.map((row) => row.redoQueueKb)),
        azureConnectedState: inAzure?.connectedState ?? null,
      };
    }),
  };
}

/** On a secondary the lowest row counts: a doubt must not make the loss look smaller. */
function lowest(
  rows: readonly ReplicaDatabase[],
  column: "lastReceivedLsn" | "lastHardenedLsn" | "lastCommitLsn",
): string | null {
  const known = rows.map((row) => row[column]).filter((value) => value !== null);
  return known.sort(compareLsn)[0] ?? null;
}

/** ISO 8601 texts of one zone sort by time. */
function earliest(times: readonly (string | null)[]): string | null {
  return times.filter(isTold).sort()[0] ?? null;
}

function isTold(word: string | null | undefined): word is string {
  return word !== null && word !== undefined;
}
