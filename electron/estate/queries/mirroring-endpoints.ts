// The endpoints that groups, links and database mirroring replicate through; a server has one at most.
import { z } from "zod";
import type { Query } from "./query.ts";

/** Needs VIEW ANY DEFINITION. */
export const mirroringEndpointsQuery: Query<string> = {
  name: "mirroring endpoints",
  text: `
SELECT e.name AS name
FROM sys.database_mirroring_endpoints AS e
ORDER BY e.name;`,
  row: z.object({ name: z.string() }).transform(({ name }) => name),
};
