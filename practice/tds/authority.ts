// A certificate authority that lives as long as the process: nothing of it is ever written to a disk.
import { randomUUID } from "node:crypto";
import { generate } from "selfsigned";

export interface Certificate {
  /** PEM texts. */
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  readonly caCertificatePem: string;
  /** A server certificate for `dnsNames` (ASCII), `localhost` and 127.0.0.1. */
  readonly issue: (dnsNames: readonly string[]) => Promise<Certificate>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Makes a new authority with a key and, unless it is given, a name of its own. Valid from a day ago, for clocks that differ, for 30 days. */
export async function createAuthority(
  authorityName = `Practice authority ${randomUUID()}`,
): Promise<Authority> {
  const common = {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + 30 * dayMs),
  } as const;
  const authority = await generate([{ name: "commonName", value: authorityName }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    caCertificatePem: authority.cert,
    issue: async (dnsNames) => {
      const issued = await generate([{ name: "commonName", value: "Practice server" }], {
        ...common,
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: "basicConstraints", cA: false, critical: true },
          { name: "keyUsage", digitalSignature: true, critical: true },
          { name: "extKeyUsage", serverAuth: true },
          {
            name: "subjectAltName",
            altNames: [
              ...[...dnsNames, "localhost"].map((value) => ({ type: 2 as const, value })),
              { type: 7, ip: "127.0.0.1" },
            ],
          },
        ],
      });
      return { key: issued.private, cert: issued.cert };
    },
  };
}
