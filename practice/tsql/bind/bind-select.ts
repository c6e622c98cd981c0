// Translates one SELECT: its list, FROM, WHERE, GROUP BY and HAVING.
import { SqlError } from "../../sql-types.ts";
import { notImplementedOption } from "../errors.ts";
import type { Expression, Select, SelectItem } from "../parse/ast.ts";
import { storageOf } from "../types/static-type.ts";
import { bindExpression, bindSortKey } from "./bind-expression.ts";
import { assignmentInside } from "./bind-query.ts";
import { bindSources } from "./bind-source.ts";
import type { Binder } from "./binder.ts";
import type { Bound, BoundColumn, BoundQuery } from "./bound.ts";
import { bound } from "./bound.ts";
import { explicitly } from "./conversion.ts";
import type { Scope } from "./scope.ts";
import { sourcesCalled } from "./scope.ts";

export interface BoundSelect extends BoundQuery {
  /** An ORDER BY item that is no column of the result, over the columns of FROM. */
  readonly orderKey: (item: Expression) => string;
}

interface Item {
  readonly name: string;
  readonly value: Bound;
  readonly assigns?: string;
}

/** Errors: 141, 147, 207, 208, 209, 4104, 8120. */
export function bindSelect(binder: Binder, outer: Scope, select: Select): BoundSelect {
  const from = bindSources(binder, outer, select.from);
  const flat: Scope = {
    sources: from.sources,
    commonTables: outer.commonTables,
    groupKeys: new Set(),
    parent: outer,
  };
  const keys = select.groupBy.map((key) => bindExpression(binder, flat, key));
  const scope: Scope = { ...flat, groupKeys: new Set(keys.map((key) => key.sql)) };
  const items = select.items.flatMap((item) => bindItem(binder, scope, item));
  const where = select.where === undefined ? undefined : bindExpression(binder, flat, select.where);
  const having =
    select.having === undefined ? undefined : bindExpression(binder, scope, select.having);
  const values = items.map((item) => item.value);
  checkGrouping(select, where, having === undefined ? values : [...values, having]);
  const assigns = items.flatMap((item) => item.assigns ?? []);
  if (assigns.length > 0) checkAssignments(select, assigns);
  const clauses = [
    `SELECT ${select.rows === "distinct" ? "DISTINCT " : ""}${items.map((item, index) => `${itemSql(select, item)} AS c${index}`).join(", ")}`,
    from.sql === "" ? "" : `FROM ${from.sql}`,
    where === undefined ? "" : `WHERE ${where.sql}`,
    keys.length === 0
      ? ""
      : `GROUP BY ${select.groupBy.map((key) => bindSortKey(binder, flat, key).sql).join(", ")}`,
    having === undefined ? "" : `HAVING ${having.sql}`,
  ];
  return {
    sql: clauses.filter((clause) => clause !== "").join(" "),
    columns: items.map(({ name, value }): BoundColumn => ({ name, type: value.type })),
    assigns,
    orderKey: (item) => bindSortKey(binder, scope, item).sql,
  };
}

/** Under DISTINCT equal texts are one whatever their case. */
function itemSql(select: Select, { value }: Item): string {
  const folds =
    select.rows === "distinct" && storageOf(value.type) === "text" && !value.caseSensitive;
  return folds ? `${value.sql} COLLATE NOCASE` : value.sql;
}

function bindItem(binder: Binder, scope: Scope, item: SelectItem): Item[] {
  if (item.kind === "star") return expandStar(scope, item);
  const value = bindExpression(binder, scope, item.expression);
  if (item.kind === "expression") return [{ name: item.alias ?? nameOf(item.expression), value }];
  const variable = binder.runtime.variables.get(item.variable);
  if (variable === undefined) throw new Error(`the parser let ${item.variable} pass undeclared`);
  return [{ name: "", value: explicitly(binder, value, variable.type), assigns: item.variable }];
}

const nameOf = (expression: Expression): string =>
  expression.kind === "column" ? (expression.path.at(-1) ?? "") : "";

function expandStar(scope: Scope, { qualifier, line }: SelectItem & { kind: "star" }): Item[] {
  const sources = sourcesCalled(scope, qualifier.join("."));
  if (sources.length === 0) {
    const name = qualifier.join(".");
    throw name === ""
      ? new SqlError(263, "Must specify table to select from.", { line })
      : new SqlError(
          107,
          `The column prefix '${name}' does not match with a table name or alias name used in the query.`,
          { line, severity: 15 },
        );
  }
  return sources.flatMap((source) =>
    source.columns.map(({ name, sql, type }) => ({
      name,
      value: { ...bound(sql, type), bareColumn: scope.groupKeys.has(sql) ? undefined : name },
    })),
  );
}

/** 147: no aggregate in WHERE. 8120: beside an aggregate or under GROUP BY every other column must be a group key. */
function checkGrouping(select: Select, where: Bound | undefined, values: readonly Bound[]): void {
  if (where?.hasAggregate === true) {
    throw new SqlError(
      147,
      "An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list, and the column being aggregated is an outer reference.",
      { severity: 15, line: select.line },
    );
  }
  const isGrouped = select.groupBy.length > 0 || values.some((value) => value.hasAggregate);
  const bare = isGrouped
    ? values.find((value) => value.bareColumn !== undefined)?.bareColumn
    : undefined;
  if (bare === undefined) return;
  throw new SqlError(
    8120,
    `Column '${bare}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
    { line: select.line },
  );
}

/** All items assign or none does; `SELECT @s = @s + x FROM t` would need the rows one by one. */
function checkAssignments(select: Select, assigns: readonly string[]): void {
  if (assigns.length !== select.items.length) throw assignmentInside();
  const accumulates =
    select.from.length > 0 &&
    select.items.some((item) => item.kind === "assign" && mentions(item.expression, assigns));
  if (accumulates) throw notImplementedOption("SELECT @variable = @variable + column", select.line);
}

/** Whether any of `variables` stands anywhere inside `node`. */
function mentions(node: unknown, variables: readonly string[]): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "variable" && "name" in node)
    return variables.includes(String(node.name));
  return Object.values(node).some((part: unknown) => mentions(part, variables));
}
