// Faults that are switched on and off while the world runs.
import { startPlanned } from "./failover.ts";
import { restart } from "./restart.ts";
import { primarySide } from "./sides.ts";
import { dropSessions } from "./workload.ts";
import type { WorldState } from "./state.ts";
import type { Fault } from "./world.ts";

/** Switches one fault. A restart of a server that is restarting, and moved roles during a role change, do nothing. */
export function applyFault(state: WorldState, fault: Fault): void {
  switch (fault.kind) {
    case "linkDisconnected":
      state.link.connected = !fault.on;
      return;
    case "suspended": {
      const { copy } = state[fault.server];
      copy.isSuspended = fault.on;
      copy.suspendReason = fault.on ? 0 : null;
      return;
    }
    case "restart":
      if (state[fault.server].downUntilMs === null) restart(state, fault.server);
      return;
    case "unreachable":
      state[fault.server].isCutOff = fault.on;
      if (fault.on) cutConnections(state, fault.server);
      return;
    case "dropConnections":
      cutConnections(state, fault.server);
      return;
    case "rolesMoved": {
      const primary = primarySide(state);
      if (primary !== null && state.failover === null) startPlanned(state, primary);
      return;
    }
    case "networkDelay":
      state.link.networkDelayMs = fault.ms;
  }
}

function cutConnections(state: WorldState, key: "box" | "instance"): void {
  state[key].connectionEpoch++;
  dropSessions(state, key);
}
