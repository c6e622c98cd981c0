// How full the logs of databases are, and what keeps them from being used again.
import { z } from "zod";
import type { LogUse } from "../../../shared/readiness/server-objects.ts";
import { quoteString } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";

/** Of a secondary copy the sizes are NULL ("sys.dm_db_log_stats", Remarks). Needs VIEW SERVER STATE. */
export function logUseQuery(databases: readonly string[]): Query<LogUse> {
  return {
    name: "log use",
    text: `
SELECT
  d.name AS [database],
  l.active_log_size_mb AS activeMb,
  l.total_log_size_mb AS totalMb,
  d.log_reuse_wait_desc AS reuseWait
FROM sys.databases AS d
OUTER APPLY sys.dm_db_log_stats(d.database_id) AS l
WHERE d.name IN (${databases.map(quoteString).join(", ")})
ORDER BY d.name;`,
    row: z.object({
      database: z.string(),
      activeMb: z.number().nullable(),
      totalMb: z.number().nullable(),
      reuseWait: z.string(),
    }),
  };
}
