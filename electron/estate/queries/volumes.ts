// The volumes of SQL Server that hold files of the databases.
import { z } from "zod";
import { quoteString } from "../../../shared/sql/quote.ts";
import type { Query } from "./query.ts";

/** bigint arrives as text. */
const bytes = z.union([z.number(), z.string().regex(/^\d{1,15}$/u)]).transform(Number);

export interface VolumeRow {
  readonly mountPoint: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** Needs VIEW ANY DEFINITION for the files and VIEW SERVER STATE for the volumes. */
export function volumesQuery(databases: readonly string[]): Query<VolumeRow> {
  return {
    name: "volumes",
    text: `
SELECT DISTINCT
  v.volume_mount_point AS mountPoint,
  v.total_bytes AS totalBytes,
  v.available_bytes AS freeBytes
FROM sys.master_files AS f
CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v
WHERE DB_NAME(f.database_id) IN (${databases.map(quoteString).join(", ")})
ORDER BY v.volume_mount_point;`,
    row: z.object({ mountPoint: z.string(), totalBytes: bytes, freeBytes: bytes }),
  };
}
