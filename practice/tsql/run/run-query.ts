// Runs one query or expression: binds it, fills the tables it names, lets SQLite compute, decodes the values.
import type { Column, SqlValue } from "../../sql-types.ts";
import { bindExpression } from "../bind/bind-expression.ts";
import { bindQuery } from "../bind/bind-query.ts";
import { bindSources } from "../bind/bind-source.ts";
import type { Binder, Fill, Runtime } from "../bind/binder.ts";
import { createBinder } from "../bind/binder.ts";
import type { BoundColumn } from "../bind/bound.ts";
import { explicitly } from "../bind/conversion.ts";
import { emptyScope } from "../bind/scope.ts";
import type { Expression, Query } from "../parse/ast.ts";
import type { Sqlite } from "../sqlite/sqlite.ts";
import type { StaticType } from "../types/static-type.ts";
import { bit, wireType } from "../types/static-type.ts";
import type { Stored } from "../types/stored.ts";
import { decode, encode } from "../types/stored.ts";

export interface QueryResult {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** The variables that SELECT @a = ... sets, in column order; empty for any other query. */
  readonly assigns: readonly string[];
}

export function runQuery(sqlite: Sqlite, runtime: Runtime, query: Query): QueryResult {
  const binder = createBinder(sqlite, runtime);
  const { sql, columns, assigns } = bindQuery(binder, emptyScope, query);
  const stored = runSql(binder, sql);
  const rows = stored.map((row) =>
    columns.map((column, index) => decode(row[index] ?? null, column.type)),
  );
  return {
    columns: columns.map((column, index) =>
      wireColumn(
        column,
        rows.map((row) => row[index] ?? null),
      ),
    ),
    rows,
    assigns,
  };
}

/** The value of an expression outside a query, converted to `type` where one is given. */
export function evaluate(
  sqlite: Sqlite,
  runtime: Runtime,
  expression: Expression,
  type?: StaticType,
): SqlValue {
  const binder = createBinder(sqlite, runtime);
  const value = bindExpression(binder, emptyScope, expression);
  const result = type === undefined ? value : explicitly(binder, value, type);
  const [row] = runSql(binder, `SELECT ${result.sql}`);
  return decode(row?.[0] ?? null, result.type);
}

/** Whether a condition holds; NULL is not true. */
export function holds(sqlite: Sqlite, runtime: Runtime, condition: Expression): boolean {
  const when = { when: condition, then: { kind: "literal", value: 1, type: bit } } as const;
  return evaluate(sqlite, runtime, { kind: "case", branches: [when] }) === true;
}

/** Positions of the rows of a table variable for which a condition holds; of all without one. */
export function rowsWhere(
  sqlite: Sqlite,
  runtime: Runtime,
  table: string,
  where: Expression | undefined,
): ReadonlySet<number> {
  const binder = createBinder(sqlite, runtime);
  const from = bindSources(binder, emptyScope, [{ kind: "tableVariable", name: table }]);
  const scope = { ...emptyScope, sources: from.sources };
  const condition = where === undefined ? "" : ` WHERE ${bindExpression(binder, scope, where).sql}`;
  // SQLite numbers the rows of a new table from 1.
  const found = runSql(binder, `SELECT rowid - 1 FROM ${from.sql}${condition}`);
  return new Set(found.map(([position]) => Number(position)));
}

function runSql(binder: Binder, sql: string): Stored[][] {
  if (binder.fills.length === 0) return binder.sqlite.query(sql, binder.parameters);
  const texts = [sql, ...binder.fills.map((fill) => fill.arguments?.sql ?? "")].join("\n");
  return binder.sqlite.scratch(() => {
    for (const fill of binder.fills) fillTable(binder, fill, texts);
    return binder.sqlite.query(sql, binder.parameters);
  });
}

/**
 * Columns c0, c1, ... of the table itself and a0, a1, ... for the arguments its rows were asked with; of the former those
 * that `texts` name, for a server may have thousands of rows of dozens of columns.
 */
function fillTable(binder: Binder, fill: Fill, texts: string): void {
  const { sqlite, runtime, parameters } = binder;
  const { definition, table } = fill;
  const types = fill.arguments?.types ?? [];
  const calls = fill.arguments === undefined ? [[]] : sqlite.query(fill.arguments.sql, parameters);
  const used = usedColumns(table, texts);
  const rows = calls.flatMap((call) => {
    const args = call.map((value, index) => decode(value, types[index] ?? bit));
    const found =
      "rows" in definition
        ? definition.rows
        : runtime.host.rows(definition, runtime.session.context, args, new Set(used));
    return found.map((row) => [
      ...used.flatMap((index) => {
        const column = definition.columns[index];
        return column === undefined ? [] : [encode(row[index] ?? null, column.type)];
      }),
      ...call,
    ]);
  });
  const columns = [
    ...used.flatMap((index) => {
      const column = definition.columns[index];
      return column === undefined ? [] : [{ name: `c${index}`, type: column.type }];
    }),
    ...types.map((type, index) => ({ name: `a${index}`, type })),
  ];
  sqlite.createTable(table, columns, rows);
}

/** Indexes of the columns that are named by any alias of the table; the first one always, for a table needs one. */
function usedColumns(table: string, texts: string): readonly number[] {
  const aliases = [...texts.matchAll(new RegExp(`\\b${table} AS (\\w+)`, "gu"))].flatMap(
    ([, alias]) => alias ?? [],
  );
  const named = aliases.flatMap((alias) =>
    [...texts.matchAll(new RegExp(`\\b${alias}\\.c(\\d+)`, "gu"))].map(([, index]) =>
      Number(index),
    ),
  );
  return [...new Set([0, ...named])].sort((one, other) => one - other);
}

/** A sql_variant has the type its values have. */
function wireColumn({ name, type }: BoundColumn, values: readonly SqlValue[]): Column {
  const present = values.filter((value) => value !== null);
  const areIntegers = present.length > 0 && present.every((value) => Number.isSafeInteger(value));
  return type.name === "variant" && areIntegers
    ? { name, type: { name: "int" } }
    : { name, type: wireType(type) };
}
