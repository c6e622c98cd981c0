// Trace flags among SQL Server's startup parameters, where no T-SQL reaches: they come back with every start.
import { z } from "zod";
import type { Query } from "./query.ts";

/** `sys.dm_server_registry` shows them as -T1800. Needs VIEW SERVER STATE. */
export const startupFlagsQuery: Query<number | null> = {
  name: "startup parameters",
  text: `
SELECT CAST(r.value_data AS nvarchar(4000)) AS value
FROM sys.dm_server_registry AS r
WHERE r.value_name LIKE N'SQLArg%' AND CAST(r.value_data AS nvarchar(4000)) LIKE N'-T%'
ORDER BY r.value_name;`,
  row: z
    .object({ value: z.string() })
    // A value of the registry may end in NUL.
    .transform(({ value }) => Number(/^-T\s*(\d+)/iu.exec(value)?.[1] ?? Number.NaN))
    .transform((flag) => (Number.isNaN(flag) ? null : flag)),
};
