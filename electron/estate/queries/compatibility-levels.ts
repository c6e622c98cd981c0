// The compatibility level of every database, model's among them: a new database gets that one.
import { z } from "zod";
import type { Query } from "./query.ts";

export interface CompatibilityRow {
  readonly name: string;
  readonly compatibilityLevel: number;
}

/** Needs VIEW ANY DATABASE. */
export const compatibilityLevelsQuery: Query<CompatibilityRow> = {
  name: "compatibility levels",
  text: `
SELECT d.name AS name, d.compatibility_level AS compatibilityLevel
FROM sys.databases AS d
ORDER BY d.database_id;`,
  row: z.object({ name: z.string(), compatibilityLevel: z.number() }),
};
