// The logins that people and applications use, never what proves who they are: no hash of a password is read.
import { z } from "zod";
import type { Login } from "../../../shared/readiness/server-objects.ts";
import { loginTypes } from "../../../shared/readiness/server-objects.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** A SID as T-SQL writes it. */
export const sid = z.string().regex(/^0x[0-9A-F]*$/u);

/** Without sa and the server's own. Needs VIEW ANY DEFINITION, without which every login but the own one is missing. */
export const loginsQuery: Query<Login> = {
  name: "logins",
  text: `
SELECT p.name AS name, p.type AS type, CONVERT(varchar(172), p.sid, 1) AS sid, p.is_disabled AS isDisabled
FROM sys.server_principals AS p
WHERE p.type IN ('S', 'U', 'G', 'E', 'X') AND p.principal_id > 1 AND p.name NOT LIKE N'##%'
ORDER BY p.name;`,
  row: z.object({ name: z.string(), type: z.enum(loginTypes), sid, isDisabled: bit }),
};
