// SQL Server 2022 CU12: the last build without planned failover of a link by T-SQL.
import { linkOf } from "./link-of.ts";

export const belowCu13 = linkOf({
  name: "below-cu13",
  summary: "SQL Server 2022 CU12, one update short of planned failover by T-SQL.",
  build: "2022 CU12",
});
