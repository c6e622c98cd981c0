// Translates a whole query: common tables, UNION and its kin, ORDER BY and row limits.
import { SqlError } from "../../sql-types.ts";
import type { Expression, OrderItem, Query, QueryBody } from "../parse/ast.ts";
import type { StaticType } from "../types/static-type.ts";
import { promote, storageOf } from "../types/static-type.ts";
import { bindExpression } from "./bind-expression.ts";
import type { BoundSelect } from "./bind-select.ts";
import { bindSelect } from "./bind-select.ts";
import type { Binder } from "./binder.ts";
import type { BoundColumn, BoundQuery } from "./bound.ts";
import { bound } from "./bound.ts";
import { implicitly, sortKey } from "./conversion.ts";
import type { CommonTableBinding, Scope } from "./scope.ts";
import { emptyScope, same } from "./scope.ts";

/** `scope` is what surrounds the query: empty for a statement, the outer query for a subquery. */
export function bindQuery(binder: Binder, scope: Scope, query: Query): BoundQuery {
  const { scope: inner, clause } = bindCommonTables(binder, scope, query);
  const { body } = query;
  const limit = limitClause(binder, inner, query);
  if (body.kind === "select") {
    const select = bindSelect(binder, inner, body);
    const order = orderClause(query.orderBy, (item) => selectKey(binder, select, item));
    return { ...select, sql: clause + select.sql + order + limit };
  }
  const union = bindBody(binder, inner, body);
  const order = orderClause(query.orderBy, (item) => columnKey(binder, union.columns, item));
  return { ...union, sql: `${clause}SELECT * FROM (${union.sql})${order}${limit}`, assigns: [] };
}

function bindCommonTables(
  binder: Binder,
  scope: Scope,
  { commonTables }: Query,
): { scope: Scope; clause: string } {
  let inner = scope;
  const clauses: string[] = [];
  for (const table of commonTables) {
    const { sql, columns } = bindQuery(binder, inner, table.query);
    const sqlName = binder.fresh("w");
    clauses.push(`${sqlName} AS (${sql})`);
    const binding: CommonTableBinding = {
      sqlName,
      columns: rename(columns, table.columns, table.name),
    };
    const known = new Map([...inner.commonTables, [table.name.toLowerCase(), binding]]);
    inner = { ...inner, commonTables: known };
  }
  return { scope: inner, clause: clauses.length === 0 ? "" : `WITH ${clauses.join(", ")} ` };
}

/** Columns under the names a column list gives them; 8158/8159 where the counts differ, 8155 for one without a name. */
export function rename(
  columns: readonly BoundColumn[],
  names: readonly string[],
  table: string,
): readonly BoundColumn[] {
  const unnamed = columns.findIndex((column, index) => (names[index] ?? column.name) === "");
  if (names.length > 0 && names.length !== columns.length) {
    const more = names.length < columns.length;
    throw new SqlError(
      more ? 8158 : 8159,
      `'${table}' has ${more ? "more" : "fewer"} columns than were specified in the column list.`,
    );
  }
  if (unnamed >= 0) {
    throw new SqlError(
      8155,
      `No column name was specified for column ${unnamed + 1} of '${table}'.`,
      { state: 2 },
    );
  }
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function bindBody(
  binder: Binder,
  scope: Scope,
  body: QueryBody,
): { sql: string; columns: readonly BoundColumn[] } {
  if (body.kind === "select") {
    const select = bindSelect(binder, scope, body);
    if (select.assigns.length > 0) throw assignmentInside();
    return { ...select, sql: `SELECT * FROM (${select.sql}${topClause(binder, scope, body.top)})` };
  }
  const [left, right] = [bindBody(binder, scope, body.left), bindBody(binder, scope, body.right)];
  if (left.columns.length !== right.columns.length) {
    throw new SqlError(
      205,
      "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.",
    );
  }
  const types = left.columns.map((column, index) =>
    promote(column.type, right.columns[index]?.type ?? column.type),
  );
  const columns = left.columns.map((column, index) => ({
    ...column,
    type: types[index] ?? column.type,
  }));
  return {
    sql: `${cast(binder, left, types)} ${body.operator} ${cast(binder, right, types)}`,
    columns,
  };
}

/** The branch of a UNION with its columns stored as the common types are; operators are applied from left to right. */
function cast(
  binder: Binder,
  branch: { sql: string; columns: readonly BoundColumn[] },
  types: readonly StaticType[],
): string {
  const alias = binder.fresh("s");
  const items = branch.columns.map((column, index) => {
    const item = implicitly(
      binder,
      bound(`${alias}.c${index}`, column.type),
      types[index] ?? column.type,
    );
    const collation = storageOf(item.type) === "text" ? " COLLATE NOCASE" : "";
    return `${item.sql}${collation} AS c${index}`;
  });
  return `SELECT ${items.join(", ")} FROM (${branch.sql}) AS ${alias}`;
}

export const assignmentInside = (): SqlError =>
  new SqlError(
    141,
    "A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.",
    { severity: 15 },
  );

function orderClause(items: readonly OrderItem[], key: (item: Expression) => string): string {
  if (items.length === 0) return "";
  return ` ORDER BY ${items.map((item) => `${key(item.expression)} ${item.direction}`).join(", ")}`;
}

/** ORDER BY 2 and ORDER BY alias mean a column of the result; undefined when the item is neither. */
function resultColumn(
  binder: Binder,
  columns: readonly BoundColumn[],
  item: Expression,
): string | undefined {
  const ordinal =
    item.kind === "literal" && typeof item.value === "number" ? item.value : undefined;
  const index =
    ordinal !== undefined
      ? ordinal - 1
      : columns.findIndex(
          (column) =>
            item.kind === "column" &&
            item.path.length === 1 &&
            same(column.name, item.path[0] ?? ""),
        );
  const column = columns[index];
  if (column !== undefined) return sortKey(binder, bound(`c${index}`, column.type)).sql;
  if (ordinal === undefined) return undefined;
  throw new SqlError(
    108,
    `The ORDER BY position number ${ordinal} is out of range of the number of items in the select list.`,
    { severity: 15 },
  );
}

function selectKey(binder: Binder, select: BoundSelect, item: Expression): string {
  return resultColumn(binder, select.columns, item) ?? select.orderKey(item);
}

function columnKey(binder: Binder, columns: readonly BoundColumn[], item: Expression): string {
  const key = resultColumn(binder, columns, item);
  if (key !== undefined) return key;
  throw new SqlError(
    104,
    "ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.",
    { severity: 15 },
  );
}

function topClause(binder: Binder, scope: Scope, top: Expression | undefined): string {
  if (top === undefined) return "";
  return ` LIMIT ${bindExpression(binder, { ...emptyScope, parent: scope.parent }, top).sql}`;
}

function limitClause(binder: Binder, scope: Scope, { body, offset, fetch }: Query): string {
  if (offset === undefined) return body.kind === "select" ? topClause(binder, scope, body.top) : "";
  const rows = fetch === undefined ? "-1" : bindExpression(binder, emptyScope, fetch).sql;
  return ` LIMIT ${rows} OFFSET ${bindExpression(binder, emptyScope, offset).sql}`;
}
