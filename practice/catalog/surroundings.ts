// Mirroring sessions, startup parameters and Agent jobs: what may still use what a link left behind, or was left with it.
import type { CatalogContext } from "./context.ts";
import { stableGuid } from "./stable-id.ts";
import { description, int, nvarchar, sysname, tinyint, uniqueidentifier } from "./types.ts";
import { defineView } from "./view.ts";

interface Mirrored {
  readonly id: number;
  readonly name: string;
}

const firstMirroredId = 30;

/** Only databases that are mirrored: the others would have NULL in every column but the first. */
export const sysDatabaseMirroring = defineView<Mirrored>({
  name: "sys.database_mirroring",
  access: "definition",
  items: ({ server }) =>
    server.surroundings.mirroredDatabases.map((name, index) => ({
      id: firstMirroredId + index,
      name,
    })),
  cells: [
    ["database_id", int, (m) => m.id],
    ["mirroring_guid", uniqueidentifier, (m) => stableGuid(`mirroring ${m.name}`)],
    ["mirroring_state", tinyint, () => 4],
    ["mirroring_state_desc", description, () => "SYNCHRONIZED"],
    ["mirroring_role", tinyint, () => 1],
    ["mirroring_role_desc", description, () => "PRINCIPAL"],
    ["mirroring_partner_name", nvarchar(128), () => "TCP://SQLMIRROR01:5022"],
  ],
});

/** "sys.dm_server_registry": the parameters SQL Server starts with, among much else. */
export const dmServerRegistry = defineView<{ readonly name: string; readonly value: string }>({
  name: "sys.dm_server_registry",
  access: "serverState",
  items: startupParameters,
  cells: [
    [
      "registry_key",
      nvarchar(256),
      () =>
        "HKLM\\Software\\Microsoft\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQLServer\\Parameters",
    ],
    ["value_name", nvarchar(256), (p) => p.name],
    ["value_data", nvarchar(4000), (p) => p.value],
  ],
});

function startupParameters({ server }: CatalogContext) {
  if (server.key === "instance") return [];
  const files = ["-dC:\\Data\\master.mdf", "-eC:\\Log\\ERRORLOG", "-lC:\\Data\\mastlog.ldf"];
  const flags = server.surroundings.startupTraceFlags.map((flag) => `-T${flag}`);
  return [...files, ...flags].map((value, index) => ({ name: `SQLArg${index}`, value }));
}

export const sysJobs = defineView<string>({
  name: "msdb.dbo.sysjobs",
  access: "database",
  items: ({ server }) => server.surroundings.agentJobs,
  cells: [
    ["job_id", uniqueidentifier, (name) => stableGuid(`job ${name}`)],
    ["name", sysname, (name) => name],
    ["enabled", tinyint, () => 1],
    ["description", nvarchar(512), () => "No description available."],
  ],
});
