// The users of one database that stand on a login of the server.
import { z } from "zod";
import type { LoginUser } from "../../../shared/readiness/server-objects.ts";
import { loginTypes } from "../../../shared/readiness/server-objects.ts";
import { quoteName } from "../../../shared/sql/quote.ts";
import { sid } from "./logins.ts";
import type { Query } from "./query.ts";

/** 1 to 4 are dbo, guest, INFORMATION_SCHEMA and sys. Needs VIEW ANY DEFINITION, and a database that can be opened. */
export function loginUsersOf(database: string): Query<LoginUser> {
  return {
    name: "users of a database",
    text: `
SELECT p.name AS name, p.type AS type, CONVERT(varchar(172), p.sid, 1) AS sid
FROM ${quoteName(database)}.sys.database_principals AS p
WHERE p.principal_id > 4 AND p.type IN ('S', 'U', 'G', 'E', 'X')
  AND p.authentication_type_desc IN (N'INSTANCE', N'WINDOWS')
ORDER BY p.name;`,
    row: z
      .object({ name: z.string(), type: z.enum(loginTypes), sid })
      .transform((user) => ({ ...user, database })),
  };
}
