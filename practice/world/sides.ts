// Which side is which: the other server, the primary, whether log can flow, and what a node lets its clients see.
import { goesBothWays } from "./versions.ts";
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

/** The side that sends or would send: the primary, and while a planned failover waits or resolves still the old one. */
export function sendingSide(state: WorldState): ServerKey | null {
  const { failover } = state;
  return failover?.kind === "planned" && failover.phase !== "starting"
    ? otherSide(failover.to)
    : primarySide(state);
}

/** The wire is up and there is an engine with this link at both ends. */
export function isTalking(state: WorldState): boolean {
  const { box, instance, link } = state;
  if (!link.connected || box.linkDropped || instance.linkDropped) return false;
  return box.downUntilMs === null && instance.downUntilMs === null;
}

/**
 * Whether the other side of this link can use this side's log: SQL Server none of a newer format; and what SQL Server
 * itself only passes on, because its other link has made it secondary, as the setting says.
 */
export function isUsable(state: WorldState, from: ServerKey): boolean {
  if (from === "instance") return goesBothWays(state.box, state.instance);
  return state.engine.otherLinkOfSecondary === "goesOn" || !isSecondaryElsewhere(state, "box");
}

/** Whether this server's local group is secondary in its other link. */
export function isSecondaryElsewhere({ otherLink }: WorldState, key: ServerKey): boolean {
  if (key !== "box" || otherLink === null) return false;
  return !otherLink.box.linkDropped && otherLink.box.linkRole !== "PRIMARY";
}

/** The role in which this node holds the database: PRIMARY only where no link has it otherwise. */
export function databaseRole(state: WorldState, server: ServerState): Role {
  const { key, linkDropped, localRole } = server;
  const inLink = linkDropped ? localRole : shownLinkRole(server);
  return inLink === "PRIMARY" && isSecondaryElsewhere(state, key) ? "SECONDARY" : inLink;
}

/** From which side log flows to the other; null while nothing flows. */
export function flowingFrom(state: WorldState): ServerKey | null {
  const from = sendingSide(state);
  if (from === null || !isTalking(state) || !isUsable(state, from)) return null;
  const sides = [state.box, state.instance];
  if (sides.some(({ copy, recoveringUntilMs }) => copy.isSuspended || recoveringUntilMs !== null)) {
    return null;
  }
  const receives = state[otherSide(from)].linkRole;
  return receives === "SECONDARY" || state.failover?.kind === "planned" ? from : null;
}

/** Whether the database can be written on this side now, by whoever reaches it. */
export function isWritable(server: ServerState): boolean {
  return (
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
