// Jobs of SQL Server Agent, and whether one of their steps runs in a database of the link.
import { z } from "zod";
import type { AgentJob } from "../../../shared/readiness/server-objects.ts";
import { quoteString } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** Needs SELECT on both tables of msdb. */
export function agentJobsQuery(databases: readonly string[]): Query<AgentJob> {
  const names = databases.map(quoteString).join(", ");
  return {
    name: "Agent jobs",
    text: `
SELECT
  j.name AS name,
  CASE WHEN j.enabled = 0 THEN 0 ELSE 1 END AS isEnabled,
  CASE WHEN EXISTS (
    SELECT 1 FROM msdb.dbo.sysjobsteps AS s WHERE s.job_id = j.job_id AND s.database_name IN (${names})
  ) THEN 1 ELSE 0 END AS usesLink
FROM msdb.dbo.sysjobs AS j
ORDER BY j.name;`,
    row: z.object({ name: z.string(), isEnabled: bit, usesLink: bit }),
  };
}
