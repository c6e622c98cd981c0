// A role change under way: synchronizing, resolving, roles switched, new primary starting. No acknowledged row is lost by a planned one.
import type { SqlError } from "../sql-types.ts";
import { scheduleFirstFullBackup } from "./automatic-backups.ts";
import type { Engine } from "./engine.ts";
import { blockAt, kbBetween, lsn, nextPosition } from "./log.ts";
import { cannotCatchUp, failoverEndedWith } from "./refusals.ts";
import { cutLog } from "./replication.ts";
import { flowingFrom, otherSide } from "./sides.ts";
import { confirmRows } from "./workload.ts";
import type { FailoverEnd, FailoverFailure } from "./engine-state.ts";
import type { DatabaseCopy, FailoverInFlight, ServerKey, WorldState } from "./state.ts";

/** New commits are blocked only once this little log is missing on the secondary, KB. */
const CLOSE_KB = 256;

/**
 * Begins a planned change from the present primary to the other side; returns its number. The engine goes synchronous by
 * itself. `failure` is what a fault lets it end with.
 */
export function startPlanned(
  state: WorldState,
  startedBy: ServerKey,
  failure: FailoverFailure | null = null,
): number {
  setModes(state, "SYNCHRONOUS_COMMIT");
  return begin(state, {
    startedBy,
    to: otherSide(startedBy),
    kind: "planned",
    failure,
    phase: "synchronizing",
  });
}

/** Begins a forced change: `to` takes over with the log it has hardened; the other side is not asked. Returns its number. */
export function startForced(state: WorldState, to: ServerKey): number {
  const { copy } = state[to];
  cutLog(state, to, copy.hardened);
  copy.isSuspended = false;
  copy.suspendReason = null;
  state[to].linkRole = "RESOLVING";
  return begin(state, { startedBy: to, to, kind: "forced", failure: null, phase: "resolving" });
}

/**
 * Takes a change back while the roles have not switched; false when there is nothing to take back any more. The statement
 * of one that failed ends with `error`, 47514 where none is given.
 */
export function cancelFailover(
  state: WorldState,
  outcome: "failed" | "cancelled",
  error: SqlError | null = outcome === "failed" ? cannotCatchUp(state.link.name) : null,
): boolean {
  const { failover } = state;
  if (failover?.kind !== "planned" || failover.phase === "starting") return false;
  const from = state[otherSide(failover.to)];
  from.linkRole = "PRIMARY";
  state[failover.to].linkRole = "SECONDARY";
  from.copy.updateability = "READ_WRITE";
  setModes(state, "ASYNCHRONOUS_COMMIT");
  state.failover = null;
  end(state, failover, outcome, error);
  return true;
}

/** One step of the change under way, if there is one. */
export function stepFailover(engine: Engine): void {
  const { failover } = engine.state;
  switch (failover?.phase) {
    case undefined:
      return;
    case "synchronizing":
      synchronize(engine.state, failover);
      return;
    case "resolving":
      resolve(engine.state, failover);
      return;
    case "starting":
      start(engine, failover);
  }
}

/** Waits until hardly any log is missing on the secondary. A link that stops flowing or stays behind ends it: 47514. */
function synchronize(state: WorldState, failover: FailoverInFlight): void {
  const { engine, nowMs } = state;
  const source = state[otherSide(failover.to)].copy;
  const target = state[failover.to].copy;
  const isLate = nowMs - failover.phaseBeganMs > engine.catchUpTimeoutMs;
  if (isLate || flowingFrom(state) === null) {
    cancelFailover(state, "failed");
    return;
  }
  if (nowMs - failover.phaseBeganMs < engine.synchronizingMs) return;
  if (kbBetween(source.log, target.redone, source.log.length) > CLOSE_KB) return;
  if (failover.failure?.rolesMoved === "none") {
    cancelFailover(state, "failed", failureOf(state, failover));
    return;
  }
  // From here on no transaction can commit on either side: what is open is rolled back and not acknowledged.
  state.box.linkRole = "RESOLVING";
  state.instance.linkRole = "RESOLVING";
  source.updateability = "READ_ONLY";
  enter(state, failover, "resolving");
}

