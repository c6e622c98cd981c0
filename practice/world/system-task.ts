// The engine's own writer on each primary: a Query Store flush every so often, in a system transaction.
import { blockAt, lsn, nextPosition, writeBlock } from "./log.ts";
import { isWritable } from "./sides.ts";
import type { ServerState, WorkloadSession, WorldState } from "./state.ts";

/** How long its transaction can be seen open before it commits. */
const OPEN_FOR_MS = 200;
const LOG_KB = 2;

/** The session a server's system task shows from its start: `is_user_process = 0`. */
export function systemSession(startedMs: number): WorkloadSession {
  return {
    sessionId: 27,
    login: "sa",
    host: "",
    program: "",
    hostProcessId: 0,
    loginTimeMs: startedMs,
    isUserProcess: false,
    planIndex: null,
    nextBeginMs: 0,
    commitAtMs: null,
    openTransaction: null,
    rollingBack: null,
  };
}

/** Begins and commits the system transaction when it is due; on a side that cannot be written it waits. */
export function stepSystemTask(state: WorldState): void {
  const { workload } = state;
  const everyMs = workload.systemCommitEveryMs;
  if (everyMs === null) return;
  const writers = [state.box, state.instance].filter(
    (server) => server.linkRole === "PRIMARY" && isWritable(server),
  );
  if (writers.length === 0) {
    closeAll(state);
    return;
  }
  if (state.nowMs < workload.nextSystemCommitMs - OPEN_FOR_MS) return;
  const isDue = state.nowMs >= workload.nextSystemCommitMs;
  for (const server of writers) writeOn(state, server, isDue);
  if (isDue) workload.nextSystemCommitMs = state.nowMs + everyMs;
}

function writeOn(state: WorldState, { sessions, copy }: ServerState, isDue: boolean): void {
  const session = sessions.find((one) => one.planIndex === null);
  if (session === undefined) return;
  session.openTransaction ??= {
    transactionId: state.nextTransactionId++,
    beganMs: state.nowMs,
    beginLsn: lsn(nextPosition(blockAt(copy.log, copy.log.length))),
    logBytes: LOG_KB * 1024,
  };
  if (!isDue) return;
  const written = { atMs: state.nowMs, sizeKb: LOG_KB, commit: { by: "system" } as const };
  writeBlock(copy, written, state.settings);
  session.openTransaction = null;
}

function closeAll(state: WorldState): void {
  for (const server of [state.box, state.instance]) {
    for (const session of server.sessions) {
      if (session.planIndex === null) session.openTransaction = null;
    }
  }
}
