// Mirroring sessions, startup parameters and Agent jobs: what may still use what a link left behind, or was left with it.
import type { AgentJob } from "../world/own-objects.ts";
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

/** Those that test a network, and those that work. */
function jobsOf({ server }: CatalogContext): readonly AgentJob[] {
  const { agentJobs, objects } = server.surroundings;
  return [...agentJobs.map((name) => ({ name, isEnabled: true, databases: [] })), ...objects.jobs];
}

export const sysJobs = defineView<AgentJob>({
  name: "msdb.dbo.sysjobs",
  access: "database",
  items: jobsOf,
  cells: [
    ["job_id", uniqueidentifier, (job) => stableGuid(`job ${job.name}`)],
    ["name", sysname, (job) => job.name],
    ["enabled", tinyint, (job) => (job.isEnabled ? 1 : 0)],
    ["description", nvarchar(512), () => "No description available."],
  ],
});

interface JobStep {
  readonly job: string;
  readonly id: number;
  readonly database: string;
}

export const sysJobSteps = defineView<JobStep>({
  name: "msdb.dbo.sysjobsteps",
  access: "database",
  items: (context) =>
    jobsOf(context).flatMap(({ name, databases }) =>
      databases.map((database, index) => ({ job: name, id: index + 1, database })),
    ),
  cells: [
    ["job_id", uniqueidentifier, (step) => stableGuid(`job ${step.job}`)],
    ["step_id", int, (step) => step.id],
    ["step_name", sysname, (step) => `Step ${step.id}`],
    ["subsystem", nvarchar(40), () => "TSQL"],
    ["command", nvarchar("max"), (step) => `EXEC dbo.step_${step.id};`],
    ["database_name", sysname, (step) => step.database],
  ],
});