/** Planned: waits for the very last block, then switches the roles of both sides at once. Forced: waits for its own redo. */
function resolve(state: WorldState, failover: FailoverInFlight): void {
  const { engine, nowMs } = state;
  const source = state[otherSide(failover.to)];
  const target = state[failover.to];
  const needed = failover.kind === "planned" ? source.copy.log.length : target.copy.log.length;
  const elapsedMs = nowMs - failover.phaseBeganMs - failover.stallMs;
  if (elapsedMs < engine.resolvingMs || target.copy.redone < needed) {
    if (elapsedMs > engine.catchUpTimeoutMs) cancelFailover(state, "failed");
    return;
  }
  if (failover.kind === "planned") {
    confirmRows(state, true);
    source.linkRole = "SECONDARY";
    if (failover.failure?.rolesMoved === "half") {
      leaveNoPrimary(state, failover);
      return;
    }
  } else {
    fork(target.copy, failover.number);
    // A partner that is no primary waits to be resumed at once; one that is, from its demotion on.
    if (engine.suspendedAfterForced && source.linkRole === "SECONDARY") {
      source.copy.isSuspended = true;
      source.copy.suspendReason = 1;
    }
  }
  target.linkRole = "PRIMARY";
  target.copy.state = "RECOVERING";
  enter(state, failover, "starting");
  end(state, failover, "done", failureOf(state, failover));
}

/** The old primary is demoted, and the other side is not promoted: both hold every row, and nobody is primary. */
function leaveNoPrimary(state: WorldState, failover: FailoverInFlight): void {
  state[failover.to].linkRole = "SECONDARY";
  setModes(state, "ASYNCHRONOUS_COMMIT");
  state.failover = null;
  end(state, failover, "failed", failureOf(state, failover));
}

function failureOf(state: WorldState, { failure }: FailoverInFlight): SqlError | null {
  return failure && failoverEndedWith(failure.error, state.link.name);
}

/** The new primary recovers the database; then it is READ_WRITE and the commit mode is asynchronous again. */
function start(engine: Engine, failover: FailoverInFlight): void {
  const { state } = engine;
  const server = state[failover.to];
  if (state.nowMs - failover.phaseBeganMs < state.engine.startingMs) return;
  if (server.downUntilMs !== null || server.recoveringUntilMs !== null) return;
  server.copy.state = "ONLINE";
  server.copy.updateability = "READ_WRITE";
  if (failover.kind === "planned") setModes(state, "ASYNCHRONOUS_COMMIT");
  state.failover = null;
  if (failover.to === "instance") scheduleFirstFullBackup(engine);
}

function begin(
  state: WorldState,
  how: Pick<FailoverInFlight, "startedBy" | "to" | "kind" | "failure" | "phase">,
): number {
  const { nextFailover, nowMs } = state;
  const number = state.failoverEnds.length + 1;
  const { stallMs } = nextFailover;
  nextFailover.stallMs = 0;
  state.failover = { ...how, number, stallMs, beganMs: nowMs, phaseBeganMs: nowMs };
  return number;
}

function enter(
  state: WorldState,
  failover: FailoverInFlight,
  phase: FailoverInFlight["phase"],
): void {
  failover.phase = phase;
  failover.phaseBeganMs = state.nowMs;
}

function end(
  state: WorldState,
  { number, kind, to }: FailoverInFlight,
  outcome: FailoverEnd["outcome"],
  refusal: SqlError | null,
): void {
  const error = refusal && { number: refusal.sql.number, text: refusal.sql.text };
  state.failoverEnds.push({ number, kind, to, outcome, error, atMs: state.nowMs });
}

function setModes(state: WorldState, mode: "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT"): void {
  for (const server of [state.box, state.instance]) {
    server.linkAvailabilityMode = { box: mode, instance: mode };
  }
}

/** Each forced failover begins a new recovery fork, behind the last log that was there. */
function fork(copy: DatabaseCopy, number: number): void {
  const atLsn = lsn(nextPosition(blockAt(copy.log, copy.log.length)));
  copy.forkedFrom = { guid: copy.recoveryForkGuid, atLsn, before: copy.forkedFrom };
  copy.recoveryForkGuid = `9B3F60D1-27AC-4E85-B1D4-${number.toString(16).toUpperCase().padStart(12, "0")}`;
}
