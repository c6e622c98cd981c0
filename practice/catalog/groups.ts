// The availability groups of one server with their replicas: the local group, and the distributed group that is the link.
import { replicaRows } from "../world/positions.ts";
import type { Role, ServerState } from "../world/state.ts";
import { seesPartner, shownLinkRole } from "../world/sides.ts";
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
}

/** The groups of the server: none that were dropped. */
export function groupsOf(context: CatalogContext): readonly Group[] {
  const { server } = context;
  return [
    ...(server.localGroupDropped ? [] : [localGroup(server)]),
    ...(server.linkDropped ? [] : [linkGroup(context)]),
  ];
}

/** All replicas that sys.availability_replicas knows. */
export function replicasOf(context: CatalogContext): readonly Replica[] {
  return groupsOf(context).flatMap((group) =>
    group.isDistributed ? linkReplicas(context, group) : localReplicas(context, group),
  );
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

/** Where the other side of the link reaches this one. */
export function linkEndpoint({ key, name }: ServerState): string {
  return key === "box"
    ? `TCP://10.0.0.4:${mirroringPort}`
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

/** This node, the node that is primary where this one is not, and the further copies of a Business Critical instance. */
function localReplicas({ state, server }: CatalogContext, group: Group): Replica[] {
  const node = (id: string, name: string, role: Role | null): Replica => ({
    group,
    id,
    name,
    isLocal: id === server.replicaId,
    role,
    isConnected: true,
    endpointUrl: `TCP://${name}:${mirroringPort}`,
    availabilityMode: "SYNCHRONOUS_COMMIT",
    secondaryAllowConnections: server.secondaryAllowConnections,
  });
  const own = node(server.replicaId, server.name, group.role);
  if (group.role !== "PRIMARY") {
    const primary = server.localPrimaryReplica;
    return [node(stableGuid(`${server.groupId} ${primary}`), primary, null), own];
  }
  const further = replicaRows(state, server.key).filter(
    (row) => row.group === "local" && !row.isLocal,
  );
  return [
    own,
    ...further.map((row, index) =>
      node(row.replicaId, `${server.machineName}-${index + 2}`, "SECONDARY"),
    ),
  ];
}
