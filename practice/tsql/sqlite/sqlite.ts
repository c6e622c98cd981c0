// Owns the SQLite database that evaluates expressions and joins; keeps nothing between two statements.
import initSqlJs from "sql.js";
import type { Database, SqlValue as SqliteValue } from "sql.js";
import { SqlError } from "../../sql-types.ts";
import type { StaticType } from "../types/static-type.ts";
import { storageOf } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";

/** A function SQLite calls for each row. Whole numbers arrive as number, exact up to 2^53. */
export type SqliteFunction = (args: readonly Stored[]) => Stored;

/** By name without colon. */
export type Parameters = ReadonlyMap<string, Stored>;

export class Sqlite {
  readonly #database: Database;
  readonly #functions = new Map<string, { run: SqliteFunction }>();
  /** What a function threw: SQLite passes on the text of an error only. */
  #thrown: unknown;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(): Promise<Sqlite> {
    const sqlJs = await initSqlJs();
    return new Sqlite(new sqlJs.Database());
  }

  close(): void {
    this.#database.close();
  }

  /** Makes `run` callable from SQL and returns the name to call it by; the latest function given for a name counts. */
  functionName(name: string, arity: number, run: SqliteFunction): string {
    const key = `f_${name.toLowerCase()}_${arity}`;
    const known = this.#functions.get(key);
    if (known !== undefined) {
      known.run = run;
      return key;
    }
    const entry = { run };
    this.#functions.set(key, entry);
    const guarded = (...args: Stored[]) => this.#guard(() => forSqlite(entry.run(args)));
    // SQLite chooses a function by its number of arguments, and sql.js reads that from `length`.
    this.#database.create_function(key, Object.defineProperty(guarded, "length", { value: arity }));
    return key;
  }

  #guard(run: () => SqliteValue): SqliteValue {
    try {
      return run();
    } catch (error) {
      this.#thrown = error;
      throw error;
    }
  }

  /** Runs `work` and takes back every table it made. */
  scratch<T>(work: () => T): T {
    this.#database.run("BEGIN");
    try {
      return work();
    } finally {
      this.#database.run("ROLLBACK");
    }
  }

  /** A table with columns c0, c1, ... filled with `rows`. */
  createTable(
    name: string,
    columns: readonly Column[],
    rows: readonly (readonly Stored[])[],
  ): void {
    const definitions = columns.map((column) => `${column.name} ${affinity(column.type)}`);
    this.#database.run(`CREATE TABLE ${name} (${definitions.join(", ")})`);
    const marks = columns.map(() => "?").join(", ");
    const insert = this.#database.prepare(`INSERT INTO ${name} VALUES (${marks})`);
    try {
      for (const row of rows) insert.run(row.map(forBinding));
    } finally {
      insert.free();
    }
  }

  /** All rows of a SELECT. Throws the SqlError that a function raised, or 8115 where SQLite's integers overflow. */
  query(sql: string, parameters: Parameters): Stored[][] {
    this.#thrown = undefined;
    const bindings = Object.fromEntries(
      [...parameters].map(([name, value]) => [`:${name}`, forBinding(value)]),
    );
    const statement = this.#database.prepare(sql);
    try {
      statement.bind(bindings);
      const rows: Stored[][] = [];
      while (statement.step()) rows.push(readRow(statement));
      return rows;
    } catch (error) {
      throw this.#explain(error);
    } finally {
      statement.free();
    }
  }

  #explain(error: unknown): unknown {
    if (this.#thrown !== undefined) return this.#thrown;
    const isOverflow = error instanceof Error && error.message.includes("integer overflow");
    return isOverflow
      ? new SqlError(8115, "Arithmetic overflow error converting expression to data type bigint.", {
          state: 2,
        })
      : error;
  }
}

export interface Column {
  readonly name: string;
  readonly type: StaticType;
}

/** Names compare without regard to case, as under SQL_Latin1_General_CP1_CI_AS. */
function affinity(type: StaticType): string {
  const storage = storageOf(type);
  if (storage === "text") return "COLLATE NOCASE";
  return storage === "integer" ? "INTEGER" : "";
}

/** sql.js binds no bigint; an INTEGER column turns the text back into a number. */
const forBinding = (value: Stored): SqliteValue =>
  typeof value === "bigint"
    ? Number.isSafeInteger(Number(value))
      ? Number(value)
      : String(value)
    : value;

const forSqlite = (value: Stored): SqliteValue =>
  typeof value === "bigint" ? Number(value) : value;

function readRow(statement: object): Stored[] {
  // The type declarations of sql.js 1.4 lack the second parameter of get, which keeps whole numbers exact.
  const reader = statement as { get(params: null, config: { useBigInt: true }): Stored[] };
  return reader.get(null, { useBigInt: true });
}
