// The replicas of every availability group with their state; a remote replica has a state on the primary alone.
import { z } from "zod";
import type { Replica } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** A replica and the group it belongs to. */
export interface ReplicaRow {
  readonly groupId: string;
  readonly replica: Replica;
}

/** Needs VIEW ANY DEFINITION and VIEW SERVER STATE. */
export const replicasQuery: Query<ReplicaRow> = {
  name: "availability replicas",
  text: `
SELECT
  ar.group_id AS groupId,
  ar.replica_id AS replicaId,
  ar.replica_server_name AS replicaServerName,
  ar.endpoint_url AS endpointUrl,
  ar.availability_mode_desc AS availabilityMode,
  ar.secondary_role_allow_connections_desc AS secondaryRoleAllowConnections,
  ars.is_local AS isLocal,
  ars.role_desc AS role,
  ars.connected_state_desc AS connectedState,
  ars.synchronization_health_desc AS synchronizationHealth,
  ars.last_connect_error_number AS lastConnectErrorNumber,
  ars.last_connect_error_description AS lastConnectErrorDescription
FROM sys.availability_replicas AS ar
LEFT JOIN sys.dm_hadr_availability_replica_states AS ars
  ON ars.replica_id = ar.replica_id AND ars.group_id = ar.group_id
ORDER BY ar.group_id, ar.replica_server_name, ar.replica_id;`,
  row: z
    .object({
      groupId: z.string(),
      replicaId: z.string(),
      replicaServerName: z.string(),
      endpointUrl: z.string().nullable(),
      availabilityMode: z.enum(["ASYNCHRONOUS_COMMIT", "SYNCHRONOUS_COMMIT", "CONFIGURATION_ONLY"]),
      secondaryRoleAllowConnections: z.enum(["NO", "READ_ONLY", "ALL"]).nullable(),
      isLocal: bit.nullable(),
      role: z.enum(["PRIMARY", "SECONDARY", "RESOLVING"]).nullable(),
      connectedState: z.enum(["CONNECTED", "DISCONNECTED"]).nullable(),
      synchronizationHealth: z.enum(["NOT_HEALTHY", "PARTIALLY_HEALTHY", "HEALTHY"]).nullable(),
      lastConnectErrorNumber: z.number().nullable(),
      lastConnectErrorDescription: z.string().nullable(),
    })
    .transform(({ groupId, ...replica }) => ({ groupId, replica })),
};
