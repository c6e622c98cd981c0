// What the login in use may see and do. Stands in the same batch as the rows it guards: missing rights look like no rows.
import { z } from "zod";
import type { Rights } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** Rights, and two that only guard single queries; null = the server does not know that permission. */
export interface RightsRow extends Rights {
  readonly viewAnyDatabase: boolean | null;
  readonly readBackupHistory: boolean | null;
}

/** HAS_PERMS_BY_NAME answers NULL for a permission that the version does not know (VIEW SERVER PERFORMANCE STATE before 2022). */
export const rightsQuery: Query<RightsRow> = {
  name: "permissions",
  text: `
SELECT
  SUSER_SNAME() AS login,
  IS_SRVROLEMEMBER('sysadmin') AS isSysadmin,
  HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS viewAnyDefinition,
  HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS viewServerState,
  HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE') AS viewServerPerformanceState,
  HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY AVAILABILITY GROUP') AS alterAnyAvailabilityGroup,
  HAS_PERMS_BY_NAME(NULL, NULL, 'CONTROL SERVER') AS controlServer,
  HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DATABASE') AS viewAnyDatabase,
  HAS_PERMS_BY_NAME('msdb.dbo.backupset', 'OBJECT', 'SELECT') AS readBackupHistory;`,
  row: z.object({
    login: z.string(),
    isSysadmin: bit,
    viewAnyDefinition: bit,
    viewServerState: bit,
    viewServerPerformanceState: bit.nullable(),
    alterAnyAvailabilityGroup: bit,
    controlServer: bit,
    viewAnyDatabase: bit.nullable(),
    readBackupHistory: bit.nullable(),
  }),
};
