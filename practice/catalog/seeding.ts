// sys.dm_hadr_physical_seeding_stats and sys.dm_hadr_automatic_seeding: empty when no seeding runs, one finished entry in the history.
import type { CatalogContext } from "./context.ts";
import { isInGroup } from "./databases.ts";
import { stableGuid } from "./stable-id.ts";
import { localTime } from "./local-time.ts";
import { bigint, bit, datetime, int, nvarchar, sysname, uniqueidentifier } from "./types.ts";
import { defineView } from "./view.ts";

/** Rows only while a copy is being made; every scenario here begins after that. */
export const dmHadrPhysicalSeedingStats = defineView<never>({
  name: "sys.dm_hadr_physical_seeding_stats",
  access: "serverState",
  items: () => [],
  cells: [
    ["local_physical_seeding_id", uniqueidentifier, () => null],
    ["remote_physical_seeding_id", uniqueidentifier, () => null],
    ["local_database_id", int, () => null],
    ["local_database_name", sysname, () => null],
    ["remote_machine_name", sysname, () => null],
    ["role_desc", nvarchar(60), () => null],
    ["internal_state_desc", nvarchar(60), () => null],
    ["transfer_rate_bytes_per_second", bigint, () => null],
    ["transferred_size_bytes", bigint, () => null],
    ["database_size_bytes", bigint, () => null],
    ["start_time_utc", datetime, () => null],
    ["end_time_utc", datetime, () => null],
    ["estimate_time_complete_utc", datetime, () => null],
    ["total_disk_io_wait_time_ms", bigint, () => null],
    ["total_network_wait_time_ms", bigint, () => null],
    ["failure_code", int, () => null],
    ["failure_message", nvarchar(120), () => null],
    ["failure_time_utc", datetime, () => null],
    ["is_compression_enabled", bit, () => null],
  ],
});

export const dmHadrAutomaticSeeding = defineView<CatalogContext>({
  name: "sys.dm_hadr_automatic_seeding",
  access: "serverState",
  items: (context) => (isInGroup(context.server) ? [context] : []),
  cells: [
    ["start_time", datetime, (context) => localTime(seededMs(context) - 600_000, context)],
    ["completion_time", datetime, (context) => localTime(seededMs(context), context)],
    ["ag_id", uniqueidentifier, ({ state }) => state.link.groupId],
    ["ag_db_id", uniqueidentifier, ({ state }) => state.link.groupDatabaseId],
    ["ag_remote_replica_id", uniqueidentifier, ({ peer }) => peer.groupId],
    ["operation_id", uniqueidentifier, ({ state }) => stableGuid(`seeding ${state.link.name}`)],
    ["is_source", bit, ({ state, server }) => server.key === state.link.firstPrimary],
    ["current_state", nvarchar(128), () => "COMPLETED"],
    ["performed_seeding", bit, () => true],
    ["failure_state", int, () => 0],
    ["failure_state_desc", nvarchar(128), () => null],
    ["error_code", int, () => null],
    ["number_of_attempts", int, () => 1],
  ],
});

function seededMs({ server }: CatalogContext): number {
  return server.startedMs - 86_400_000;
}
