// Who the server is, and its own clock with its zone.
import { z } from "zod";
import type { ServerIdentity } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";

/** SERVERPROPERTY answers sql_variant, so every value is cast. Needs no permission. */
export const serverQuery: Query<ServerIdentity> = {
  name: "server properties",
  text: `
SELECT
  CAST(SERVERPROPERTY('ServerName') AS nvarchar(256)) AS serverName,
  CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS productVersion,
  CAST(SERVERPROPERTY('ProductUpdateType') AS nvarchar(128)) AS productUpdateType,
  CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
  CAST(SERVERPROPERTY('EngineEdition') AS int) AS engineEdition,
  CONVERT(varchar(33), SYSDATETIMEOFFSET(), 126) AS serverTime;`,
  row: z.object({
    serverName: z.string(),
    productVersion: z.string(),
    productUpdateType: z.string().nullable(),
    edition: z.string(),
    engineEdition: z.number(),
    serverTime: z.string(),
  }),
};
