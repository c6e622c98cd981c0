// Starts a TDS server over a fake backend and connects mssql to it, for one test file.
import "./with-resolvers.ts";
import sql from "mssql";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createAuthority } from "../../../practice/tds/authority.ts";
import type { Authority, Certificate } from "../../../practice/tds/authority.ts";
import type { Fault, FaultPhase } from "../../../practice/tds/connection.ts";
import { createTdsServer } from "../../../practice/tds/server.ts";
import type { TdsServer } from "../../../practice/tds/server.ts";
import { fakeBackend, goodPassword } from "./fake-backend.ts";
import type { FakeBackend } from "./fake-backend.ts";

/** A database name with everything that needs quoting somewhere. */
export const hostileName = "mästér ] ' \" $(x) 🙂\nend";

export const dnsName = "sqlmi1.0123456789ab.database.windows.net";

export interface PracticeServer {
  readonly backend: FakeBackend;
  readonly server: TdsServer;
  readonly port: number;
  readonly authority: Authority;
  readonly certificate: Certificate;
  /** The fault that strikes at a phase; empty again before each test. */
  readonly faults: Map<FaultPhase, Fault>;
}

/** Registers start and stop with vitest. The answer is filled before the first test. */
export function practiceServer(encryption: "optional" | "required"): PracticeServer {
  const backend = fakeBackend();
  const faults = new Map<FaultPhase, Fault>();
  // Filled by beforeAll, which vitest awaits before any test reads it.
  const started = { backend, faults } as {
    -readonly [Key in keyof PracticeServer]: PracticeServer[Key];
  };
  beforeAll(async () => {
    started.authority = await createAuthority();
    started.certificate = await started.authority.issue([dnsName]);
    started.server = createTdsServer({
      backend,
      tls: started.certificate,
      encryption,
      fault: (phase) => faults.get(phase) ?? "none",
    });
    started.port = await started.server.listen();
  });
  beforeEach(() => {
    faults.clear();
    backend.logins.length = 0;
    backend.asked.length = 0;
  });
  afterAll(async () => {
    await started.server.close();
  });
  return started;
}

export interface ConnectOptions {
  readonly encrypt?: boolean | "strict";
  readonly serverName?: string;
  /** The servers whose authority the client trusts; the one it connects to where absent. */
  readonly trusts?: readonly PracticeServer[];
  readonly port?: number;
  readonly connectionTimeout?: number;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** Windows authentication (NTLM) in this domain. */
  readonly domain?: string;
  readonly database?: string;
  readonly packetSize?: number;
  readonly onErrorMessage?: (message: { readonly number: number; readonly state: number }) => void;
}

/** Runs `work` with a pool of one connection, and closes it whatever happens. */
export async function withPool<Result>(
  to: PracticeServer,
  options: ConnectOptions,
  work: (pool: sql.ConnectionPool) => Promise<Result>,
): Promise<Result> {
  const pool = await new sql.ConnectionPool(configFor(to, options)).connect();
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

function configFor(to: PracticeServer, options: ConnectOptions): sql.config {
  const { encrypt = false, onErrorMessage, token, packetSize } = options;
  // The declarations lag behind the driver: encrypt "strict", serverName, packetSize, beforeConnect.
  return {
    server: "127.0.0.1",
    port: options.port ?? to.port,
    user: options.user ?? "dba",
    password: options.password ?? goodPassword,
    database: options.database ?? hostileName,
    validateConnection: "socket",
    connectionTimeout: options.connectionTimeout ?? 5000,
    requestTimeout: 0,
    pool: { min: 0, max: 1 },
    beforeConnect: (connection: NodeJS.EventEmitter) => {
      if (onErrorMessage !== undefined) connection.on("errorMessage", onErrorMessage);
    },
    ...(options.domain === undefined ? {} : { domain: options.domain }),
    ...(token === undefined
      ? {}
      : { authentication: { type: "azure-active-directory-access-token", options: { token } } }),
    options: {
      encrypt,
      serverName: options.serverName ?? dnsName,
      trustServerCertificate: false,
      cryptoCredentialsDetails: {
        ca: (options.trusts ?? [to]).map((one) => one.authority.caCertificatePem),
      },
      ...(packetSize === undefined ? {} : { packetSize }),
    },
  } as unknown as sql.config;
}
