// Who uses a certificate in master beside the mirroring endpoint: Service Broker, and logins that were made from it.
import { z } from "zod";
import type { BoxLeftovers } from "../../../shared/clean-up/seen.ts";
import type { Query } from "./query.ts";

/** Needs VIEW ANY DEFINITION. */
export const certificateUsesQuery: Query<BoxLeftovers["certificateUses"][number]> = {
  name: "uses of certificates",
  text: `
SELECT c.name AS certificate, 'broker' AS kind, b.name AS byName
FROM master.sys.certificates AS c
JOIN sys.service_broker_endpoints AS b ON b.certificate_id = c.certificate_id
UNION ALL
SELECT c.name, 'login', p.name
FROM master.sys.certificates AS c
JOIN sys.server_principals AS p ON p.sid = c.sid
WHERE p.name NOT LIKE '##%'
ORDER BY 1, 2, 3;`,
  row: z
    .object({ certificate: z.string(), kind: z.enum(["broker", "login"]), byName: z.string() })
    .transform(({ certificate, kind, byName }) => ({
      certificate,
      by: kind === "broker" ? `the Service Broker endpoint ${byName}` : `the login ${byName}`,
    })),
};
