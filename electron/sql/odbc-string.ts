// A server login as a connection string of Microsoft ODBC Driver 18, for the account of the Windows session.
import { applicationName } from "./pool-config.ts";
import type { ServerLogin } from "./session.ts";

/** The certificate is always checked, by what Windows trusts. A connection that ended is never opened again unseen. */
export function odbcString(login: Omit<ServerLogin, "password" | "login">): string {
  const { host, port, instanceName, certificateName, encrypt } = login;
  const keys: Readonly<Record<string, string | undefined>> = {
    Driver: "ODBC Driver 18 for SQL Server",
    Server: `tcp:${host}${placeAt(port, instanceName)}`,
    Database: "master",
    Trusted_Connection: "Yes",
    Encrypt: encrypt === "strict" ? "Strict" : "Mandatory",
    TrustServerCertificate: "No",
    HostNameInCertificate: certificateName,
    ApplicationIntent: "ReadWrite",
    ConnectRetryCount: "0",
    APP: applicationName,
  };
  return Object.entries(keys)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${inBraces(value)};`]))
    .join("");
}

/** A port wins over an instance name, as in every Microsoft client. */
function placeAt(port: number | undefined, instanceName: string | undefined): string {
  if (port !== undefined) return `,${String(port)}`;
  return instanceName === undefined ? "" : `\\${instanceName}`;
}

/** A value in braces is taken as it stands; a closing brace in it is doubled. */
function inBraces(value: string): string {
  return `{${value.replaceAll("}", "}}")}}`;
}
