// sys.databases: every database of the server with its state and its place in the availability group.
import type { CatalogContext } from "./context.ts";
import { releaseOf } from "../world/versions.ts";
import { bystanderGroupIds } from "./bystander-rows.ts";
import { databasesOf, isInGroup, type Database } from "./databases.ts";
import { stableBytes, stableGuid } from "./stable-id.ts";
import { localTime } from "./local-time.ts";
import {
  bit,
  datetime,
  description,
  int,
  smallint,
  sysname,
  tinyint,
  uniqueidentifier,
  varbinary,
} from "./types.ts";
import { defineView } from "./view.ts";

const stateCodes = { ONLINE: 0, RESTORING: 1, RECOVERING: 2 } as const;

export const sysDatabases = defineView<Database>({
  name: "sys.databases",
  access: "anyone",
  items: ({ state, server }) => databasesOf(state, server),
  cells: [
    ["name", sysname, (d) => d.name],
    ["database_id", int, (d) => d.id],
    ["source_database_id", int, () => null],
    ["owner_sid", varbinary(85), () => stableBytes("sa", 16)],
    [
      "create_date",
      datetime,
      (d, context) => localTime(d.restored?.createdMs ?? createdMs(context), context),
    ],
    ["compatibility_level", tinyint, compatibilityLevel],
    ["collation_name", sysname, () => collation],
    ["user_access", tinyint, () => 0],
    ["user_access_desc", description, () => "MULTI_USER"],
    // The option, not the role: a readable secondary shows 0 here; DATABASEPROPERTYEX tells the difference.
    ["is_read_only", bit, () => false],
    ["is_auto_close_on", bit, () => false],
    ["state", tinyint, (d) => stateCodes[stateOf(d)]],
    ["state_desc", description, (d) => stateOf(d)],
    ["is_in_standby", bit, () => false],
    ["snapshot_isolation_state", tinyint, () => 0],
    ["snapshot_isolation_state_desc", description, () => "OFF"],
    ["is_read_committed_snapshot_on", bit, () => false],
    ["recovery_model", tinyint, (d) => (recoveryModel(d) === "FULL" ? 1 : 3)],
    ["recovery_model_desc", description, recoveryModel],
    ["page_verify_option_desc", description, () => "CHECKSUM"],
    ["is_query_store_on", bit, (d) => d.copy !== null],
    [
      "is_encrypted",
      bit,
      (d, { state, server }) =>
        d.copy !== null && server.key === "instance" && state.engine.instanceEncryption !== "none",
    ],
    ["is_broker_enabled", bit, (d) => d.name === "msdb"],
    ["is_cdc_enabled", bit, () => false],
    ["is_accelerated_database_recovery_on", bit, () => false, 2019],
    ["log_reuse_wait", tinyint, (d, context) => (logReuseWait(d, context) === "NOTHING" ? 0 : 9)],
    ["log_reuse_wait_desc", description, logReuseWait],
    ["delayed_durability", int, () => 0],
    ["containment", tinyint, () => 0],
    ["containment_desc", description, () => "NONE"],
    ["service_broker_guid", uniqueidentifier, (d) => stableGuid(`broker ${d.name}`)],
    ["resource_pool_id", int, (d) => (d.copy === null ? null : 2)],
    ["replica_id", uniqueidentifier, (d, context) => groupIds(d, context)?.replicaId ?? null],
    [
      "group_database_id",
      uniqueidentifier,
      (d, context) => groupIds(d, context)?.groupDatabaseId ?? null,
    ],
    ["default_language_lcid", smallint, () => null],
  ],
});

/** The collation of both servers; a link needs it equal on both sides. */
export const collation = "SQL_Latin1_General_CP1_CI_AS";

/** state_desc as sys.databases and DATABASEPROPERTYEX(…, 'Status') write it. */
export function stateOf(database: Database): keyof typeof stateCodes {
  return database.copy?.state ?? "ONLINE";
}

/** recovery_model_desc. A database in an availability group is FULL. */
export function recoveryModel(database: Database): "FULL" | "SIMPLE" {
  const { copy, restored, bystander } = database;
  const isSystem = copy === null && restored === undefined && bystander === undefined;
  return isSystem && database.name !== "model" ? "SIMPLE" : "FULL";
}

/** log_reuse_wait_desc: the primary keeps the log that the other side has not hardened yet. */
export function logReuseWait(database: Database, { server, peer }: CatalogContext): string {
  const waits =
    database.copy !== null &&
    !server.linkDropped &&
    server.linkRole === "PRIMARY" &&
    peer.copy.hardened < server.copy.log.length;
  return waits ? "AVAILABILITY_REPLICA" : "NOTHING";
}

function groupIds(
  { copy, bystander }: Database,
  { state, server }: CatalogContext,
): { readonly replicaId: string; readonly groupDatabaseId: string } | null {
  if (bystander !== undefined) return bystanderGroupIds(bystander, server.key);
  return copy !== null && isInGroup(server)
    ? { replicaId: server.replicaId, groupDatabaseId: state.link.groupDatabaseId }
    : null;
}

/** The linked database keeps the level of the older side wherever it goes; the system's are those of their server. */
function compatibilityLevel({ copy }: Database, { server, peer }: CatalogContext): number {
  const own = releaseOf(server).major;
  return 10 * (copy === null ? own : Math.min(own, releaseOf(peer).major));
}

function createdMs({ server }: CatalogContext): number {
  return server.startedMs - 90 * 86_400_000;
}
