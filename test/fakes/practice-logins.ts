// Logins to a practice estate, as an operator would give them.
import { readFileSync } from "node:fs";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { ServerLogin } from "../../electron/sql/session.ts";
import type { Side } from "../../shared/estate/estate.ts";

/** Encrypted on both sides, the estate's authority trusted, the name in the certificate checked. */
export function practiceLogins(estate: PracticeEstate): Readonly<Record<Side, ServerLogin>> {
  const login = (side: Side, kind: "sqlServer" | "managedInstance"): ServerLogin => {
    const server = estate.servers.find((one) => one.kind === kind);
    if (server === undefined) throw new Error(`The estate has no ${kind}.`);
    return {
      side,
      host: server.host,
      port: server.port,
      instanceName: undefined,
      login: server.login,
      password: server.password,
      encrypt: "mandatory",
      caCertificatePem: readFileSync(estate.caFile, "utf8"),
      certificateName: server.name,
    };
  };
  return { box: login("box", "sqlServer"), instance: login("instance", "managedInstance") };
}
