// SQL Server 2022 CU12: the last build without planned failover of a link by T-SQL.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const belowCu13: Scenario = {
  ...healthy,
  name: "below-cu13",
  summary: "SQL Server 2022 CU12, one update short of planned failover by T-SQL.",
  box: { ...healthy.box, productVersion: "16.0.4115.5", productUpdateLevel: "CU12" },
};
