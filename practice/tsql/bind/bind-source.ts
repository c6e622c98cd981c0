// Translates FROM: which tables must be filled, and how they are joined.
import { SqlError } from "../../sql-types.ts";
import { invalidObject } from "../errors.ts";
import type { TableDefinition } from "../host.ts";
import type { Expression, JoinType, Source } from "../parse/ast.ts";
import { bindExpression } from "./bind-expression.ts";
import { bindQuery, rename } from "./bind-query.ts";
import type { Binder, Fill } from "./binder.ts";
import { tableVariable } from "./binder.ts";
import type { Bound } from "./bound.ts";
import { findTable } from "./find-table.ts";
import type { Scope, ScopeSource } from "./scope.ts";
import { columnsOf, emptyScope, same } from "./scope.ts";

export interface BoundFrom {
  readonly sql: string;
  readonly sources: readonly ScopeSource[];
}

/** The comma list behind FROM; empty without one. */
export function bindSources(binder: Binder, scope: Scope, sources: readonly Source[]): BoundFrom {
  const parts = sources.map((source) => bindSource(binder, scope, source));
  return {
    sql: parts.map((part) => part.sql).join(" CROSS JOIN "),
    sources: parts.flatMap((part) => part.sources),
  };
}

function bindSource(binder: Binder, scope: Scope, source: Source): BoundFrom {
  if (source.kind === "join") return bindJoin(binder, scope, source);
  if (source.kind === "derived") {
    const { sql, columns } = bindQuery(binder, scope, source.query);
    const alias = binder.fresh("s");
    const named = columnsOf(alias, rename(columns, source.columns, source.alias));
    return { sql: `(${sql}) AS ${alias}`, sources: [{ names: [source.alias], columns: named }] };
  }
  if (source.kind === "tableVariable") return bindTableVariable(binder, source);
  const common =
    source.path.length === 1
      ? scope.commonTables.get(source.path[0]?.toLowerCase() ?? "")
      : undefined;
  if (common !== undefined) {
    const alias = binder.fresh("s");
    const names = [source.alias ?? source.path[0] ?? ""];
    return {
      sql: `${common.sqlName} AS ${alias}`,
      sources: [{ names, columns: columnsOf(alias, common.columns) }],
    };
  }
  return bindTable(binder, scope, source, { sql: "", sources: [] }).from;
}

function bindTableVariable(
  binder: Binder,
  { name, alias: given }: Source & { kind: "tableVariable" },
): BoundFrom {
  const definition = tableVariable(binder.runtime, name);
  const table = binder.fresh("t");
  binder.fills.push({ table, definition });
  const alias = binder.fresh("s");
  const columns = columnsOf(alias, definition.columns);
  return { sql: `${table} AS ${alias}`, sources: [{ names: [given ?? name], columns }] };
}

interface BoundTable {
  readonly from: BoundFrom;
  /** For a function applied to each row of `left`: what ties its rows to that row. */
  readonly on: string;
}

/** `left` is what the arguments of a function may refer to. */
function bindTable(
  binder: Binder,
  scope: Scope,
  source: Source & { kind: "table" },
  left: BoundFrom,
): BoundTable {
  const definition = resolve(binder, source);
  const argumentScope: Scope = { ...emptyScope, sources: left.sources, parent: scope };
  const args =
    source.arguments?.map((argument) => bindExpression(binder, argumentScope, argument)) ?? [];
  if (
    args.length !== (definition.argumentCount ?? 0) ||
    (source.arguments === undefined) !== (definition.argumentCount === undefined)
  ) {
    throw new SqlError(
      313,
      `An insufficient number of arguments were supplied for the procedure or function ${source.path.join(".")}.`,
      { line: source.line, state: 3 },
    );
  }
  const table = fill(binder, definition, args, left.sql);
  const alias = binder.fresh("s");
  const columns = columnsOf(alias, definition.columns);
  const on = args.map((arg, index) => `${alias}.a${index} IS ${arg.sql}`).join(" AND ");
  const names = source.alias === undefined ? namesOf(definition) : [source.alias];
  return { from: { sql: `${table} AS ${alias}`, sources: [{ names, columns }] }, on };
}

