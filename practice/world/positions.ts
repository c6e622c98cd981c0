// What each row of sys.dm_hadr_database_replica_states says on each side: the one place log positions are read from.
import { blockAt, kbBetween, lsn, nextPosition } from "./log.ts";
import { haReplicaRows } from "./ha-replicas.ts";
import type { ReplicaRow } from "./replica-row.ts";
import { reportOf, shownCommit } from "./replication.ts";
import { isSynchronous, otherSide, seesPartner } from "./sides.ts";
import { healthOf, ownSynchronization, partnerSynchronization } from "./synchronization.ts";
import type { LogBlock, ServerKey, WorldState } from "./state.ts";

/** recovery_lsn of a database that is primary: the highest LSN there is. */
const NO_RECOVERY_LSN = "4294967295429496729500001";

/**
 * The rows this node shows: on the primary its own rows and the last reported row of the other side, on a secondary its
 * local rows alone (domain.md 5.1). `ownRow` of the settings says which rows of its own there are.
 */
export function replicaRows(state: WorldState, key: ServerKey): readonly ReplicaRow[] {
  const server = state[key];
  const rows = linkRows(state, key);
  if (key === "box" && state.otherLink !== null) rows.push(...linkRows(state.otherLink, key));
  if (!server.localGroupDropped) {
    const row = localRow(state, key);
    rows.push(row, ...haReplicaRows(server, row));
  }
  return rows;
}

/** The rows of one distributed group. */
function linkRows(state: WorldState, key: ServerKey): ReplicaRow[] {
  if (state[key].linkDropped) return [];
  const rows: ReplicaRow[] = [];
  if (state.settings.ownRow !== "localRowOnly") {
    const row = distributedRow(state, key);
    const bare = { lastCommitLsn: null, lastCommitMs: null };
    rows.push(state.settings.ownRow === "dagRow" ? row : { ...row, ...bare });
  }
  if (isLinkPrimary(state, key)) rows.push(partnerRow(state, key));
  return rows;
}

/** The whole picture of a primary is shown only by the node that is primary of its own group. */
function isLinkPrimary(state: WorldState, key: ServerKey): boolean {
  return state[key].linkRole === "PRIMARY" && state[key].localRole === "PRIMARY";
}

function distributedRow(state: WorldState, key: ServerKey): ReplicaRow {
  const { link, settings } = state;
  const server = state[key];
  const synchronization = ownSynchronization(state, key);
  const positions = isLinkPrimary(state, key)
    ? primaryPositions(state, key)
    : ownPositions(state, key);
  return {
    ...positions,
    group: "distributed",
    groupId: link.groupId,
    replicaId: server.linkReplicaId,
    groupDatabaseId: link.groupDatabaseId,
    databaseName: link.database,
    isLocal: true,
    // is_primary_replica speaks of the local group; in a distributed group it applies to no row.
    isPrimaryReplica: false,
    synchronizationStateDesc: synchronization,
    synchronizationHealthDesc: healthOf(synchronization, isSynchronous(state)),
    isCommitParticipant: isLinkPrimary(state, key) && isSynchronous(state),
    databaseStateDesc: server.copy.state,
    isSuspended: server.copy.isSuspended,
    suspendReason: server.copy.suspendReason,
    endOfLogLsn: endOfLog(server.copy.log, server.copy.received, settings.endOfLogLsn),
    lastCommitLsn: shownCommit(server.copy),
    lastCommitMs: server.copy.commitKnown === "kept" ? server.copy.lastCommitMs : null,
    commitClock: commitClock(state, key),
  };
}

/** The same copy in its local group: the only replica on General Purpose and SQL Server, the primary one on Business Critical. */
function localRow(state: WorldState, key: ServerKey): ReplicaRow {
  const server = state[key];
  const row = distributedRow(state, key);
  const own = isLinkPrimary(state, key) && !server.copy.isSuspended ? "SYNCHRONIZED" : undefined;
  return {
    ...row,
    group: "local",
    groupId: server.groupId,
    replicaId: server.replicaId,
    isPrimaryReplica: server.localRole === "PRIMARY",
    isCommitParticipant: own !== undefined,
    synchronizationStateDesc: own ?? row.synchronizationStateDesc,
    synchronizationHealthDesc: own === undefined ? row.synchronizationHealthDesc : "HEALTHY",
  };
}

/** The primary's own positions: nothing is sent to it, received or redone by it. */
function primaryPositions(state: WorldState, key: ServerKey): Positions {
  const { copy } = state[key];
  return {
    ...NOTHING,
    recoveryLsn: NO_RECOVERY_LSN,
    truncationLsn: lsn(blockAt(copy.log, 1)),
    lastHardenedLsn: primaryHardened(state, key),
    lastHardenedMs: null,
  };
}

/** last_hardened_lsn of the primary: NULL or its own position; in synchronous mode the minimum over secondaries. */
function primaryHardened(state: WorldState, key: ServerKey): string | null {
  const { copy } = state[key];
  const { reported } = state.replication;
  if (isSynchronous(state) && reported !== null)
    return hardenedLsn(state, copy.log, reported.hardened);
  if (state.settings.primaryHardened === "null") return null;
  return hardenedLsn(state, copy.log, copy.hardened);
}

function ownPositions(state: WorldState, key: ServerKey): Positions {
  const { copy } = state[key];
  return {
    ...secondaryPositions(state, copy.log, reportOf(copy)),
    logSendQueueKb: 0,
    redoQueueKb: kbBetween(copy.log, copy.redone, copy.hardened),
  };
}

