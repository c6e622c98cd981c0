// How many rows the catalog counts in every table of one database.
import { z } from "zod";
import type { TableRows } from "../../../shared/rows/row-counts.ts";
import { quoteName } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";
import { count } from "./query.ts";

/** Heaps and clustered indexes alone: every other index holds the same rows again. Needs VIEW ANY DEFINITION. */
export function rowCountsOf(database: string): Query<TableRows> {
  const sys = `${quoteName(database)}.sys`;
  return {
    name: "row counts",
    text: `
SELECT s.name AS schemaName, t.name AS tableName, SUM(p.rows) AS rowTotal
FROM ${sys}.tables AS t
JOIN ${sys}.schemas AS s ON s.schema_id = t.schema_id
JOIN ${sys}.partitions AS p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
WHERE t.is_ms_shipped = 0
GROUP BY s.name, t.name
ORDER BY s.name, t.name;`,
    row: z.object({ schemaName: z.string(), tableName: z.string(), rowTotal: count }),
  };
}
