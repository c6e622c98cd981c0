// sys.dm_exec_connections: the network side of each client connection.
import type { CatalogContext, ClientSession } from "./context.ts";
import { localTime } from "./local-time.ts";
import { bigint, datetime, int, nvarchar, smallint, uniqueidentifier, varchar } from "./types.ts";
import { defineView } from "./view.ts";
import { windowsName } from "./windows-names.ts";

export const dmExecConnections = defineView<ClientSession>({
  name: "sys.dm_exec_connections",
  access: "serverState",
  items: ({ clients }) => clients,
  cells: [
    ["session_id", int, (c) => c.sessionId],
    ["most_recent_session_id", int, (c) => c.sessionId],
    ["connect_time", datetime, (c, context) => localTime(c.loginTimeMs, context)],
    ["net_transport", nvarchar(40), () => "TCP"],
    ["protocol_type", nvarchar(40), () => "TSQL"],
    ["endpoint_id", int, () => 4],
    ["encrypt_option", nvarchar(40), (c) => (c.encrypted ? "TRUE" : "FALSE")],
    ["auth_scheme", nvarchar(40), (c) => (windowsName(c.login) === null ? "SQL" : "NTLM")],
    ["node_affinity", smallint, () => 0],
    ["last_read", datetime, (c, context) => localTime(c.lastRequestStartMs, context)],
    ["last_write", datetime, (c, context) => localTime(c.lastRequestEndMs, context)],
    ["net_packet_size", int, () => 4096],
    ["client_net_address", varchar(48), () => "127.0.0.1"],
    ["local_net_address", varchar(48), () => "127.0.0.1"],
    ["local_tcp_port", int, (_, context: CatalogContext) => context.port],
    ["connection_id", uniqueidentifier, (c) => c.connectionId],
    ["num_reads", bigint, () => 1],
    ["num_writes", bigint, () => 1],
  ],
});
