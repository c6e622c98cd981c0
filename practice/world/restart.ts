// A side that restarts: it is away, comes back, recovers the database, and may have forgotten its last commit.
import { cancelFailover } from "./failover.ts";
import { dropSessions } from "./workload.ts";
import { otherSide } from "./sides.ts";
import type { ServerKey, WorldState } from "./state.ts";

/** Ends every connection and stops the engine of one side; `stepRestarts` brings it back. */
export function restart(state: WorldState, key: ServerKey): void {
  const server = state[key];
  dropSessions(state, key);
  // Flushed but not yet confirmed to the application: the rows are there, but nobody was told.
  state.replication.unconfirmed = [];
  cancelFailover(state, "failed");
  server.connectionEpoch++;
  server.downUntilMs = state.nowMs + state.engine.restartMs;
  server.recoveringUntilMs = server.downUntilMs + state.engine.recoveringMs;
  server.copy.state = "RECOVERING";
  server.copy.commitKnown = state.settings.commitLsnAfterRestart;
  // The other side's connection is reset: it does not have to wait for SESSION_TIMEOUT.
  const silent = state.nowMs - state.engine.sessionTimeoutMs;
  state[otherSide(key)].heardPartnerMs = silent;
  server.heardPartnerMs = silent;
}

/** Brings restarting servers and their databases back when it is time. */
export function stepRestarts(state: WorldState): void {
  for (const server of [state.box, state.instance]) {
    if (server.downUntilMs !== null && state.nowMs >= server.downUntilMs) {
      server.downUntilMs = null;
      server.startedMs = state.nowMs;
    }
    if (server.recoveringUntilMs !== null && state.nowMs >= server.recoveringUntilMs) {
      server.recoveringUntilMs = null;
      // A database whose role change is still starting comes up when that ends.
      const isStarting = state.failover?.phase === "starting" && state.failover.to === server.key;
      const isLost = server.localGroupDropped && server.copy.updateability === "READ_ONLY";
      if (!isStarting) server.copy.state = isLost ? "RESTORING" : "ONLINE";
    }
    server.reachable = !server.isCutOff && server.downUntilMs === null;
  }
}
