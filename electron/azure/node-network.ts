// How Node's client reaches Azure: through which proxy, and whose certificates it trusts.
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { NetworkSettings } from "../../shared/network/network-settings.ts";
import { readAuthorityFile } from "./authority-file.ts";
import type { ProxyChoice } from "./proxy.ts";

export interface NodeNetwork {
  readonly proxy: ProxyChoice;
  /** PEM texts, and no others; undefined: Node's own list with NODE_EXTRA_CA_CERTS. */
  readonly trusted?: readonly string[];
}

/** As the environment has it: the command line's. */
export const environmentNetwork: NodeNetwork = { proxy: { kind: "system" } };

/** The practice estate is on this computer, and its authority is trusted for it alone. */
export function practiceNetwork(authorityPem: string): NodeNetwork {
  return { proxy: { kind: "none" }, trusted: [authorityPem] };
}

/** As it is set now. Throws AppError where the file of the authority cannot be used. */
export function networkOf({ proxy, caFile }: NetworkSettings): NodeNetwork {
  return {
    proxy: proxy === null ? { kind: "system" } : { kind: "given", address: proxy },
    ...(caFile === null ? {} : { trusted: [...ownList(), readAuthorityFile(caFile)] }),
  };
}

/** A list that is given stands for Node's own, so that this has to be in it too. */
function ownList(): readonly string[] {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  if (file === undefined || file === "") return rootCertificates;
  try {
    return [...rootCertificates, readFileSync(file, "utf8")];
  } catch {
    // Node itself starts with a warning and without it.
    return rootCertificates;
  }
}
