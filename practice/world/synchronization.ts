// synchronization_state and synchronization_health of a database, as either side sees them.
import { isUsable, otherSide, seesPartner, sendingSide } from "./sides.ts";
import type { ServerKey, WorldState } from "./state.ts";

export type SynchronizationState = "NOT SYNCHRONIZING" | "SYNCHRONIZING" | "SYNCHRONIZED";
export type SynchronizationHealth = "NOT_HEALTHY" | "PARTIALLY_HEALTHY" | "HEALTHY";

/** A node's own row: the primary is ready to be read from, the secondary is in contact with a primary. */
export function ownSynchronization(state: WorldState, key: ServerKey): SynchronizationState {
  const server = state[key];
  if (server.copy.isSuspended || server.linkRole === "RESOLVING") return "NOT SYNCHRONIZING";
  if (server.linkRole === "SECONDARY") {
    const primary = sendingSide(state);
    const hasPrimary = primary === otherSide(key) && isUsable(state, primary);
    const partnerSuspended = state[otherSide(key)].copy.isSuspended;
    if (!hasPrimary || partnerSuspended || !seesPartner(state, key)) return "NOT SYNCHRONIZING";
  }
  return state.replication.isSynchronized ? "SYNCHRONIZED" : "SYNCHRONIZING";
}

/** The other side's row on the primary. */
export function partnerSynchronization(state: WorldState, key: ServerKey): SynchronizationState {
  const partner = state[otherSide(key)];
  const follows = partner.linkRole === "SECONDARY" && !partner.linkDropped && isUsable(state, key);
  const suspended = partner.copy.isSuspended || state[key].copy.isSuspended;
  if (!follows || suspended || !seesPartner(state, key)) return "NOT SYNCHRONIZING";
  return state.replication.isSynchronized ? "SYNCHRONIZED" : "SYNCHRONIZING";
}

/** HEALTHY: SYNCHRONIZED in synchronous mode, SYNCHRONIZING in asynchronous mode (domain.md 5.1). */
export function healthOf(
  state: SynchronizationState,
  isSynchronous: boolean,
): SynchronizationHealth {
  if (state === "NOT SYNCHRONIZING") return "NOT_HEALTHY";
  return isSynchronous && state === "SYNCHRONIZING" ? "PARTIALLY_HEALTHY" : "HEALTHY";
}
