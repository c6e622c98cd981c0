// A session to one practice server without sockets: the product's batches, the practice estate's own T-SQL engine.
import { readFailure } from "../../../electron/sql/failure.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { createApplicationLocks } from "../../../practice/server/application-locks.ts";
import { createHost } from "../../../practice/server/host.ts";
import type { ServerParts } from "../../../practice/server/server-parts.ts";
import { newClient } from "../../../practice/server/sessions.ts";
import type { Column, SqlOutput, SqlValue } from "../../../practice/sql-types.ts";
import { SqlError } from "../../../practice/sql-types.ts";
import { createTsqlEngine } from "../../../practice/tsql/engine.ts";
import type { SessionContext, TsqlHost } from "../../../practice/tsql/host.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import { shownBy } from "./shown.ts";

/**
 * What was answered before, by what it was answered from. The engine takes milliseconds for what thousands of readings ask
 * again, and from the same rows it answers the same: a batch is asked anew when the server shows anything else, and of its
 * statements those are run whose tables have other rows.
 */
export interface KnownAnswers {
  readonly batches: Map<string, RowSets>;
  readonly statements: Map<string, RowSets[number]>;
}

export function noAnswers(): KnownAnswers {
  return { batches: new Map(), statements: new Map() };
}

type RowSets = readonly (readonly unknown[])[];
type Row = Readonly<Record<string, SqlValue>>;

export async function inProcessSession(
  world: World,
  side: ServerKey,
  known: KnownAnswers,
): Promise<SqlSession> {
  const parts: ServerParts = {
    world,
    key: side,
    logins: [],
    clients: new Map(),
    locks: createApplicationLocks((ms, signal) => world.wait(ms, signal)),
    port: 1433,
  };
  const host: TsqlHost = { ...createHost(parts), received: () => () => undefined };
  const engine = await createTsqlEngine(host);
  const client = newClient({ sessionId: 51, login: "practice_dba", ...place, nowMs: 0, request });
  parts.clients.set(client.sessionId, client);
  const address = `${world.state[side].name},1433`;

  const tablesOf = tableFinder(host);
  const answer = async (statement: string, rowsOf: RowsOf): Promise<RowSets[number]> => {
    const { name, productVersion, deniedPermissions } = world.state[side];
    const rows = rowsOfAll(tablesOf(statement), rowsOf);
    const key = JSON.stringify([statement, name, productVersion, deniedPermissions, rows]);
    const before = known.statements.get(key);
    if (before !== undefined) return before;
    const now = await run(engine.execute(client, statement, [], never), address);
    if (rows !== undefined) known.statements.set(key, now);
    return now;
  };
  return {
    side,
    address,
    async read(text) {
      const { isCutOff, downUntilMs } = world.state[side];
      if (isCutOff || downUntilMs !== null) throw readFailure(connectionLost, address, undefined);
      const key = shownBy(world.state, side) + text;
      const before = known.batches.get(key);
      if (before !== undefined) return before;
      const rowsOf = rowsTeller(host, client);
      const sets: RowSets[number][] = [];
      for (const statement of text.split(/(?<=;)\n\n/u)) sets.push(await answer(statement, rowsOf));
      known.batches.set(key, sets);
      return sets;
    },
    close: () => Promise.resolve(),
  };
}

const never = new AbortController().signal;
const connectionLost = { name: "ConnectionError", code: "ESOCKET", message: "Connection lost" };
const place = { database: "master" };
const request = {
  login: "practice_dba",
  password: "",
  database: "",
  host: "JUMP01",
  program: "MI Link Failover",
  clientLibrary: "test",
  serverNameAsked: "",
  readOnlyIntent: false,
  clientProcessId: 4711,
  encrypted: false,
};

type Table = TsqlHost["tables"][number];

/** The tables a statement names. */
function tableFinder({ tables }: TsqlHost): (statement: string) => readonly Table[] {
  const found = new Map<string, readonly Table[]>();
  return (statement) => {
    const named =
      found.get(statement) ??
      tables.filter(({ schema, name }) =>
        new RegExp(`\\b${schema}\\.${name}\\b`, "u").test(statement),
      );
    found.set(statement, named);
    return named;
  };
}

/** A table's rows as text. */
type RowsOf = (table: Table) => string;

/** Every table is asked for once. Times are left out: the gate compares none of them. */
function rowsTeller(host: TsqlHost, asker: SessionContext): RowsOf {
  const told = new Map<Table, string>();
  return (table) => {
    const before = told.get(table);
    if (before !== undefined) return before;
    const isTime = table.columns.map(({ type }) => type.name.startsWith("datetime"));
    const rows = host.rows(table, asker, []).map((row) => row.filter((_, i) => !isTime[i]));
    const text = JSON.stringify(rows, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    told.set(table, text);
    return text;
  };
}

/** Undefined where the server refuses one. */
function rowsOfAll(tables: readonly Table[], rowsOf: RowsOf): readonly string[] | undefined {
  try {
    return tables.map(rowsOf);
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

/** Rows as the driver gives them; bigint arrives as text. Throws what the driver's error becomes. */
async function run(outputs: AsyncIterable<SqlOutput>, address: string): Promise<readonly Row[]> {
  let columns: readonly Column[] = [];
  const rows: Row[] = [];
  for await (const output of outputs) {
    if (output.kind === "columns") columns = output.columns;
    if (output.kind === "row") rows.push(asObject(columns, output.values));
    if (output.kind === "error") {
      const { number, severity, text } = output.message;
      const error = { name: "RequestError", number, class: severity, message: text };
      throw readFailure(error, address, undefined);
    }
  }
  return rows;
}

function asObject(columns: readonly Column[], values: readonly SqlValue[]): Row {
  return Object.fromEntries(
    columns.map(({ name }, i) => {
      const value = values[i] ?? null;
      return [name, typeof value === "bigint" ? String(value) : value];
    }),
  );
}
