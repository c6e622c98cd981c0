// sys.dm_hadr_availability_replica_states, _group_states and _replica_cluster_states: what the groups are doing.
import type { CatalogContext } from "./context.ts";
import { healthCodes, linkHealth } from "./database-replica-states.ts";
import { contextOf, groupsOf, replicasOf, type Group, type Replica } from "./groups.ts";
import { localTime } from "./local-time.ts";
import {
  bigint,
  bit,
  datetime,
  description,
  int,
  nvarchar,
  sysname,
  tinyint,
  uniqueidentifier,
} from "./types.ts";
import { defineView } from "./view.ts";

const roleCodes = { RESOLVING: 0, PRIMARY: 1, SECONDARY: 2 } as const;

type Health = keyof typeof healthCodes;

/** Remote replicas are known to the primary alone. */
function visibleReplicas(context: CatalogContext): readonly Replica[] {
  return replicasOf(context).filter(
    (replica) => replica.isLocal || replica.group.role === "PRIMARY",
  );
}

function healthOf(group: Group, context: CatalogContext): Health {
  const { bystander } = group;
  if (bystander !== undefined) return bystander.link.isConnected ? "HEALTHY" : "NOT_HEALTHY";
  if (group.role === "RESOLVING") return "NOT_HEALTHY";
  return group.isDistributed ? linkHealth(contextOf(group, context)) : "HEALTHY";
}

export const dmHadrAvailabilityReplicaStates = defineView<Replica>({
  name: "sys.dm_hadr_availability_replica_states",
  access: "serverState",
  items: visibleReplicas,
  cells: [
    ["replica_id", uniqueidentifier, (r) => r.id],
    ["group_id", uniqueidentifier, (r) => r.group.id],
    ["is_local", bit, (r) => r.isLocal],
    ["role", tinyint, (r) => (r.role === null ? null : roleCodes[r.role])],
    ["role_desc", description, (r) => r.role],
    ["operational_state", tinyint, (r) => operationalState(r)?.code ?? null],
    ["operational_state_desc", description, (r) => operationalState(r)?.text ?? null],
    ["connected_state", tinyint, (r) => (r.isConnected ? 1 : 0)],
    ["connected_state_desc", description, (r) => (r.isConnected ? "CONNECTED" : "DISCONNECTED")],
    ["recovery_health", tinyint, (r) => (isOnline(r) ? 1 : null)],
    ["recovery_health_desc", description, (r) => (isOnline(r) ? "ONLINE" : null)],
    ["synchronization_health", tinyint, (r, context) => healthCodes[healthOf(r.group, context)]],
    ["synchronization_health_desc", description, (r, context) => healthOf(r.group, context)],
    ["last_connect_error_number", int, (r) => (r.isConnected ? null : connectError.number)],
    [
      "last_connect_error_description",
      nvarchar(1024),
      (r) => (r.isConnected ? null : connectError.text),
    ],
    [
      "last_connect_error_timestamp",
      datetime,
      (r, context) =>
        r.isConnected
          ? null
          : localTime(contextOf(r.group, context).server.heardPartnerMs, context),
    ],
    ["write_lease_remaining_ticks", bigint, () => null, 2017],
    ["current_configuration_commit_start_time_utc", datetime, () => null, 2019],
    ["is_internal", bit, () => false, 2025],
  ],
});

/** What a side says of a partner it does not hear. */
export const connectError = {
  number: 10_060,
  text: "An error occurred while receiving data: '10060(A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.)'.",
};

function isOnline(replica: Replica): boolean {
  return replica.isLocal && replica.role !== "RESOLVING";
}

function operationalState(replica: Replica): { code: number; text: string } | undefined {
  if (!replica.isLocal) return undefined;
  return replica.role === "RESOLVING" ? { code: 1, text: "PENDING" } : { code: 2, text: "ONLINE" };
}

export const dmHadrAvailabilityGroupStates = defineView<Group>({
  name: "sys.dm_hadr_availability_group_states",
  access: "serverState",
  items: groupsOf,
  cells: [
    ["group_id", uniqueidentifier, (g) => g.id],
    ["primary_replica", sysname, (g) => g.primaryReplica],
    ["primary_recovery_health", tinyint, (g) => (g.role === "PRIMARY" ? 1 : null)],
    ["primary_recovery_health_desc", description, (g) => (g.role === "PRIMARY" ? "ONLINE" : null)],
    ["secondary_recovery_health", tinyint, (g) => (g.role === "SECONDARY" ? 1 : null)],
    [
      "secondary_recovery_health_desc",
      description,
      (g) => (g.role === "SECONDARY" ? "ONLINE" : null),
    ],
    ["synchronization_health", tinyint, (g, context) => healthCodes[healthOf(g, context)]],
    ["synchronization_health_desc", description, healthOf],
  ],
});

export const dmHadrAvailabilityReplicaClusterStates = defineView<Replica>({
  name: "sys.dm_hadr_availability_replica_cluster_states",
  access: "serverState",
  items: replicasOf,
  cells: [
    ["replica_id", uniqueidentifier, (r) => r.id],
    ["replica_server_name", nvarchar(256), (r) => r.name],
    ["group_id", uniqueidentifier, (r) => r.group.id],
    ["join_state", tinyint, () => 1],
    ["join_state_desc", description, () => "JOINED_STANDALONE"],
  ],
});
