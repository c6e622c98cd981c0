// Tells the practice estate's certificate authority from every other.
import { X509Certificate } from "node:crypto";

/** The practice estate says so in its authority's own name. Throws for what is no certificate. */
export function isPracticeAuthority(pem: string): boolean {
  return /practice/i.test(new X509Certificate(pem).subject);
}
