// The practice login may connect to SQL Server, but neither see its state nor change its groups.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const missingPermission: Scenario = {
  ...healthy,
  name: "missing-permission",
  summary: "The login on SQL Server lacks VIEW SERVER STATE and ALTER ANY AVAILABILITY GROUP.",
  box: {
    ...healthy.box,
    deniedPermissions: [
      "VIEW SERVER STATE",
      "VIEW SERVER PERFORMANCE STATE",
      "ALTER ANY AVAILABILITY GROUP",
    ],
  },
};
