// Copies of databases that are being made at this moment.
import { z } from "zod";
import type { Seeding } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { count } from "./query.ts";

/** Needs VIEW SERVER STATE. */
export const seedingQuery: Query<Seeding> = {
  name: "seeding",
  text: `
SELECT
  ps.local_database_name AS databaseName,
  ps.internal_state_desc AS state,
  ps.transferred_size_bytes AS transferredBytes,
  ps.database_size_bytes AS databaseBytes
FROM sys.dm_hadr_physical_seeding_stats AS ps
WHERE ps.end_time_utc IS NULL AND ps.local_database_name IS NOT NULL
ORDER BY ps.local_database_name;`,
  row: z.object({
    databaseName: z.string(),
    state: z
      .string()
      .nullable()
      .transform((state) => state ?? "unknown"),
    transferredBytes: count,
    databaseBytes: count,
  }),
};
