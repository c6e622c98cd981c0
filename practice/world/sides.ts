// Which side is which: the other server, the primary, whether log can flow, and what a node lets its clients see.
import type { DatabaseCopy, Role, ServerKey, ServerState, WorldState } from "./state.ts";

export function otherSide(key: ServerKey): ServerKey {
  return key === "box" ? "instance" : "box";
}

/** The only side with the role PRIMARY; null with none (role change, demotion) or two (split brain). */
export function primarySide(state: WorldState): ServerKey | null {
  const box = state.box.linkRole === "PRIMARY";
  const instance = state.instance.linkRole === "PRIMARY";
  return box === instance ? null : box ? "box" : "instance";
}

/** From which side log flows to the other; null while nothing flows. While a planned failover resolves it still flows. */
export function flowingFrom(state: WorldState): ServerKey | null {
  if (!state.link.connected || state.box.linkDropped || state.instance.linkDropped) return null;
  if (!isUp(state.box) || !isUp(state.instance)) return null;
  if (state.box.copy.isSuspended || state.instance.copy.isSuspended) return null;
  const failover = state.failover;
  if (failover?.kind === "planned" && failover.phase !== "starting") return otherSide(failover.to);
  const primary = primarySide(state);
  if (primary === null) return null;
  return state[otherSide(primary)].linkRole === "SECONDARY" ? primary : null;
}

/** Running and its database recovered: the link's endpoint answers. */
function isUp(server: ServerState): boolean {
  return server.downUntilMs === null && server.recoveringUntilMs === null;
}

/** Whether an application can write on this side now. */
export function isWritable(server: ServerState): boolean {
  return (
    server.reachable &&
    server.copy.state === "ONLINE" &&
    server.copy.updateability === "READ_WRITE" &&
    (server.linkDropped || server.linkRole === "PRIMARY")
  );
}

/** Every member of the distributed group is set to synchronous commit on both sides. */
export function isSynchronous(state: WorldState): boolean {
  return [state.box, state.instance].every((server) =>
    Object.values(server.linkAvailabilityMode).every((mode) => mode === "SYNCHRONOUS_COMMIT"),
  );
}

/** connected_state of the other side as this side sees it: it changes only after SESSION_TIMEOUT. */
export function seesPartner(state: WorldState, key: ServerKey): boolean {
  const server = state[key];
  return !server.linkDropped && state.nowMs - server.heardPartnerMs < state.engine.sessionTimeoutMs;
}

/** Role in the distributed group as this node's views show it: a node that is not primary of its own group shows SECONDARY. */
export function shownLinkRole(server: ServerState): Role {
  return server.localRole === "PRIMARY" ? server.linkRole : "SECONDARY";
}

/** DATABASEPROPERTYEX(..., 'Updateability') on this node. */
export function shownUpdateability(server: ServerState): DatabaseCopy["updateability"] {
  return server.localRole === "PRIMARY" ? server.copy.updateability : "READ_ONLY";
}
