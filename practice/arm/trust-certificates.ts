// The certificates of others that an instance trusts, as ARM shows them ("Server Trust Certificates", 2025-01-01).
import { stableBytes } from "../catalog/stable-id.ts";
import { instanceId, instanceType } from "./instance-resource.ts";
import type { InstanceFacts } from "./inventory.ts";
import { instanceOf, isSame, notFound, type Call } from "./reads.ts";

export const trustType = `${instanceType}/serverTrustCertificates`;

export interface TrustCertificate {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, string>>;
}

export function trustCertificates(facts: InstanceFacts): readonly TrustCertificate[] {
  const names = facts.world?.state.instance.surroundings.trustCertificates ?? [];
  return names.map((name) => ({
    id: `${instanceId(facts)}/serverTrustCertificates/${name}`,
    name,
    type: trustType,
    properties: {
      certificateName: name,
      publicBlob: `0x${hex(`blob ${name}`)}`,
      thumbprint: `0x${hex(`thumbprint ${name}`)}`,
    },
  }));
}

function hex(text: string): string {
  return Buffer.from(stableBytes(text, 20)).toString("hex").toUpperCase();
}

/** Undefined where the instance trusts none of that name. Throws 404 where there is no such instance. */
export function findTrustCertificate(call: Call): TrustCertificate | undefined {
  const { certificate = "" } = call.names;
  return trustCertificates(instanceOf(call)).find(({ name }) => isSame(name, certificate));
}

/** Throws 404. */
export function trustCertificateOf(call: Call): TrustCertificate {
  const { instance = "", certificate = "", group = "" } = call.names;
  const found = findTrustCertificate(call);
  if (found !== undefined) return found;
  throw notFound(`${instanceType}/${instance}/serverTrustCertificates/${certificate}`, group);
}
