// Linked servers, and whether this login sees all of them.
import { z } from "zod";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

export const linkedServersQuery: Query<string> = {
  name: "linked servers",
  text: `
SELECT s.name AS name
FROM sys.servers AS s
WHERE s.is_linked = 1
ORDER BY s.name;`,
  row: z.object({ name: z.string() }).transform(({ name }) => name),
};

/** Without either right those without the default login mapping do not show ("sys.servers", Permissions). */
export const linkedServerRightQuery: Query<boolean> = {
  name: "right to see linked servers",
  text: `
SELECT
  CASE
    WHEN HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY LINKED SERVER') = 1 THEN 1
    WHEN HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY LOGIN') = 1 THEN 1
    ELSE 0
  END AS seesAll;`,
  row: z.object({ seesAll: bit }).transform(({ seesAll }) => seesAll),
};
