// The certificate authority of a practice estate.
import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createAuthority } from "../../../practice/tds/authority.ts";

const name = "sqlmi1.0123456789ab.database.windows.net";

test("a certificate is good for its names, localhost and 127.0.0.1, and for nothing else", async () => {
  const authority = await createAuthority();
  const { cert } = await authority.issue([name, "SQLBOX01"]);
  const certificate = new X509Certificate(cert);
  const accepts = [name, "sqlbox01", "localhost", "sqlmi2.0123456789ab.database.windows.net"].map(
    (host) => certificate.checkHost(host) !== undefined,
  );
  expect({ accepts, ip: certificate.checkIP("127.0.0.1"), ca: certificate.ca }).toEqual({
    accepts: [true, true, true, false],
    ip: "127.0.0.1",
    ca: false,
  });
});

test("a certificate is signed by its own authority and by no other", async () => {
  const [authority, other] = [await createAuthority(), await createAuthority()];
  const { key, cert } = await authority.issue([name]);
  const certificate = new X509Certificate(cert);
  const signedBy = (pem: string): boolean => {
    const ca = new X509Certificate(pem);
    return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
  };
  expect({
    own: signedBy(authority.caCertificatePem),
    other: signedBy(other.caCertificatePem),
    key: certificate.checkPrivateKey(createPrivateKey(key)),
  }).toEqual({ own: true, other: false, key: true });
});

test("certificates begin a day before they are made and last a month", async () => {
  const authority = await createAuthority();
  const dayMs = 24 * 60 * 60 * 1000;
  for (const pem of [authority.caCertificatePem, (await authority.issue([name])).cert]) {
    const certificate = new X509Certificate(pem);
    const span = Date.parse(certificate.validTo) - Date.parse(certificate.validFrom);
    expect(span / dayMs).toBeCloseTo(31, 3);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now() - dayMs + 60_000);
  }
});