const namesOf = ({ database, schema, name }: TableDefinition): string[] => [
  name,
  `${schema}.${name}`,
  `${database}.${schema}.${name}`,
];

/** 208 for an unknown table; a database named outright must exist and be open (916, 976, 983 as the host says). */
function resolve(binder: Binder, { path, line }: Source & { kind: "table" }): TableDefinition {
  const { host, session } = binder.runtime;
  const [, , database = ""] = path.toReversed();
  if (database !== "" && !same(database, session.context.currentDatabase)) {
    openOrUnknown(() => host.openDatabase(database, session.context), path, line);
  }
  const found = findTable(host, path, session.context);
  if (found === undefined) throw invalidObject(path.join("."), line);
  return found;
}

function openOrUnknown(open: () => unknown, path: readonly string[], line: number): void {
  try {
    open();
  } catch (error) {
    if (error instanceof SqlError && error.sql.number === 911)
      throw invalidObject(path.join("."), line);
    throw error;
  }
}

/** One fill for a table however often it is named; one of its own for each call of a function. */
function fill(
  binder: Binder,
  definition: TableDefinition,
  args: readonly Bound[],
  leftSql: string,
): string {
  if (definition.argumentCount === undefined) {
    const known = binder.fills.find((other) => other.definition === definition);
    if (known !== undefined) return known.table;
  }
  const table = binder.fresh("t");
  const query = `SELECT DISTINCT ${args.map((arg) => arg.sql).join(", ")}${leftSql === "" ? "" : ` FROM ${leftSql}`}`;
  const next: Fill =
    args.length === 0
      ? { table, definition }
      : { table, definition, arguments: { sql: query, types: args.map((arg) => arg.type) } };
  binder.fills.push(next);
  return table;
}

function bindJoin(binder: Binder, scope: Scope, source: Source & { kind: "join" }): BoundFrom {
  const left = bindSource(binder, scope, source.left);
  if (source.type === "CROSS APPLY" || source.type === "OUTER APPLY")
    return bindApply(binder, scope, source, left);
  const right = bindSource(binder, scope, source.right);
  const sources = [...left.sources, ...right.sources];
  const rightSql = source.right.kind === "join" ? `(${right.sql})` : right.sql;
  const on = source.on === undefined ? "" : ` ON ${bindOn(binder, scope, sources, source.on)}`;
  return { sql: `${left.sql} ${sqliteJoin(source.type)} ${rightSql}${on}`, sources };
}

/** SQLite never reorders a CROSS JOIN: without ORDER BY rows come in the order of the first table, every time alike. */
const sqliteJoin = (type: JoinType): string => (type === "INNER" ? "CROSS JOIN" : `${type} JOIN`);

function bindOn(
  binder: Binder,
  outer: Scope,
  sources: readonly ScopeSource[],
  on: Expression,
): string {
  const scope: Scope = { ...emptyScope, sources, commonTables: outer.commonTables, parent: outer };
  return bindExpression(binder, scope, on).sql;
}

/** APPLY of a function is a join over its arguments; of a query it is not implemented. */
function bindApply(
  binder: Binder,
  scope: Scope,
  source: Source & { kind: "join" },
  left: BoundFrom,
): BoundFrom {
  if (source.right.kind !== "table") {
    throw new SqlError(
      40517,
      "Keyword or statement option 'APPLY of a query' is not implemented in the practice estate.",
    );
  }
  const { from, on } = bindTable(binder, scope, source.right, left);
  const join = source.type === "CROSS APPLY" ? "CROSS JOIN" : "LEFT JOIN";
  return {
    sql: `${left.sql} ${join} ${from.sql}${on === "" ? "" : ` ON ${on}`}`,
    sources: [...left.sources, ...from.sources],
  };
}
