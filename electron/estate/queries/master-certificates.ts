// Every certificate in master, and what links use it for; one whose endpoint is gone is known by the name links give it.
import { z } from "zod";
import type { EndpointCertificate } from "../../../shared/estate/estate.ts";
import { isAuthority, isServersOwn } from "./certificates.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

export interface MasterCertificate {
  readonly name: string;
  /** Null: it has nothing to do with links, such as one that encrypts databases. */
  readonly use: EndpointCertificate["use"] | null;
}

/** The name that the link's wizard gives to the server's own (domain.md 2.1). */
const ownName = /^Cert_.+_endpoint$/iu;

/** Needs VIEW ANY DEFINITION. */
export const masterCertificatesQuery: Query<MasterCertificate> = {
  name: "certificates in master",
  text: `
SELECT
  c.name AS name,
  CASE WHEN e.certificate_id IS NULL THEN 0 ELSE 1 END AS isEndpoint,
  CASE WHEN c.pvt_key_encryption_type = 'NA' THEN 0 ELSE 1 END AS hasPrivateKey,
  c.issuer_name AS issuer,
  c.subject AS subject
FROM master.sys.certificates AS c
LEFT JOIN sys.database_mirroring_endpoints AS e ON e.certificate_id = c.certificate_id
ORDER BY c.name;`,
  row: z
    .object({
      name: z.string(),
      isEndpoint: bit,
      hasPrivateKey: bit,
      issuer: z.string().nullable(),
      subject: z.string().nullable(),
    })
    .transform((row) => ({ name: row.name, use: useOf(row) })),
};

function useOf(row: {
  readonly name: string;
  readonly isEndpoint: boolean;
  readonly hasPrivateKey: boolean;
  readonly issuer: string | null;
  readonly subject: string | null;
}): MasterCertificate["use"] {
  if (isServersOwn(row.name)) return null;
  if (row.isEndpoint || (row.hasPrivateKey && ownName.test(row.name))) return "endpoint";
  if (row.hasPrivateKey) return null;
  return isAuthority(row) ? "authority" : "partner";
}
