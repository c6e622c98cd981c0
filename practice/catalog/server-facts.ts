// sys.dm_os_sys_info, sys.configurations and sys.dm_hadr_cluster: facts about the server as a whole.
import type { ServerState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import { localTime } from "./local-time.ts";
import { bigint, bit, datetime, description, int, nvarchar, sysname, tinyint } from "./types.ts";
import { defineView } from "./view.ts";

export const dmOsSysInfo = defineView<CatalogContext>({
  name: "sys.dm_os_sys_info",
  access: "serverState",
  items: (context) => [context],
  cells: [
    ["cpu_count", int, () => 4],
    ["hyperthread_ratio", int, () => 4],
    ["physical_memory_kb", bigint, () => 16_777_216],
    ["committed_kb", bigint, () => 4_194_304],
    ["committed_target_kb", bigint, () => 12_582_912],
    ["ms_ticks", bigint, ({ state }) => Math.round(state.nowMs - bootMs)],
    ["sqlserver_start_time", datetime, (context) => localTime(context.server.startedMs, context)],
    ["virtual_machine_type", int, () => 1],
    ["virtual_machine_type_desc", description, () => "HYPERVISOR"],
  ],
});

/** Only ms_ticks needs it: a moment before any scenario begins. */
const bootMs = Date.UTC(2026, 0, 1);

interface Setting {
  readonly id: number;
  readonly name: string;
  readonly value: number;
}

export const sysConfigurations = defineView<Setting>({
  name: "sys.configurations",
  access: "anyone",
  items: () => [
    { id: 102, name: "allow updates", value: 0 },
    { id: 518, name: "show advanced options", value: 0 },
    { id: 1538, name: "cost threshold for parallelism", value: 5 },
    { id: 1539, name: "max degree of parallelism", value: 0 },
    { id: 1544, name: "max server memory (MB)", value: 12_288 },
    { id: 16_391, name: "clr enabled", value: 0 },
  ],
  cells: [
    ["configuration_id", int, (s) => s.id],
    ["name", nvarchar(35), (s) => s.name],
    ["value", int, (s) => s.value],
    ["value_in_use", int, (s) => s.value],
    ["is_dynamic", bit, () => true],
    ["is_advanced", bit, (s) => s.id > 1000],
  ],
});

/** Empty where the availability group has CLUSTER_TYPE = NONE. */
export const dmHadrCluster = defineView<CatalogContext>({
  name: "sys.dm_hadr_cluster",
  access: "serverState",
  items: (context) => (context.server.clusterType === "WSFC" ? [context] : []),
  cells: [
    ["cluster_name", sysname, ({ server }) => clusterName(server)],
    ["quorum_type", tinyint, () => 0],
    ["quorum_type_desc", description, () => "NODE_MAJORITY"],
    ["quorum_state", tinyint, () => 1],
    ["quorum_state_desc", description, () => "NORMAL_QUORUM"],
  ],
});

function clusterName({ key, machineName }: ServerState): string {
  return key === "instance" ? machineName : "WSFC01";
}
