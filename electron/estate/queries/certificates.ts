// Certificates that the link's endpoint lives on, with the days they have left.
import { z } from "zod";
import type { EndpointCertificate } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

const hoursPerDay = 24;

/** Null: a certificate that has nothing to do with endpoints. */
export type CertificateRow = EndpointCertificate | null;

/**
 * The endpoint's own certificate, and those kept without a private key: the partner's, and the authorities it is checked by.
 * Validity in a certificate is UTC, and may end in 9999: minutes until then do not fit into DATEDIFF. Needs VIEW ANY DEFINITION.
 */
export const certificatesQuery: Query<CertificateRow> = {
  name: "endpoint certificates",
  text: `
SELECT
  c.name AS name,
  CASE WHEN e.certificate_id IS NULL THEN 0 ELSE 1 END AS isEndpoint,
  c.issuer_name AS issuer,
  c.subject AS subject,
  CONVERT(varchar(33), c.expiry_date, 126) AS expiryDate,
  CASE WHEN c.expiry_date <= GETUTCDATE() THEN 1 ELSE 0 END AS isExpired,
  DATEDIFF(hour, GETUTCDATE(), c.expiry_date) AS hoursLeft
FROM master.sys.certificates AS c
LEFT JOIN sys.database_mirroring_endpoints AS e ON e.certificate_id = c.certificate_id
WHERE e.certificate_id IS NOT NULL OR c.pvt_key_encryption_type = 'NA'
ORDER BY c.name;`,
  row: z
    .object({
      name: z.string(),
      isEndpoint: bit,
      issuer: z.string().nullable(),
      subject: z.string().nullable(),
      expiryDate: z.string(),
      isExpired: bit,
      hoursLeft: z.number(),
    })
    .transform((row): CertificateRow => {
      if (isServersOwn(row.name)) return null;
      const { name, expiryDate } = row;
      const days = Math.floor(row.hoursLeft / hoursPerDay);
      const daysLeft = row.isExpired ? Math.min(days, -1) : Math.max(days, 0);
      const use = row.isEndpoint ? "endpoint" : isAuthority(row) ? "authority" : "partner";
      return { name, use, expiryDate, daysLeft };
    }),
};

/** SQL Server's own signing certificates, such as ##MS_SQLResourceSigningCertificate##. */
export function isServersOwn(name: string): boolean {
  return name.startsWith("##MS_");
}

/** A root has issued itself; the issuer column shows the common name alone. */
export function isAuthority(row: {
  readonly issuer: string | null;
  readonly subject: string | null;
}): boolean {
  if (row.issuer === null || row.subject === null) return false;
  return row.subject === row.issuer || row.subject.includes(`CN=${row.issuer}`);
}
