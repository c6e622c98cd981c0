// Starts a whole practice estate in this process for one test file, and connects mssql and FreeTDS to it.
import "../tds/with-resolvers.ts";
import sql from "mssql";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { EstateOptions, PracticeEstate, ServerFacts } from "../../../practice/estate.ts";
import { tsql } from "../tds/tsql.ts";

export interface ConnectOptions {
  readonly database?: string;
  readonly password?: string;
  readonly login?: string;
  /** By NTLM in this domain. */
  readonly domain?: string;
  readonly encrypt?: boolean | "strict";
  /** An access token instead of login and password. */
  readonly token?: string;
  readonly readOnlyIntent?: boolean;
  readonly appName?: string;
  /** The name the certificate must bear; default the server's. */
  readonly serverName?: string;
  readonly onErrorMessage?: (message: { readonly number: number; readonly state: number }) => void;
}

/** Registers start and stop with vitest; the answer may be called from the first test on. */
export function practiceEstate(options: EstateOptions): () => PracticeEstate {
  let estate: PracticeEstate | undefined;
  beforeAll(async () => {
    estate = await startPracticeEstate(options);
  });
  afterAll(async () => {
    await estate?.stop();
  });
  return () => {
    if (estate === undefined) throw new Error("the estate has not started");
    return estate;
  };
}

export function serverOf(estate: PracticeEstate, kind: ServerFacts["kind"]): ServerFacts {
  const server = estate.servers.find((one) => one.kind === kind);
  if (server === undefined) throw new Error(`no ${kind}`);
  return server;
}

/** A pool of one connection; the caller closes it. */
export function connect(
  estate: PracticeEstate,
  kind: ServerFacts["kind"],
  options: ConnectOptions = {},
): Promise<sql.ConnectionPool> {
  const server = serverOf(estate, kind);
  const { onErrorMessage, token } = options;
  const byPassword = {
    user: options.login ?? server.login,
    password: options.password ?? server.password,
  };
  const byToken = {
    authentication: { type: "azure-active-directory-access-token", options: { token } },
  };
  // The declarations lag behind the driver: serverName, beforeConnect.
  const config = {
    server: server.host,
    port: server.port,
    ...(token === undefined ? byPassword : byToken),
    ...(options.domain === undefined ? {} : { domain: options.domain }),
    database: options.database ?? "master",
    validateConnection: "socket",
    connectionTimeout: 10_000,
    requestTimeout: 0,
    pool: { min: 0, max: 1, idleTimeoutMillis: 600_000 },
    beforeConnect: (connection: NodeJS.EventEmitter) => {
      if (onErrorMessage !== undefined) connection.on("errorMessage", onErrorMessage);
    },
    options: {
      encrypt: options.encrypt ?? server.encrypt === "mandatory",
      serverName: options.serverName ?? server.name,
      trustServerCertificate: false,
      readOnlyIntent: options.readOnlyIntent ?? false,
      appName: options.appName ?? "estate test",
      cryptoCredentialsDetails: { ca: readFileSync(estate.caFile, "utf8") },
    },
  } as unknown as sql.config;
  return new sql.ConnectionPool(config).connect();
}

/** Connects, runs `work`, and closes whatever happens. */
export async function withPool<Result>(
  estate: PracticeEstate,
  kind: ServerFacts["kind"],
  work: (pool: sql.ConnectionPool) => Promise<Result>,
  options: ConnectOptions = {},
): Promise<Result> {
  const pool = await connect(estate, kind, options);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

export type Row = Readonly<Record<string, unknown>>;

/** The rows of the first result set. */
export async function rowsOf(pool: sql.ConnectionPool, text: string): Promise<readonly Row[]> {
  const { recordset } = await pool.request().query<Row>(text);
  return [...recordset];
}

/** What the server answered a refused request or login: the error's number, and those before it. */
export async function refusalOf(work: Promise<unknown>): Promise<readonly number[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof sql.RequestError)) throw error;
    const before: readonly unknown[] =
      "precedingErrors" in error && Array.isArray(error.precedingErrors)
        ? error.precedingErrors
        : [];
    return [...before, error].map((one) =>
      one instanceof sql.RequestError ? (one.number ?? NaN) : NaN,
    );
  }
}

/** Runs batches through FreeTDS; `go` lines end them. `as`: with another login than the server's own. */
export function freeTds(
  estate: PracticeEstate,
  kind: ServerFacts["kind"],
  input: string,
  as?: Pick<ServerFacts, "login" | "password">,
) {
  const { port, encrypt, ...own } = serverOf(estate, kind);
  const { login, password } = as ?? own;
  return tsql({
    port,
    login,
    password,
    input: `${input}\ngo\nexit\n`,
    settings: encrypt === "mandatory" ? ["encryption = require"] : [],
  });
}
