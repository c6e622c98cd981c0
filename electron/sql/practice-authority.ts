// Tells the practice estate's certificates from all others.
import { X509Certificate } from "node:crypto";

/** The practice estate says so in its authority's own name. Throws for what is no certificate. */
export function isPracticeAuthority(pem: string): boolean {
  return /practice/i.test(new X509Certificate(pem).subject);
}

/** A server of the practice estate, by who signed its certificate. */
export function isPracticeServer(pem: string): boolean {
  return /^CN=Practice authority /im.test(new X509Certificate(pem).issuer);
}
