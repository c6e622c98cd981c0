// The application's sessions: they open a transaction, write, commit a numbered row, and stop when told to.
import { blockAt, lsn, nextPosition, writeBlock } from "./log.ts";
import { flowingFrom, isSynchronous, isWritable, primarySide } from "./sides.ts";
import type { SessionPlan } from "./engine-state.ts";
import type { ServerKey, ServerState, WorkloadSession, WorldState } from "./state.ts";

/** One step of the application: connections lost, rows committed, transactions begun, sessions come and gone. */
export function stepWorkload(state: WorldState): void {
  const { workload } = state;
  if (workload.running) workload.lastRanMs = state.nowMs;
  if (workload.running && workload.followsPrimary) repoint(state);
  confirmRows(state);
  for (const key of ["box", "instance"] as const) {
    if (!isOpen(state[key])) dropSessions(state, key);
  }
  for (const session of [...state[workload.server].sessions]) stepSession(state, session);
  connectSessions(state);
}

/** Stop: each session ends after its last commit, as its plan says. Start: the application connects to today's primary. */
export function setWorkload(state: WorldState, running: boolean): void {
  state.workload.running = running;
  if (running) repoint(state);
}

/** The application connects to the present primary from now on; while there is none it stays where it is. */
function repoint(state: WorldState): void {
  const server = primarySide(state) ?? state.workload.server;
  if (server === state.workload.server) return;
  dropSessions(state, state.workload.server);
  state.workload.server = server;
  state.workload.returnsAtMs.fill(state.nowMs);
}

/** Ends the application's sessions on one side, as a broken connection does: open transactions roll back, nothing is acknowledged. */
export function dropSessions(state: WorldState, key: ServerKey, sessionId?: number): boolean {
  const gone = state[key].sessions.filter(
    (session) =>
      session.planIndex !== null && (sessionId === undefined || session.sessionId === sessionId),
  );
  for (const session of gone) returnLater(state, session);
  if (gone.length > 0) {
    state[key].sessions = state[key].sessions.filter((session) => !gone.includes(session));
  }
  return gone.length > 0;
}

/** Acknowledges rows of a synchronous primary that the secondary has hardened, or all once it waits for nobody any more. */
export function confirmRows(state: WorldState, all = false): void {
  const { replication } = state;
  if (replication.unconfirmed.length === 0) return;
  const waits = isSynchronous(state) && flowingFrom(state) !== null;
  const hardened = all || !waits ? Infinity : (replication.reported?.hardened ?? 0);
  for (const { row, block, sessionId } of replication.unconfirmed) {
    if (block > hardened) continue;
    acknowledge(state, row);
    const waiting = state[state.workload.server].sessions.find(
      (session) => session.sessionId === sessionId,
    );
    if (waiting !== undefined) waiting.openTransaction = null;
  }
  replication.unconfirmed = replication.unconfirmed.filter(({ block }) => block > hardened);
}

/** The application of that session connects again after its time. */
export function returnLater(state: WorldState, session: WorkloadSession): void {
  const plan = planOf(state, session);
  if (plan === undefined || session.planIndex === null) return;
  state.workload.returnsAtMs[session.planIndex] = state.nowMs + plan.returnsAfterMs;
}

function stepSession(state: WorldState, session: WorkloadSession): void {
  const plan = planOf(state, session);
  if (plan === undefined) return;
  if (session.rollingBack !== null) {
    if (state.nowMs >= session.rollingBack.endsMs) leave(state, session);
    return;
  }
  if (session.openTransaction !== null) {
    if (session.commitAtMs !== null && state.nowMs >= session.commitAtMs) commit(state, session);
    return;
  }
  if (!isActive(state, plan)) {
    if (plan.whenStopped === "leaves") leave(state, session);
    return;
  }
  if (state.nowMs < session.nextBeginMs) return;
  begin(state, session, plan);
}

function begin(state: WorldState, session: WorkloadSession, plan: SessionPlan): void {
  const { log } = state[state.workload.server].copy;
  session.openTransaction = {
    transactionId: state.nextTransactionId++,
    beganMs: state.nowMs,
    beginLsn: lsn(nextPosition(blockAt(log, log.length))),
    logBytes: state.workload.kbPerCommit * 1024,
  };
  session.commitAtMs = state.nowMs + plan.openForMs;
  session.nextBeginMs = state.nowMs + periodMs(state);
}

function commit(state: WorldState, session: WorkloadSession): void {
  const row = state.nextRow++;
  const index = writeRow(state, state.workload.server, row);
  session.commitAtMs = null;
  if (isSynchronous(state) && flowingFrom(state) === state.workload.server) {
    const { sessionId } = session;
    state.replication.unconfirmed.push({ row, block: index + 1, sessionId });
    return;
  }
  acknowledge(state, row);
  session.openTransaction = null;
}

/** A user commits one row on a server and is told so at once; false where the server takes no writing. */
export function commitRow(state: WorldState, key: ServerKey): boolean {
  if (!isWritable(state[key])) return false;
  const row = state.nextRow++;
  writeRow(state, key, row);
  acknowledge(state, row);
  return true;
}

/** Writes a row's commit to the log; returns its index. */
function writeRow(state: WorldState, key: ServerKey, row: number): number {
  const written = { atMs: state.nowMs, sizeKb: state.workload.kbPerCommit };
  const commit = { row, by: "workload" } as const;
  return writeBlock(state[key].copy, { ...written, commit }, state.settings);
}

function acknowledge(state: WorldState, row: number): void {
  state.acknowledgedRows.push({ row, atMs: state.nowMs });
}

function connectSessions(state: WorldState): void {
  const { workload } = state;
  const server = state[workload.server];
  if (!isOpen(server)) return;
  for (const [planIndex, plan] of workload.sessions.entries()) {
    if (!isActive(state, plan) || state.nowMs < (workload.returnsAtMs[planIndex] ?? 0)) continue;
    if (server.disabledLogins.includes(plan.login.toLowerCase())) continue;
    // One that is killed and rolls back hinders nobody from connecting again.
    if (server.sessions.some((one) => one.planIndex === planIndex && one.rollingBack === null)) {
      continue;
    }
    server.sessions.push({
      sessionId: state.nextSessionId++,
      login: plan.login,
      host: plan.host,
      program: plan.program,
      hostProcessId: plan.hostProcessId,
      loginTimeMs: state.nowMs,
      isUserProcess: true,
      planIndex,
      nextBeginMs: state.nowMs + planIndex * workload.commitEveryMs,
      commitAtMs: null,
      openTransaction: null,
      rollingBack: null,
    });
  }
}

/** Whether the application reaches a database it can write. */
export function isOpen(server: ServerState): boolean {
  return server.reachable && isWritable(server);
}

function leave(state: WorldState, session: WorkloadSession): void {
  const server = state[state.workload.server];
  server.sessions = server.sessions.filter((other) => other !== session);
}

function isActive(state: WorldState, plan: SessionPlan): boolean {
  return state.workload.running || plan.whenStopped === "goesOn";
}

function planOf(state: WorldState, session: WorkloadSession): SessionPlan | undefined {
  return session.planIndex === null ? undefined : state.workload.sessions[session.planIndex];
}

/** Sessions take turns, so that one of them commits every `commitEveryMs`. */
function periodMs(state: WorldState): number {
  return state.workload.commitEveryMs * state.workload.sessions.length;
}
