// How many databases are in a session of database mirroring, which replicates through the same endpoint as groups do.
import { z } from "zod";
import type { Query } from "./query.ts";

/** Needs VIEW ANY DEFINITION. */
export const mirroredDatabasesQuery: Query<number> = {
  name: "mirrored databases",
  text: `
SELECT COUNT(*) AS mirrored
FROM sys.database_mirroring AS m
WHERE m.mirroring_guid IS NOT NULL;`,
  row: z.object({ mirrored: z.number() }).transform(({ mirrored }) => mirrored),
};