/** The other side as the primary shows it: what it last reported, and what the primary itself knows of sending. */
function partnerRow(state: WorldState, key: ServerKey): ReplicaRow {
  const { link, replication, settings } = state;
  const partner = state[otherSide(key)];
  const { log } = state[key].copy;
  const { reported } = replication;
  const synchronization = partnerSynchronization(state, key);
  const positions = reported === null ? NOTHING : secondaryPositions(state, log, reported);
  return {
    ...positions,
    group: "distributed",
    groupId: link.groupId,
    replicaId: partner.linkReplicaId,
    groupDatabaseId: link.groupDatabaseId,
    databaseName: link.database,
    isLocal: false,
    isPrimaryReplica: false,
    synchronizationStateDesc: synchronization,
    synchronizationHealthDesc: healthOf(synchronization, isSynchronous(state)),
    isCommitParticipant: replication.isSynchronized,
    databaseStateDesc: seesPartner(state, key) ? (reported?.state ?? null) : null,
    isSuspended: reported?.isSuspended ?? false,
    suspendReason: reported?.suspendReason ?? null,
    // After a forced role it may still count the log of the other side.
    lastSentLsn: lsn(blockAt(log, Math.min(replication.sent, log.length))),
    lastSentMs: replication.lastSentMs,
    endOfLogLsn: reported && endOfLog(log, reported.received, settings.endOfLogLsn),
    lastCommitLsn: reported?.lastCommitLsn ?? null,
    lastCommitMs: reported?.lastCommitMs ?? null,
    logSendQueueKb: kbBetween(log, Math.min(replication.sent, log.length), log.length),
    logSendRateKbPerSecond: link.sendRateKbPerSecond,
    redoQueueKb: reported && kbBetween(log, reported.redone, reported.hardened),
    redoRateKbPerSecond: reported && link.redoRateKbPerSecond,
    secondaryLagSeconds: lagSeconds(state, key),
    commitClock: commitClock(state, key),
  };
}

/** Difference of the last commit times the primary knows of; 0 while suspended (domain.md 5.1). */
function lagSeconds(state: WorldState, key: ServerKey): number | null {
  const { reported } = state.replication;
  if (reported === null) return null;
  if (reported.isSuspended || state[key].copy.isSuspended) return 0;
  const own = state[key].copy.lastCommitMs;
  if (own === null || reported.lastCommitMs === null) return null;
  return Math.max(0, Math.floor((own - reported.lastCommitMs) / 1000));
}

/** Commit times are written by the primary's clock, also in rows of a secondary. */
function commitClock(state: WorldState, key: ServerKey): ServerKey {
  return state[key].linkRole === "PRIMARY" ? key : otherSide(key);
}

type Positions = Omit<
  ReplicaRow,
  | "group"
  | "groupId"
  | "replicaId"
  | "groupDatabaseId"
  | "databaseName"
  | "isLocal"
  | "isPrimaryReplica"
  | "synchronizationStateDesc"
  | "synchronizationHealthDesc"
  | "isCommitParticipant"
  | "databaseStateDesc"
  | "isSuspended"
  | "suspendReason"
  | "endOfLogLsn"
  | "lastCommitLsn"
  | "lastCommitMs"
  | "commitClock"
>;

const NOTHING: Positions = {
  recoveryLsn: null,
  truncationLsn: null,
  lastSentLsn: null,
  lastSentMs: null,
  lastReceivedLsn: null,
  lastReceivedMs: null,
  lastHardenedLsn: null,
  lastHardenedMs: null,
  lastRedoneLsn: null,
  lastRedoneMs: null,
  logSendQueueKb: null,
  logSendRateKbPerSecond: null,
  redoQueueKb: null,
  redoRateKbPerSecond: null,
  secondaryLagSeconds: null,
};

interface Reached {
  readonly received: number;
  readonly hardened: number;
  readonly redone: number;
  readonly lastReceivedMs: number | null;
  readonly lastHardenedMs: number | null;
  readonly lastRedoneMs: number | null;
}

function secondaryPositions(state: WorldState, log: readonly LogBlock[], at: Reached): Positions {
  const redone = blockAt(log, at.redone);
  return {
    ...NOTHING,
    recoveryLsn: lsn(blockAt(log, 1)),
    truncationLsn: lsn(blockAt(log, 1)),
    lastReceivedLsn: lsn(blockAt(log, at.received)),
    lastReceivedMs: at.lastReceivedMs,
    lastHardenedLsn: hardenedLsn(state, log, at.hardened),
    lastHardenedMs: at.lastHardenedMs,
    lastRedoneLsn: lsn(redone, redone.commits.at(-1)?.slot ?? 1),
    lastRedoneMs: at.lastRedoneMs,
    redoRateKbPerSecond: state.link.redoRateKbPerSecond,
  };
}

function hardenedLsn(state: WorldState, log: readonly LogBlock[], count: number): string {
  const block = blockAt(log, count);
  return lsn(state.settings.hardenedLsn === "sameBlock" ? block : nextPosition(block));
}

function endOfLog(
  log: readonly LogBlock[],
  count: number,
  rule: "lastBlock" | "nextBlock",
): string {
  const block = blockAt(log, count);
  return lsn(rule === "lastBlock" ? block : nextPosition(block));
}
