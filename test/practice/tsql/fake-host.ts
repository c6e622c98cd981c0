// A small server for the front end's tests: a few catalog tables, a record of what it was told to do.
import { setImmediate } from "node:timers/promises";
import { SqlError } from "../../../practice/sql-types.ts";
import type {
  Column,
  SqlOutput,
  SqlParameter,
  SqlType,
  SqlValue,
} from "../../../practice/sql-types.ts";
import type { TsqlEngine } from "../../../practice/tsql/engine.ts";
import { createTsqlEngine } from "../../../practice/tsql/engine.ts";
import type {
  ServerStatement,
  SessionContext,
  TableDefinition,
  TsqlHost,
} from "../../../practice/tsql/host.ts";
import { fakeTables } from "./fake-tables.ts";

export interface FakeHost extends TsqlHost {
  readonly ran: ServerStatement[];
  readonly waits: number[];
  readonly log: { text: string; outcome?: string; error?: number }[];
  /** What run answers, or throws, for each statement. */
  answer: (statement: ServerStatement) => readonly SqlOutput[];
  rowsOf: Map<string, readonly (readonly SqlValue[])[]>;
}

export const context: SessionContext = { sessionId: 51, login: "dba", currentDatabase: "master" };

const databases = ["master", "msdb", "Adatum"];

export function fakeHost(): FakeHost {
  const ran: ServerStatement[] = [];
  const waits: number[] = [];
  const log: FakeHost["log"] = [];
  const tables = fakeTables.map(({ definition }) => definition);
  const rowsOf = new Map(fakeTables.map(({ definition, rows }) => [definition.name, rows]));
  return {
    ran,
    waits,
    log,
    rowsOf,
    tables,
    answer: () => [],
    serverName: "SQL1",
    rows: (table, _session, args) => rowsFor(rowsOf, table, args),
    serverProperty: (name) =>
      ({ engineedition: 3, productversion: "16.0.4125.3", ishadrenabled: 1 })[name.toLowerCase()] ??
      null,
    databaseProperty: (database, property) =>
      database === "Adatum" && property === "Updateability" ? "READ_WRITE" : null,
    hasPermission: (_session, _securable, _class, permission) =>
      permission === "VIEW SERVER STATE" ? 1 : 0,
    isServerRoleMember: (_session, role) => (role === "sysadmin" ? 1 : null),
    applicationLockMode: (_session, resource) => (resource === "held" ? "Exclusive" : "NoLock"),
    globalVariable: (name) => ({ SERVERNAME: "SQL1", VERSION: "Microsoft SQL Server 2022" })[name],
    now: () => ({ utcMs: Date.UTC(2026, 10, 21, 8, 0, 0, 123), offsetMinutes: 120 }),
    openDatabase: (name) => {
      const found = databases.find((database) => database.toLowerCase() === name.toLowerCase());
      if (found === undefined)
        throw new SqlError(
          911,
          `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
        );
      return found;
    },
    async *run(statement) {
      ran.push(statement);
      await setImmediate();
      yield* this.answer(statement);
    },
    wait: (delayMs, signal) => {
      waits.push(delayMs);
      signal.throwIfAborted();
      return Promise.resolve();
    },
    received: (text) => {
      const entry: FakeHost["log"][number] = { text };
      log.push(entry);
      return (outcome, error) =>
        Object.assign(entry, { outcome }, error === undefined ? {} : { error });
    },
  };
}

function rowsFor(
  rowsOf: FakeHost["rowsOf"],
  table: TableDefinition,
  args: readonly SqlValue[],
): readonly (readonly SqlValue[])[] {
  if (table.name === "dm_secret") {
    throw new SqlError(
      300,
      "VIEW SERVER STATE permission was denied on object 'server', database 'master'.",
      { severity: 14 },
    );
  }
  const rows = rowsOf.get(table.name) ?? [];
  return table.argumentCount === undefined ? rows : rows.filter((row) => row[0] === args[0]);
}

export interface Answer {
  readonly outputs: readonly SqlOutput[];
  /** Rows of each result set, as objects by column name. */
  readonly sets: readonly (readonly Readonly<Record<string, SqlValue>>[])[];
  readonly columns: readonly (readonly Column[])[];
  readonly errors: readonly number[];
  readonly messages: readonly string[];
}

export interface Client {
  readonly host: FakeHost;
  readonly engine: TsqlEngine;
  readonly run: (
    text: string,
    parameters?: readonly SqlParameter[],
    signal?: AbortSignal,
  ) => Promise<Answer>;
  /** The first value of the first row. */
  readonly value: (expression: string) => Promise<SqlValue>;
}

export async function connect(): Promise<Client> {
  const host = fakeHost();
  const engine = await createTsqlEngine(host);
  let current = context;
  const run: Client["run"] = async (
    text,
    parameters = [],
    signal = new AbortController().signal,
  ) => {
    const outputs: SqlOutput[] = [];
    for await (const output of engine.execute(current, text, parameters, signal)) {
      if (output.kind === "database") current = { ...current, currentDatabase: output.to };
      outputs.push(output);
    }
    return collect(outputs);
  };
  return {
    host,
    engine,
    run,
    value: async (expression) => {
      const { sets, errors, messages } = await run(`SELECT ${expression} AS v`);
      if (errors.length > 0) throw new Error(`${errors.join()}: ${messages.join()}`);
      return sets[0]?.[0]?.["v"] ?? null;
    },
  };
}

export function collect(outputs: readonly SqlOutput[]): Answer {
  const sets: Record<string, SqlValue>[][] = [];
  const columns: (readonly Column[])[] = [];
  const messages: string[] = [];
  const errors: number[] = [];
  for (const output of outputs) {
    if (output.kind === "columns") {
      columns.push(output.columns);
      sets.push([]);
    }
    if (output.kind === "row") {
      const names = columns.at(-1) ?? [];
      sets
        .at(-1)
        ?.push(
          Object.fromEntries(
            output.values.map((value, index) => [names[index]?.name ?? "", value]),
          ),
        );
    }
    if (output.kind === "info" || output.kind === "error") messages.push(output.message.text);
    if (output.kind === "error") errors.push(output.message.number);
  }
  return { outputs, sets, columns, errors, messages };
}

/** SQLite and the wire carry whole characters; half a surrogate pair is none. */
export const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);

export const typed = (name: string, type: SqlType, value: SqlValue): SqlParameter => ({
  name,
  type,
  value,
  output: false,
});
