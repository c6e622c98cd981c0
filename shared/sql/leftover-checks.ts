// What a batch that drops a leftover asks on its own connection: nothing uses it any more, and nothing is hidden from this login.
import type { Check, GuardedPlace } from "./guard.ts";
import { contextChecks, guardNumbers, versionCheck } from "./guard.ts";
import { scriptString } from "./quote.ts";

/** Identity, then every use: 0 of each. Without VIEW ANY DEFINITION a count is NULL, which ends the batch. */
export function leftoverChecks(
  place: GuardedPlace,
  uses: readonly { readonly what: string; readonly count: string }[],
): readonly Check[] {
  return [
    ...contextChecks(place),
    versionCheck(place),
    ...uses.map(({ what, count }): Check => ({
      number: guardNumbers.action,
      verdict: "Refused",
      seen: `CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') = 1
    THEN CAST(${count} AS nvarchar(10)) END`,
      wanted: ["0"],
      what,
      remedy: "Nothing was changed. Leave it while something uses it.",
    })),
  ];
}

/** Of any kind, distributed ones included. */
export const groupCount = {
  what: "the number of availability groups and links of this server",
  count: "(SELECT COUNT(*) FROM sys.availability_groups)",
} as const;

export const distributedCount = {
  what: "the number of links of this server",
  count: "(SELECT COUNT(*) FROM sys.availability_groups WHERE is_distributed = 1)",
} as const;

export const mirroredCount = {
  what: "the number of mirrored databases",
  count: "(SELECT COUNT(*) FROM sys.database_mirroring WHERE mirroring_guid IS NOT NULL)",
} as const;

/** Links whose other side is reached at this host. */
export function linksWith(host: string): { readonly what: string; readonly count: string } {
  return {
    what: `the number of links with ${host}`,
    count: `(SELECT COUNT(*)
    FROM sys.availability_replicas AS ar
    JOIN sys.availability_groups AS ag ON ag.group_id = ar.group_id
    WHERE ag.is_distributed = 1 AND CHARINDEX(${scriptString(`://${host}:`)}, ar.endpoint_url) > 0)`,
  };
}

/** Endpoints of either kind that show it, and logins that were made from it. */
export function certificateUses(name: string): { readonly what: string; readonly count: string } {
  const its = `(SELECT c.certificate_id FROM master.sys.certificates AS c WHERE c.name = ${scriptString(name)})`;
  return {
    what: `the number of endpoints and logins that use the certificate ${name}`,
    count: `((SELECT COUNT(*) FROM sys.database_mirroring_endpoints AS e WHERE e.certificate_id = ${its})
      + (SELECT COUNT(*) FROM sys.service_broker_endpoints AS b WHERE b.certificate_id = ${its})
      + (SELECT COUNT(*) FROM sys.server_principals AS p
         JOIN master.sys.certificates AS c ON c.sid = p.sid
         WHERE c.name = ${scriptString(name)}))`,
  };
}
