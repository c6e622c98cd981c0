// The availability groups of one server with their replicas: the local group, and the distributed group that is the link.
import { furtherNodes } from "../world/ha-replicas.ts";
import type { LocalNode, Role, ServerState, WorldState } from "../world/state.ts";
import { seesPartner, shownLinkRole } from "../world/sides.ts";
import type { BystanderLink } from "../world/bystanders.ts";
import type { OtherGroup } from "../world/surroundings.ts";
import { bystanderGroups, bystanderReplicas } from "./bystander-rows.ts";
import type { CatalogContext } from "./context.ts";
import { mirroringPort } from "./endpoints.ts";
import { stableGuid } from "./stable-id.ts";

export interface Replica {
  readonly group: Group;
  readonly id: string;
  /** A server name; in a distributed group the name of a member group. */
  readonly name: string;
  readonly isLocal: boolean;
  /** As this server sees it: null for a remote replica of which a secondary knows nothing. */
  readonly role: Role | null;
  readonly isConnected: boolean;
  readonly endpointUrl: string;
  readonly availabilityMode: "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT";
  readonly secondaryAllowConnections: ServerState["secondaryAllowConnections"];
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly isDistributed: boolean;
  /** Role of the local replica. */
  readonly role: Role;
  /** primary_replica of sys.dm_hadr_availability_group_states: empty while it is not known. */
  readonly primaryReplica: string;
  /** The bystander whose group it is. */
  readonly bystander?: { readonly database: string; readonly link: BystanderLink };
}

/** The groups of the server: none that were dropped. */
export function groupsOf(context: CatalogContext): readonly Group[] {
  const { server } = context;
  return [
    ...(server.localGroupDropped ? [] : [localGroup(server)]),
    ...server.surroundings.otherGroups.map((other) => otherGroup(server, other)),
    ...linkContexts(context).map(linkGroup),
    ...bystanderGroups(server),
  ];
}

/** The context of each link there is: on SQL Server perhaps two of the same database. */
function linkContexts(context: CatalogContext): readonly CatalogContext[] {
  const { state, server } = context;
  const other = server.key === "box" ? state.otherLink : null;
  const all = [context, ...(other === null ? [] : [inLink(context, other)])];
  return all.filter((one) => !one.server.linkDropped);
}

const inLink = (context: CatalogContext, state: WorldState): CatalogContext => ({
  ...context,
  state,
  server: state.box,
  peer: state.instance,
});

/** The context in which a group's link is told of; of a local group the one given. */
export function contextOf(group: Group, context: CatalogContext): CatalogContext {
  return linkContexts(context).find(({ state }) => state.link.groupId === group.id) ?? context;
}

/** All replicas that sys.availability_replicas knows. */
export function replicasOf(context: CatalogContext): readonly Replica[] {
  return groupsOf(context).flatMap((group) => {
    if (group.bystander !== undefined) {
      const at = { ...context, endpointOf: linkEndpoint };
      return bystanderReplicas(group, group.bystander.link, at);
    }
    if (group.isDistributed) return linkReplicas(contextOf(group, context), group);
    return group.id === context.server.groupId
      ? localReplicas(context, group)
      : otherReplicas(context, group);
  });
}

function localGroup(server: ServerState): Group {
  return {
    id: server.groupId,
    name: server.groupName,
    isDistributed: false,
    role: server.localRole,
    primaryReplica: server.localPrimaryReplica,
  };
}

/** Has nothing to do with the link; this server is its primary. */
function otherGroup({ name: server }: ServerState, { name }: OtherGroup): Group {
  const id = stableGuid(`group ${name}`);
  return { id, name, isDistributed: false, role: "PRIMARY", primaryReplica: server };
}

function otherReplicas({ server }: CatalogContext, group: Group): Replica[] {
  const found = server.surroundings.otherGroups.find(({ name }) => name === group.name);
  return (found?.replicas ?? []).map((name, index) => ({
    group,
    id: stableGuid(`${group.id} ${name}`),
    name,
    isLocal: index === 0,
    role: index === 0 ? "PRIMARY" : "SECONDARY",
    isConnected: true,
    endpointUrl: `TCP://${name}:${mirroringPort}`,
    availabilityMode: "SYNCHRONOUS_COMMIT",
    secondaryAllowConnections: "NO",
  }));
}

function linkGroup({ state, server, peer }: CatalogContext): Group {
  const role = shownLinkRole(server);
  // A node that is not primary of its own group is told nothing of the distributed group's primary.
  const follows = role === "SECONDARY" && server.localRole === "PRIMARY";
  const primary = role === "PRIMARY" ? server : follows ? peer : null;
  return {
    id: state.link.groupId,
    name: state.link.name,
    isDistributed: true,
    role,
    primaryReplica: primary?.groupName ?? "",
  };
}

/** Where the other side of the link reaches this one: a group of several nodes by its listener. */
export function linkEndpoint({ key, name, otherNodes }: ServerState): string {
  return key === "box"
    ? `TCP://10.0.0.${otherNodes.length === 0 ? 4 : 10}:${mirroringPort}`
    : `tcp://${name}:${mirroringPort};Server=[${name.split(".", 1)[0] ?? ""}]`;
}

function linkReplicas({ state, server, peer }: CatalogContext, group: Group): Replica[] {
  const connected = seesPartner(state, server.key);
  const replica = (side: ServerState): Replica => {
    const isLocal = side.key === server.key;
    const address = linkEndpoint(side);
    return {
      group,
      id: side.linkReplicaId,
      name: side.groupName,
      isLocal,
      role: isLocal ? group.role : group.role === "PRIMARY" ? "SECONDARY" : null,
      isConnected: (isLocal && group.role === "PRIMARY") || connected,
      endpointUrl: isLocal ? address : (server.partnerEndpointUrl ?? address),
      availabilityMode: server.linkAvailabilityMode[side.key],
      secondaryAllowConnections: "ALL",
    };
  };
  return server.key === "box" ? [replica(server), replica(peer)] : [replica(peer), replica(server)];
}

/** This node and those beside it. The node that is primary has a row here also where a fault made it up. */
function localReplicas({ server }: CatalogContext, group: Group): Replica[] {
  const replica = (node: LocalNode, role: Role | null): Replica => ({
    group,
    id: node.replicaId,
    name: node.name,
    isLocal: node.replicaId === server.replicaId,
    role,
    isConnected: true,
    endpointUrl: `TCP://${node.name}:${mirroringPort}`,
    availabilityMode: "SYNCHRONOUS_COMMIT",
    secondaryAllowConnections: node.secondaryAllowConnections,
  });
  const further = furtherNodes(server);
  const primary = server.localPrimaryReplica;
  const isNamed = [server, ...further].some(({ name }) => name === primary);
  const madeUp: LocalNode = {
    name: primary,
    replicaId: stableGuid(`${server.groupId} ${primary}`),
    secondaryAllowConnections: server.secondaryAllowConnections,
  };
  const others = isNamed ? further : [madeUp, ...further];
  return [
    replica(server, group.role),
    ...others.map((node) => replica(node, group.role === "PRIMARY" ? "SECONDARY" : null)),
  ];
}
