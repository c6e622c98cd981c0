// What a connection may trust, and that a practice estate cannot be mistaken for the real one.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Side } from "../../shared/estate/estate.ts";
import type { ServerLogin } from "../sql/session.ts";
import type { Options } from "./options.ts";
import { isPracticeAuthority } from "../sql/practice-authority.ts";
import { isLoopback } from "../sql/server-address.ts";
import { UsageError } from "./usage-error.ts";

/** The authority's certificate, or undefined for the system's own. Throws UsageError. */
export function readAuthority(caFile: string | undefined): string | undefined {
  if (caFile === undefined) return undefined;
  try {
    const pem = readFileSync(caFile, "utf8");
    // Throws for what is no certificate.
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new UsageError(`--ca-file ${caFile} is no readable certificate (PEM): ${reason}`);
  }
}

/** Practice servers live on this computer behind their own authority; they go together, and with nothing else. */
export function refuseMixedEstates(options: Options, authorityPem: string | undefined): void {
  const named = Object.values(options.servers).filter(({ isLeftOut }) => !isLeftOut);
  const local = named.filter((server) => isLoopback(server.address.host)).length;
  const isPractice = authorityPem !== undefined && isPracticeAuthority(authorityPem);
  if (options.environment !== "practice") {
    if (isPractice || (authorityPem !== undefined && local === 1 && named.length === 2)) {
      throw new UsageError(
        isPractice
          ? "The certificate authority of --ca-file is the practice estate's: use --environment practice."
          : "One server is on this computer and the other is not: a practice server and a real one are never paired.",
      );
    }
    return;
  }
  if (local < named.length)
    throw new UsageError("--environment practice takes servers on this computer alone.");
  if (authorityPem === undefined) {
    throw new UsageError(
      "--environment practice needs --ca-file, the practice estate's authority.",
    );
  }
  if (named.some((server) => server.encrypt === "optional")) {
    throw new UsageError("--environment practice is encrypted on both sides: mandatory or strict.");
  }
}

/** Everything but the passwords, which come last. */
export function loginsFor(
  options: Options,
  passwords: Readonly<Record<Side, string>>,
  authorityPem: string | undefined,
): Readonly<Record<Side, ServerLogin>> {
  const login = (side: Side): ServerLogin => {
    const { address, encrypt, certificateName, login: name } = options.servers[side];
    return {
      side,
      ...address,
      login: name,
      password: passwords[side],
      encrypt,
      caCertificatePem: authorityPem,
      certificateName,
    };
  };
  return { box: login("box"), instance: login("instance") };
}
