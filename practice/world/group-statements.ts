// ALTER AVAILABILITY GROUP SET and MODIFY, and DROP AVAILABILITY GROUP.
import type { Engine } from "./engine.ts";
import { groupNamed, sameName } from "./groups.ts";
import { openAlone, removeFromInstance } from "./link-removal.ts";
import * as refusals from "./refusals.ts";
import { isSecondaryElsewhere, otherSide } from "./sides.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";

type Statement<Kind extends ServerStatement["kind"]> = Extract<ServerStatement, { kind: Kind }>;

/** SET (ROLE = SECONDARY) on the old primary of the link; other options are not for links (47523). */
export function setGroup(
  state: WorldState,
  key: ServerKey,
  { group, options }: Statement<"availabilityGroupSet">,
): void {
  if (groupNamed(state, key, group, "alter") === "local") throw refusals.notDistributed(group);
  const [other] = [...options.keys()].filter((option) => option !== "ROLE");
  const server = state[key];
  if (server.localRole !== "PRIMARY") throw refusals.needsLocalPrimary(group);
  if (other !== undefined) throw refusals.optionNotOnLink(other, group);
  if (state.failover !== null) throw refusals.notDuringFailover(group);
  if (server.linkRole === "SECONDARY") throw refusals.alreadySecondary(group);
  if (isSecondaryElsewhere(state, key)) throw refusals.secondaryElsewhere(server.groupName);
  server.linkRole = "SECONDARY";
  server.copy.updateability = "READ_ONLY";
  state.replication.unconfirmed = [];
  const partner = state[otherSide(key)];
  const last = state.failoverEnds.findLast(({ outcome }) => outcome === "done");
  if (partner.linkRole !== "PRIMARY" || last?.kind !== "forced") return;
  if (state.engine.suspendedAfterForced) {
    server.copy.isSuspended = true;
    server.copy.suspendReason = 1;
  }
}

/** MODIFY AVAILABILITY GROUP ON: the commit mode this server stores for each member; all else is 47523 on a link. */
export function modifyGroups(
  state: WorldState,
  key: ServerKey,
  { group, members }: Statement<"availabilityGroupModifyGroups">,
): void {
  if (groupNamed(state, key, group, "alter") === "local") throw refusals.notDistributed(group);
  const server = state[key];
  if (server.localRole !== "PRIMARY") throw refusals.needsLocalPrimary(group);
  if (state.failover !== null) throw refusals.notDuringFailover(group);
  const changes = members.map(({ name, options }) => {
    const side = (["box", "instance"] as const).find((one) => sameName(state[one].groupName, name));
    if (side === undefined) throw refusals.noSuchMember(name, group);
    const other = [...options.keys()].find((option) => option !== "AVAILABILITY_MODE");
    if (other !== undefined) throw refusals.optionNotOnLink(other, group);
    return { side, mode: commitMode(options.get("AVAILABILITY_MODE") ?? "") };
  });
  for (const { side, mode } of changes) server.linkAvailabilityMode[side] = mode;
}

/** MODIFY REPLICA ON in the local group: which connections a secondary takes. */
export function modifyReplica(
  state: WorldState,
  key: ServerKey,
  { group, members }: Statement<"availabilityGroupModifyReplica">,
): void {
  const server = state[key];
  if (groupNamed(state, key, group, "alter") === "distributed") {
    throw refusals.optionNotOnLink("REPLICA", group);
  }
  if (server.localRole !== "PRIMARY") throw refusals.needsLocalPrimary(group);
  const changes = members.map(({ name, options }) => {
    const node = [server, ...server.otherNodes].find((one) => sameName(name, one.name));
    if (node === undefined) throw refusals.noSuchReplica(name, group);
    const other = [...options.keys()].find((option) => option !== ALLOW_CONNECTIONS);
    if (other !== undefined) throw refusals.optionNotImplemented(other);
    const value = allowConnections(options.get(ALLOW_CONNECTIONS) ?? "");
    if (value !== "NO" && !mayBeRead(state, server)) {
      throw refusals.notInThisEdition("read access to secondary replicas");
    }
    return { node, value };
  });
  for (const { node, value } of changes) node.secondaryAllowConnections = value;
}

/** DROP AVAILABILITY GROUP: the link's end on this side, or on SQL Server the local group after it. */
export function dropGroup(engine: Engine, key: ServerKey, group: string): void {
  const { state } = engine;
  const server = state[key];
  const { surroundings } = server;
  if (surroundings.otherGroups.some(({ name }) => sameName(name, group))) {
    surroundings.otherGroups = surroundings.otherGroups.filter(
      ({ name }) => !sameName(name, group),
    );
    return;
  }
  const kind = groupNamed(state, key, group, "drop");
  if (state.failover !== null) throw refusals.groupIsBusy(group, "its failover is in progress");
  if (kind === "distributed") {
    if (key === "instance") removeFromInstance(engine);
    else server.linkDropped = true;
    return;
  }
  const user = [state, state.otherLink].find((one) => one?.box.linkDropped === false);
  if (user) {
    throw refusals.groupIsBusy(group, `distributed availability group '${user.link.name}' uses it`);
  }
  server.localGroupDropped = true;
  if (server.linkRole === "PRIMARY") return;
  if (state.engine.secondaryAfterDrop === "readWrite") openAlone(state, server);
  else server.copy.state = "RESTORING";
}

const ALLOW_CONNECTIONS = "SECONDARY_ROLE.ALLOW_CONNECTIONS";

/** SERVERPROPERTY('EngineEdition') 2 is Standard. */
function mayBeRead({ engine }: WorldState, { engineEdition }: ServerState): boolean {
  return engineEdition !== 2 || engine.readableSecondaryOnStandard === "accepted";
}

function commitMode(value: string): "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT" {
  const upper = value.toUpperCase();
  if (upper === "ASYNCHRONOUS_COMMIT" || upper === "SYNCHRONOUS_COMMIT") return upper;
  throw refusals.optionNotImplemented(value);
}

function allowConnections(value: string): ServerState["secondaryAllowConnections"] {
  const upper = value.toUpperCase();
  if (upper === "NO" || upper === "READ_ONLY" || upper === "ALL") return upper;
  throw refusals.optionNotImplemented(value);
}
