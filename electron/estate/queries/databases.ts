// Every user database: its state, whether it can be written, and whether it belongs to an availability group.
import { z } from "zod";
import type { Database } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** Database ids 1 to 4 are master, tempdb, model and msdb. Needs VIEW ANY DATABASE. */
export const databasesQuery: Query<Database> = {
  name: "databases",
  text: `
SELECT
  d.database_id AS databaseId,
  d.name AS name,
  d.state_desc AS state,
  CAST(DATABASEPROPERTYEX(d.name, 'Updateability') AS nvarchar(128)) AS updateability,
  d.recovery_model_desc AS recoveryModel,
  d.log_reuse_wait_desc AS logReuseWait,
  d.is_encrypted AS isEncrypted,
  CASE WHEN d.group_database_id IS NULL THEN 0 ELSE 1 END AS isInAvailabilityGroup
FROM sys.databases AS d
WHERE d.database_id > 4
ORDER BY d.name;`,
  row: z.object({
    databaseId: z.number(),
    name: z.string(),
    state: z.string(),
    updateability: z.enum(["READ_ONLY", "READ_WRITE"]).nullable(),
    recoveryModel: z.string(),
    logReuseWait: z.string(),
    isEncrypted: bit,
    isInAvailabilityGroup: bit,
  }),
};
