// A server login as the configuration of an mssql pool: always the primary's database list, always a checked certificate.
import type { config } from "mssql";
import type { ServerLogin } from "./session.ts";

const connectTimeoutMs = 10_000;
const readTimeoutMs = 15_000;

/** How the program is named in sys.dm_exec_sessions. */
export const applicationName = "MI Link Failover";

/**
 * `optional` sends everything in clear, the password included: tedious knows no login-only encryption.
 * A port wins over an instance name, as in every Microsoft client. tedious's own retries are off: the caller decides.
 */
export function poolConfig(login: ServerLogin): config {
  const instanceName = login.port === undefined ? login.instanceName : undefined;
  return {
    server: login.host,
    ...(login.port === undefined ? {} : { port: login.port }),
    ...credentialsOf(login),
    database: "master",
    connectionTimeout: connectTimeoutMs,
    requestTimeout: readTimeoutMs,
    validateConnection: "socket",
    pool: { min: 0, max: 10, idleTimeoutMillis: 60_000 },
    options: {
      appName: applicationName,
      encrypt: encryptOption(login.encrypt),
      trustServerCertificate: false,
      readOnlyIntent: false,
      multiSubnetFailover: false,
      maxRetriesOnTransientErrors: 0,
      ...(instanceName === undefined ? {} : { instanceName }),
      ...(login.certificateName === undefined ? {} : { serverName: login.certificateName }),
      ...(login.caCertificatePem === undefined
        ? {}
        : {
            // The certificate named is trusted itself, also where it is a server's own that somebody else has signed.
            cryptoCredentialsDetails: { ca: login.caCertificatePem, allowPartialTrustChain: true },
          }),
    },
  };
}

/** The address in sentences, as the operator gave it. */
export function addressOf(login: Pick<ServerLogin, "host" | "port" | "instanceName">): string {
  if (login.port !== undefined) return `${login.host},${String(login.port)}`;
  return login.instanceName === undefined ? login.host : `${login.host}\\${login.instanceName}`;
}

/** mssql hands `options` on as it is, and tedious reads the token when it makes a connection: the newest one each time. */
function credentialsOf({ login, password, domain, accessToken }: ServerLogin): Partial<config> {
  if (domain !== undefined) {
    const options = { userName: login, password, domain };
    return { authentication: { type: "ntlm", options } };
  }
  if (accessToken === undefined) return { user: login, password };
  return {
    authentication: {
      type: "azure-active-directory-access-token",
      options: {
        get token() {
          return accessToken();
        },
      },
    },
  };
}

function encryptOption(encrypt: ServerLogin["encrypt"]): boolean | "strict" {
  return encrypt === "strict" ? "strict" : encrypt === "mandatory";
}
