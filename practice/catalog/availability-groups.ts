// sys.availability_groups, sys.availability_replicas and sys.availability_databases_cluster: the groups as they are defined.
import { bystanderDatabaseId } from "./bystander-rows.ts";
import { groupsOf, replicasOf, type Group, type Replica } from "./groups.ts";
import { localTime } from "./local-time.ts";
import type { CatalogContext } from "./context.ts";
import {
  bigint,
  bit,
  datetime,
  description,
  int,
  lsn,
  nvarchar,
  smallint,
  sysname,
  tinyint,
  uniqueidentifier,
} from "./types.ts";
import { defineView } from "./view.ts";

export const availabilityGroups = defineView<Group>({
  name: "sys.availability_groups",
  access: "definition",
  items: groupsOf,
  cells: [
    ["group_id", uniqueidentifier, (g) => g.id],
    ["name", sysname, (g) => g.name],
    ["resource_id", nvarchar(40), () => null],
    ["resource_group_id", nvarchar(40), () => null],
    ["failure_condition_level", int, (g) => (g.isDistributed ? null : 3)],
    ["health_check_timeout", int, (g) => (g.isDistributed ? null : 30_000)],
    ["automated_backup_preference", tinyint, (g) => (g.isDistributed ? null : 2)],
    [
      "automated_backup_preference_desc",
      description,
      (g) => (g.isDistributed ? null : "SECONDARY"),
    ],
    ["version", smallint, (g) => (g.isDistributed ? 0 : 1)],
    ["basic_features", bit, isBasic],
    ["dtc_support", bit, () => false],
    ["db_failover", bit, () => false],
    ["is_distributed", bit, (g) => g.isDistributed],
    ["cluster_type", tinyint, clusterType, 2017],
    [
      "cluster_type_desc",
      description,
      (g, context) => (clusterType(g, context) === 2 ? "NONE" : "WSFC"),
      2017,
    ],
    ["required_synchronized_secondaries_to_commit", int, () => 0, 2017],
    ["sequence_number", bigint, () => 4_294_967_297n, 2017],
    ["is_contained", bit, () => false, 2022],
  ],
});

/** 0 WSFC, 2 NONE. */
function clusterType(group: Group, { server }: CatalogContext): 0 | 2 {
  return group.isDistributed || server.clusterType === "WSFC" ? 0 : 2;
}

/** Only Standard edition (EngineEdition 2) makes basic groups. */
function isBasic(group: Group, { state, server }: CatalogContext): boolean {
  return (
    !group.isDistributed && server.engineEdition === 2 && state.engine.standardGroup === "basic"
  );
}

const allowCodes = { NO: 0, READ_ONLY: 1, ALL: 2 } as const;

export const availabilityReplicas = defineView<Replica>({
  name: "sys.availability_replicas",
  access: "definition",
  items: replicasOf,
  cells: [
    ["replica_id", uniqueidentifier, (r) => r.id],
    ["group_id", uniqueidentifier, (r) => r.group.id],
    ["replica_metadata_id", int, (r) => (r.isLocal ? 65_537 : null)],
    ["replica_server_name", nvarchar(256), (r) => r.name],
    ["endpoint_url", nvarchar(256), (r) => r.endpointUrl],
    ["availability_mode", tinyint, (r) => (r.availabilityMode === "SYNCHRONOUS_COMMIT" ? 1 : 0)],
    ["availability_mode_desc", description, (r) => r.availabilityMode],
    ["failover_mode", tinyint, () => 1],
    ["failover_mode_desc", description, () => "MANUAL"],
    ["session_timeout", int, (r) => (r.group.isDistributed ? 20 : 10)],
    ["primary_role_allow_connections", tinyint, () => 2],
    ["primary_role_allow_connections_desc", description, () => "ALL"],
    ["secondary_role_allow_connections", tinyint, (r) => allowCodes[r.secondaryAllowConnections]],
    ["secondary_role_allow_connections_desc", description, (r) => r.secondaryAllowConnections],
    ["create_date", datetime, (_, context) => localTime(definedMs(context), context)],
    ["modify_date", datetime, (_, context) => localTime(definedMs(context), context)],
    ["backup_priority", int, () => 50],
    ["read_only_routing_url", nvarchar(256), () => null],
    ["seeding_mode", tinyint, () => 0],
    ["seeding_mode_desc", description, () => "AUTOMATIC"],
    ["read_write_routing_url", nvarchar(256), () => null, 2019],
  ],
});

function definedMs({ server }: CatalogContext): number {
  return server.startedMs - 2 * 86_400_000;
}

/** The database stands under its own group; a distributed group lists none. */
export const availabilityDatabasesCluster = defineView<Group>({
  name: "sys.availability_databases_cluster",
  access: "definition",
  items: (context) =>
    groupsOf(context).filter(
      ({ id, isDistributed, bystander }) =>
        id === context.server.groupId || (bystander !== undefined && !isDistributed),
    ),
  cells: [
    ["group_id", uniqueidentifier, (g) => g.id],
    [
      "group_database_id",
      uniqueidentifier,
      (g, { state }) =>
        g.bystander === undefined
          ? state.link.groupDatabaseId
          : bystanderDatabaseId(g.bystander.link),
    ],
    ["database_name", sysname, (g, { state }) => g.bystander?.database ?? state.link.database],
    ["truncation_lsn", lsn, () => null],
  ],
});
