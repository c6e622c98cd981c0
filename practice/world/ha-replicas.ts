// The further rows of a Business Critical instance: its own high-availability replicas, which say nothing of the link.
import type { ReplicaRow } from "./replica-row.ts";
import type { ServerState } from "./state.ts";

/** Business Critical keeps three further copies in its inner group. */
const REPLICA_IDS = [
  "11B0A6D2-5C7E-4F18-8D93-A4E6C2F0B751",
  "22C1B7E3-6D8F-4029-9EA4-B5F7D301C862",
  "33D2C8F4-7E90-413A-AFB5-C608E412D973",
];

/** Rows with `is_primary_replica = 0` that have no last commit of their own; none on General Purpose and on SQL Server. */
export function haReplicaRows(server: ServerState, own: ReplicaRow): readonly ReplicaRow[] {
  if (server.serviceTier !== "BusinessCritical") return [];
  return REPLICA_IDS.map((replicaId) => ({
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
