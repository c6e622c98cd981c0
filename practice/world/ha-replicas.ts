// The further replicas of a local group, which say nothing of the link: of Business Critical, and of SQL Server's other nodes.
import type { ReplicaRow } from "./replica-row.ts";
import type { LocalNode, ServerState } from "./state.ts";

/** Business Critical keeps three further copies in its inner group. */
const REPLICA_IDS = [
  "11B0A6D2-5C7E-4F18-8D93-A4E6C2F0B751",
  "22C1B7E3-6D8F-4029-9EA4-B5F7D301C862",
  "33D2C8F4-7E90-413A-AFB5-C608E412D973",
];

/** What stands beside this node in its local group. None on General Purpose and where SQL Server has one node. */
export function furtherNodes(server: ServerState): readonly LocalNode[] {
  if (server.key === "box") return server.otherNodes;
  if (server.serviceTier !== "BusinessCritical") return [];
  return REPLICA_IDS.map((replicaId, index) => ({
    replicaId,
    name: `${server.machineName}-${index + 2}`,
    secondaryAllowConnections: server.secondaryAllowConnections,
  }));
}

/**
 * Rows with `is_primary_replica = 0` that have no last commit of their own, shown by the primary of the local group; of
 * Business Critical by whichever node is connected to.
 */
export function haReplicaRows(server: ServerState, own: ReplicaRow): readonly ReplicaRow[] {
  if (server.key === "box" && server.localRole !== "PRIMARY") return [];
  return furtherNodes(server).map(({ replicaId }) => ({
    ...own,
    replicaId,
    isLocal: false,
    isPrimaryReplica: false,
    synchronizationStateDesc: "SYNCHRONIZED",
    synchronizationHealthDesc: "HEALTHY",
    isCommitParticipant: true,
    lastCommitLsn: null,
    lastCommitMs: null,
  }));
}
