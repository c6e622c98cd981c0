// The collation of a server: tempdb has it, and so does a comparison with it.
import { z } from "zod";
import type { Query } from "./query.ts";

/** Needs no permission. */
export const collationQuery: Query<string> = {
  name: "collation",
  text: `
SELECT CAST(SERVERPROPERTY('Collation') AS nvarchar(128)) AS collation;`,
  row: z.object({ collation: z.string() }).transform(({ collation }) => collation),
};
