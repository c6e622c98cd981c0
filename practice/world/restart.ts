// A side that restarts: it is away, comes back, recovers the database, and may have forgotten its last commit.
import { cancelFailover } from "./failover.ts";
import { dropSessions } from "./workload.ts";
import { otherSide } from "./sides.ts";
import type { DatabaseCopy, ServerKey, ServerState, WorldState } from "./state.ts";

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
      const { surroundings } = server;
      surroundings.traceFlags = surroundings.startupTraceFlags;
    }
    if (server.recoveringUntilMs !== null && state.nowMs >= server.recoveringUntilMs) {
      server.recoveringUntilMs = null;
      server.copy.state = stateAfterRecovery(state, server);
    }
    server.reachable = !server.isCutOff && server.downUntilMs === null;
  }
}

/** A new primary that is still starting comes up when that ends; a secondary copy without its groups stays as it was. */
function stateAfterRecovery(state: WorldState, server: ServerState): DatabaseCopy["state"] {
  const { failover } = state;
  if (failover?.phase === "starting" && failover.to === server.key) return "RECOVERING";
  const isOrphan = server.localGroupDropped && server.linkRole === "SECONDARY";
  return isOrphan && server.copy.updateability === "READ_ONLY" ? "RESTORING" : "ONLINE";
}
