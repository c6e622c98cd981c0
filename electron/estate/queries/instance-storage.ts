// What a managed instance may hold, and what it held a moment ago.
import { z } from "zod";
import type { Query } from "./query.ts";

/** bigint and numeric arrive as text or number. */
const size = z.union([z.number(), z.string().regex(/^\d{1,12}(\.\d{1,4})?$/u)]).transform(Number);

export interface StorageRow {
  readonly reservedMb: number;
  readonly usedMb: number;
}

/** The view is an instance's alone, and is written every 15 s or so. Needs VIEW SERVER STATE. */
export const instanceStorageQuery: Query<StorageRow> = {
  name: "storage of the instance",
  text: `
SELECT TOP (1)
  s.reserved_storage_mb AS reservedMb,
  s.storage_space_used_mb AS usedMb
FROM sys.server_resource_stats AS s
ORDER BY s.end_time DESC;`,
  row: z.object({ reservedMb: size, usedMb: size }),
};
