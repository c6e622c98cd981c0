// Jobs of SQL Server Agent that a test of a link's network by T-SQL leaves behind (domain.md 3.h).
import { z } from "zod";
import type { Query } from "./query.ts";

/** Needs SELECT on msdb.dbo.sysjobs. */
export const networkTestJobsQuery: Query<string> = {
  name: "Agent jobs",
  text: `
SELECT j.name AS name
FROM msdb.dbo.sysjobs AS j
WHERE j.name IN (N'TestMILinkConnection', N'NetHelper')
ORDER BY j.name;`,
  row: z.object({ name: z.string() }).transform(({ name }) => name),
};
