// sys.certificates and sys.symmetric_keys: the certificates that authenticate the mirroring endpoints, and the master keys.
import { certificateNames, ownCertificateName, rootCertificate } from "../world/surroundings.ts";
import type { CatalogContext } from "./context.ts";
import { stableBytes, stableGuid } from "./stable-id.ts";
import { utcTime } from "./local-time.ts";
import {
  bit,
  datetime,
  description,
  int,
  nvarchar,
  sysname,
  uniqueidentifier,
  varbinary,
  varchar,
} from "./types.ts";
import { defineView } from "./view.ts";

/** certificate_id of the certificate the own mirroring endpoint shows. */
export const ownCertificateId = 260;

const yearMs = 365 * 86_400_000;

interface Certificate {
  readonly id: number;
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly hasPrivateKey: boolean;
  readonly expiryMs: number;
}

/** On SQL Server the own certificate, the instance's (named by its FQDN) and a root; on the instance its own alone. */
function madeCertificates({ state, server, peer }: CatalogContext): Certificate[] {
  const subject = `${server.machineName} endpoint`;
  const own: Certificate = {
    id: ownCertificateId,
    name: ownCertificateName(server),
    subject: `CN=${subject}`,
    issuer: server.key === "box" ? subject : azureIssuer,
    hasPrivateKey: true,
    expiryMs: server.endpointCertificateExpiryMs,
  };
  if (server.key === "instance") return [own];
  const partners = [peer, ...(state.otherLink === null ? [] : [state.otherLink.instance])];
  return [
    own,
    ...partners.map((partner, index) => ({
      id: 258 + index,
      name: partner.name,
      subject: `CN=${partner.name}`,
      issuer: azureIssuer,
      hasPrivateKey: false,
      expiryMs: partner.endpointCertificateExpiryMs,
    })),
    {
      id: 257,
      name: rootCertificate,
      subject: "C=US, O=DigiCert Inc, OU=www.digicert.com, CN=DigiCert Global Root G2",
      issuer: "DigiCert Global Root G2",
      hasPrivateKey: false,
      expiryMs: Date.UTC(2038, 0, 15, 12),
    },
  ];
}

/** Those that were not dropped. */
function certificates(context: CatalogContext): Certificate[] {
  const there = certificateNames({ state: context.state, key: context.server.key });
  return madeCertificates(context).filter(({ name }) => there.includes(name));
}

/** What a login that was made from it has as its own. */
export function certificateSid(name: string): Uint8Array {
  return stableBytes(`certificate ${name.toLowerCase()}`, 16);
}

const azureIssuer = "Microsoft Azure RSA TLS Issuing CA 04, Microsoft Corporation, US";

export const sysCertificates = defineView<Certificate>({
  name: "sys.certificates",
  access: "definition",
  items: certificates,
  cells: [
    ["name", sysname, (c) => c.name],
    ["certificate_id", int, (c) => c.id],
    ["principal_id", int, () => 1],
    ["pvt_key_encryption_type", varchar(2), (c) => (c.hasPrivateKey ? "MK" : "NA")],
    [
      "pvt_key_encryption_type_desc",
      description,
      (c) => (c.hasPrivateKey ? "ENCRYPTED_BY_MASTER_KEY" : "NO_PRIVATE_KEY"),
    ],
    ["is_active_for_begin_dialog", bit, () => true],
    ["issuer_name", nvarchar(442), (c) => c.issuer],
    [
      "cert_serial_number",
      nvarchar(64),
      (c) => Buffer.from(stableBytes(c.name, 8)).toString("hex"),
    ],
    ["subject", nvarchar(4000), (c) => c.subject],
    // Validity in a certificate is UTC.
    ["expiry_date", datetime, (c) => utcTime(c.expiryMs)],
    ["start_date", datetime, (c) => utcTime(c.expiryMs - 2 * yearMs)],
    ["sid", varbinary(85), (c) => certificateSid(c.name)],
    ["thumbprint", varbinary(32), (c) => stableBytes(`thumbprint ${c.name}`, 20)],
    ["pvt_key_last_backup_date", datetime, () => null],
    ["key_length", int, () => 2048],
  ],
});

interface SymmetricKey {
  readonly id: number;
  readonly name: string;
}

export const sysSymmetricKeys = defineView<SymmetricKey>({
  name: "sys.symmetric_keys",
  access: "definition",
  items: () => [
    { id: 101, name: "##MS_DatabaseMasterKey##" },
    { id: 102, name: "##MS_ServiceMasterKey##" },
  ],
  cells: [
    ["name", sysname, (k) => k.name],
    ["principal_id", int, () => 1],
    ["symmetric_key_id", int, (k) => k.id],
    ["key_length", int, () => 256],
    ["key_algorithm", varchar(2), () => "A3"],
    ["algorithm_desc", description, () => "AES_256"],
    ["key_guid", uniqueidentifier, (k) => stableGuid(k.name)],
  ],
});
