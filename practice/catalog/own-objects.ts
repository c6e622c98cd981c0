// sys.servers, sys.dm_os_volume_stats and sys.server_resource_stats: linked servers, the disk of SQL Server, the storage of an instance.
import type { ServerState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { databasesOf } from "./databases.ts";
import { databaseSizeKb } from "./files.ts";
import { localTime } from "./local-time.ts";
import {
  bigint,
  bit,
  datetime,
  datetime2,
  float,
  int,
  numeric,
  nvarchar,
  smallint,
  sysname,
} from "./types.ts";
import { defineView } from "./view.ts";

interface ServerRow {
  readonly id: number;
  readonly name: string;
  readonly product: string;
  readonly dataSource: string;
}

/** The server itself, and those that somebody linked to it. */
function serversSeen({ server, seesLinkedServers }: CatalogContext): readonly ServerRow[] {
  const linked = server.surroundings.objects.linkedServers
    .map((one, index) => ({ ...one, id: index + 1 }))
    .filter(({ hasDefaultMapping }) => hasDefaultMapping || seesLinkedServers);
  return [{ id: 0, name: server.name, product: "SQL Server", dataSource: server.name }, ...linked];
}

export const sysServers = defineView<ServerRow>({
  name: "sys.servers",
  access: "anyone",
  items: serversSeen,
  cells: [
    ["server_id", int, (s) => s.id],
    ["name", sysname, (s) => s.name],
    ["product", sysname, (s) => s.product],
    ["provider", sysname, () => "MSOLEDBSQL"],
    ["data_source", nvarchar(4000), (s) => s.dataSource],
    ["location", nvarchar(4000), () => null],
    ["provider_string", nvarchar(4000), () => null],
    ["catalog", sysname, () => null],
    ["is_linked", bit, (s) => s.id !== 0],
    ["modify_date", datetime, (_, context) => localTime(context.server.startedMs, context)],
  ],
});

const megabyte = 1024 * 1024;

/** Of one file; files of an instance lie in no volume that it shows. */
export const dmOsVolumeStats = defineView<{ readonly databaseId: number; readonly fileId: number }>(
  {
    name: "sys.dm_os_volume_stats",
    access: "serverState",
    argumentCount: 2,
    items: ({ state, server }, [databaseId, fileId]) => {
      const isThere =
        databasesOf(state, server).some(({ id }) => id === Number(databaseId)) &&
        [1, 2].includes(Number(fileId));
      if (server.key === "instance" || !isThere) return [];
      return [{ databaseId: Number(databaseId), fileId: Number(fileId) }];
    },
    cells: [
      ["database_id", int, (f) => f.databaseId],
      ["file_id", int, (f) => f.fileId],
      ["volume_mount_point", nvarchar(512), () => "C:\\"],
      ["logical_volume_name", nvarchar(512), () => "System"],
      ["file_system_type", nvarchar(512), () => "NTFS"],
      ["total_bytes", bigint, (_, { server }) => volumeOf(server).totalMb * megabyte],
      ["available_bytes", bigint, (_, { server }) => volumeOf(server).freeMb * megabyte],
    ],
  },
);

function volumeOf({ surroundings }: ServerState) {
  return surroundings.objects.volume;
}

const reportEveryMs = 15_000;
const reportsShown = 4;

/** Of an instance alone, every 15 s, in UTC. */
export const serverResourceStats = defineView<{ readonly endMs: number }>({
  name: "sys.server_resource_stats",
  access: "serverState",
  items: ({ state }) => {
    const last = Math.floor(state.nowMs / reportEveryMs) * reportEveryMs;
    return Array.from({ length: reportsShown }, (_, back) => ({
      endMs: last - back * reportEveryMs,
    }));
  },
  cells: [
    ["start_time", datetime2(7), (r) => utcTime(r.endMs - reportEveryMs)],
    ["end_time", datetime2(7), (r) => utcTime(r.endMs)],
    ["resource_type", nvarchar(128), () => "ManagedServer"],
    ["resource_name", sysname, (_, { server }) => server.name.split(".")[0] ?? server.name],
    ["sku", nvarchar(128), (_, { server }) => server.serviceTier],
    ["virtual_core_count", smallint, () => 4],
    ["avg_cpu_percent", numeric(5, 2), () => "3.00"],
    [
      "reserved_storage_mb",
      bigint,
      (_, { server }) => server.surroundings.objects.reservedStorageMb,
    ],
    ["storage_space_used_mb", numeric(18, 2), usedStorage],
    ["io_bytes_read", float, () => 0],
  ],
});

function usedStorage(_: unknown, context: CatalogContext): string {
  const databases = databasesOf(context.state, context.server);
  const usedKb = databases.reduce((sum, one) => sum + databaseSizeKb(one, context), 0);
  return (usedKb / 1024).toFixed(2);
}

function utcTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "");
}
