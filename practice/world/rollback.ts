// What KILL does to a session of the application: its open transaction is undone, at once or for as long as it was open.
import type { ServerKey, WorkloadSession, WorldState } from "./state.ts";
import { dropSessions, returnLater } from "./workload.ts";

/** False when there is no session of the application of that number. One that rolls back already goes on. */
export function killSession(state: WorldState, key: ServerKey, sessionId: number): boolean {
  const session = state[key].sessions.find(
    (one) => one.planIndex !== null && one.sessionId === sessionId,
  );
  if (session === undefined) return false;
  const { openTransaction } = session;
  if (openTransaction === null || state.settings.rollbackAfterKill === "atOnce") {
    return dropSessions(state, key, sessionId);
  }
  if (session.rollingBack !== null) return true;
  const took = state.nowMs - openTransaction.beganMs;
  session.rollingBack = { beganMs: state.nowMs, endsMs: state.nowMs + took };
  returnLater(state, session);
  return true;
}

/** Undefined while it rolls nothing back. */
export function rollbackProgress(
  { rollingBack }: WorkloadSession,
  nowMs: number,
): { readonly percent: number; readonly secondsLeft: number } | undefined {
  if (rollingBack === null) return undefined;
  const { beganMs, endsMs } = rollingBack;
  const done = (nowMs - beganMs) / Math.max(1, endsMs - beganMs);
  return {
    percent: Math.min(99, Math.floor(done * 100)),
    secondsLeft: Math.max(0, Math.ceil((endsMs - nowMs) / 1000)),
  };
}
