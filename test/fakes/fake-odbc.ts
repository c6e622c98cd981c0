// A stand-in for msnodesqlv8 5: as strict as ODBC about what it is given, answering in its shapes from a practice SQL Server.
import { readFileSync } from "node:fs";
import sql from "mssql";
import "../../electron/sql/with-resolvers.ts";
import type { OdbcAnswer, OdbcConnection, OdbcDriver } from "../../electron/sql/odbc-driver.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { practiceAccount } from "./in-process-window.ts";

/** What is thrown next instead of an answer, as msnodesqlv8 throws it; "hang": no answer. */
export type OdbcFault =
  { readonly message: string; readonly sqlstate: string; readonly code: number } | "hang";

export interface FakeOdbc {
  readonly driver: OdbcDriver;
  /** The connection strings that were opened, as keys and values. */
  readonly opened: Readonly<Record<string, string>>[];
  readonly queries: string[];
  readonly counts: { open: number };
  /** Strikes once. */
  nextOpen: OdbcFault | undefined;
  nextQuery: OdbcFault | undefined;
}

/** Keywords of Microsoft ODBC Driver 18 that are understood here; any other one is refused. */
const keywords = new Set([
  "Driver",
  "Server",
  "Database",
  "Trusted_Connection",
  "Encrypt",
  "TrustServerCertificate",
  "HostNameInCertificate",
  "ApplicationIntent",
  "ConnectRetryCount",
  "APP",
]);

/** Who logs in is the estate's Windows account: the Windows session of this test. */
export function fakeOdbc(estate: PracticeEstate): FakeOdbc {
  const fake: FakeOdbc = {
    driver: { promises: { open: (how) => open(estate, fake, how) } },
    opened: [],
    queries: [],
    counts: { open: 0 },
    nextOpen: undefined,
    nextQuery: undefined,
  };
  return fake;
}

async function open(
  estate: PracticeEstate,
  fake: FakeOdbc,
  how: Parameters<OdbcDriver["promises"]["open"]>[0],
): Promise<OdbcConnection> {
  const keys = parsed(how.conn_str);
  if (keys["Trusted_Connection"] !== "Yes") throw new Error("not the Windows session");
  seconds(how.conn_timeout);
  fake.opened.push(keys);
  const fault = fake.nextOpen;
  fake.nextOpen = undefined;
  await struckBy(fault);
  const pool = await poolTo(estate, keys["Server"] ?? "");
  let isOpen = true;
  let givesBigInt = false;
  fake.counts.open += 1;
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (text: string): Promise<OdbcAnswer> => {
    const fault = fake.nextQuery;
    fake.nextQuery = undefined;
    await struckBy(fault);
    return inOdbcShape(await pool.request().query(text), givesBigInt);
  };
  return {
    setUseBigIntAsNative: (native) => {
      givesBigInt = native;
    },
    promises: {
      query({ query_str, query_timeout }) {
        if (!isOpen) return Promise.reject(new Error("connection is closed."));
        seconds(query_timeout);
        fake.queries.push(query_str);
        const answer = last.then(() => ask(query_str));
        last = answer.catch(() => undefined);
        return answer;
      },
      async close() {
        if (!isOpen) throw new Error("[msnodesql] Connection already closed");
        isOpen = false;
        fake.counts.open -= 1;
        await pool.close();
      },
    },
  };
}

/** Throws for what ODBC would take otherwise than it was meant: an unknown keyword, a value outside braces. */
function parsed(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([A-Za-z_]+)=\{((?:[^}]|\}\})*)\};/gy)];
  if (pairs.map(([whole]) => whole).join("") !== text) throw new Error("unreadable string");
  for (const [, key = ""] of pairs) if (!keywords.has(key)) throw new Error(`${key} is no keyword`);
  return Object.fromEntries(
    pairs.map(([, key = "", value = ""]) => [key, value.replaceAll("}}", "}")]),
  );
}

/** net.md 6: a time-out below a second is not supported, and 0 is none. */
function seconds(given: number): void {
  if (!Number.isInteger(given) || given < 1) throw new Error(`a time-out of ${String(given)} s`);
}

async function struckBy(fault: OdbcFault | undefined): Promise<void> {
  if (fault === "hang") await new Promise(() => undefined);
  // The driver's errors carry these beside the message.
  else if (fault !== undefined) throw Object.assign(new Error(fault.message), fault);
}

function poolTo(estate: PracticeEstate, server: string): Promise<sql.ConnectionPool> {
  const [, host = "", port = ""] = /^tcp:(.+),(\d+)$/u.exec(server) ?? [];
  const { login, password } = practiceAccount(estate);
  const [domain = "", user = ""] = login.split("\\");
  return new sql.ConnectionPool({
    server: host,
    port: Number(port),
    user,
    password,
    domain,
    database: "master",
    pool: { min: 1, max: 1 },
    options: {
      encrypt: true,
      cryptoCredentialsDetails: { ca: readFileSync(estate.caFile, "utf8") },
    },
  }).connect();
}

/** A result without columns stands before each one, as a statement that answers no rows; a bigint is rounded unless asked for. */
function inOdbcShape(answer: sql.IResult<unknown>, givesBigInt: boolean): OdbcAnswer {
  // mssql types recordsets as any; the fake reads rows by their columns' names.
  const sets = answer.recordsets as unknown as readonly sql.IRecordSet<Record<string, unknown>>[];
  const meta: OdbcAnswer["meta"][number][] = [];
  const results: OdbcAnswer["results"][number][] = [];
  for (const set of sets) {
    const columns = Object.values(set.columns).map(({ name, type }) => ({
      name,
      sqlType: sqlTypes.get(type as unknown) ?? "other",
    }));
    const value = (sqlType: string, given: unknown): unknown => {
      if (sqlType === "bigint" && typeof given === "string") {
        return givesBigInt ? BigInt(given) : Number(given);
      }
      return sqlType === "uniqueidentifier" && typeof given === "string"
        ? given.toLowerCase()
        : given;
    };
    meta.push([], columns);
    results.push(
      [],
      set.map((row) =>
        Object.fromEntries(
          columns.map(({ name, sqlType }) => [name, value(sqlType, row[name] ?? null)]),
        ),
      ),
    );
  }
  return { meta, results };
}

const sqlTypes: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [sql.BigInt, "bigint"],
  [sql.UniqueIdentifier, "uniqueidentifier"],
]);
