// What is gathered while one statement is bound: parameters, tables to fill, functions to call.
import type { SqlMessage, SqlValue } from "../../sql-types.ts";
import type { TableDefinition, TsqlHost } from "../host.ts";
import type { TableColumn } from "../parse/ast.ts";
import type { Session } from "../run/session.ts";
import type { Sqlite } from "../sqlite/sqlite.ts";
import type { StaticType } from "../types/static-type.ts";
import { storageOf } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";
import { encode } from "../types/stored.ts";
import type { Bound } from "./bound.ts";
import { bound } from "./bound.ts";

/** The value and type of a variable or parameter while its batch runs. */
export interface Variable {
  readonly type: StaticType;
  value: SqlValue;
}

/** A table variable and its rows while its batch runs. */
export interface TableVariable {
  readonly columns: readonly TableColumn[];
  rows: readonly (readonly SqlValue[])[];
}

/** Where an expression is evaluated: the server, the session, the batch's variables, the error a CATCH block handles. */
export interface Runtime {
  readonly host: TsqlHost;
  readonly session: Session;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly tables: ReadonlyMap<string, TableVariable>;
  readonly caught: SqlMessage | undefined;
}

/** A table that must hold the rows of the host's, or of a table variable, before the query runs. */
export interface Fill {
  readonly table: string;
  readonly definition: TableDefinition | TableVariable;
  /** For a table-valued function: the query that gives every set of arguments asked for, and their types. */
  readonly arguments?: { readonly sql: string; readonly types: readonly StaticType[] };
}

export interface Binder {
  readonly sqlite: Sqlite;
  readonly runtime: Runtime;
  readonly parameters: Map<string, Stored>;
  readonly fills: Fill[];
  /** A name not used before in this statement. */
  readonly fresh: (prefix: string) => string;
}

export function createBinder(sqlite: Sqlite, runtime: Runtime): Binder {
  let count = 0;
  return {
    sqlite,
    runtime,
    parameters: new Map(),
    fills: [],
    fresh: (prefix) => `${prefix}${(count += 1)}`,
  };
}

/** The parser has refused names that are not declared. */
export function tableVariable({ tables }: Runtime, name: string): TableVariable {
  const found = tables.get(name);
  if (found === undefined) throw new Error(`the parser let ${name} pass undeclared`);
  return found;
}

/** A value that does not depend on the row. Never written into the SQL text, so that no value can break out of it. */
export function constant(binder: Binder, value: SqlValue, type: StaticType): Bound {
  if (value === null) return bound("NULL", type);
  if (typeof value === "number" && Number.isSafeInteger(value) && storageOf(type) === "integer") {
    return bound(String(value), type);
  }
  const stored = encode(value, type);
  const known = [...binder.parameters].find(([, other]) => other === stored)?.[0];
  const name = known ?? binder.fresh("p");
  binder.parameters.set(name, stored);
  return bound(`:${name}`, type);
}

/** A call of a function written in TypeScript; `run` sees NULL arguments too. */
export function call(
  binder: Binder,
  name: string,
  args: readonly Bound[],
  result: { readonly type: StaticType; readonly run: (args: readonly Stored[]) => Stored },
): Bound {
  const sqlName = binder.sqlite.functionName(name, args.length, result.run);
  return bound(`${sqlName}(${args.map((arg) => arg.sql).join(", ")})`, result.type, args);
}
